/** One column's step: what it is, why, how many inputs come of it, and what may be chosen. Says `bw-step` with the step, or with nothing for automatic. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { FieldType } from '../../spec/field-type.js';
import { type DatePart, dateParts } from '../../spec/fitted-steps.js';
import type { ColumnStep, StepKind } from '../../spec/pipeline-spec.js';
import { emit } from '../events.js';
import { counted } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { typeWords } from '../words.js';
import { datePartWords, type StepOption, stepOptions, stepsFor, stepWords } from './step-words.js';
import './order-list.js';

@customElement('bw-step-editor')
export class StepEditor extends LitElement {
  static override styles = [
    base,
    controls,
    layout,
    css`
      .step { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) 84px; gap: var(--space-1) var(--space-3); align-items: center; padding-block: var(--space-2); }
      .name { font-weight: 600; overflow-wrap: anywhere; }
      .inputs { text-align: end; font-size: var(--size-2); }
      .why { grid-column: 1 / -1; }
      details { grid-column: 1 / -1; }
      .options { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(160px, 100%), 1fr)); gap: var(--space-3); padding-block: var(--space-2); }
      fieldset { border: 0; padding: 0; margin: 0; }
      .flag { display: flex; align-items: center; gap: var(--space-2); min-block-size: var(--touch); }
      @media (max-width: 560px) { .step { grid-template-columns: minmax(0, 1fr) auto; } select { grid-column: 1 / -1; grid-row: 2; } }
    `,
  ];

  @property() column = '';
  @property() type: FieldType = 'number';
  /** What was asked for; left out, it is automatic. */
  @property({ attribute: false }) step: ColumnStep | undefined;
  /** What automatic chose, or why nothing is learnt. */
  @property() why = '';
  /** Of places in an order: the values as they are ordered. */
  @property({ attribute: false }) order: readonly string[] = [];
  /** Of a date: the parts that are learnt from. */
  @property({ attribute: false }) parts: readonly DatePart[] = [];
  /** Left out, the column is not learnt from. */
  @property({ type: Number }) inputs: number | undefined;

  #choose(event: Event): void {
    const kind = (event.target as HTMLSelectElement).value as StepKind | '';
    emit<ColumnStep | undefined>(this, 'bw-step', kind === '' ? undefined : ({ as: kind } as ColumnStep));
  }

  #set({ name, within }: StepOption, value: string | number | boolean | undefined): void {
    if (!this.step) return;
    const step = { ...this.step } as Record<string, unknown>;
    const place = within ? { ...(step[within] as Record<string, unknown> | undefined) } : step;
    if (value === undefined) delete place[name];
    else place[name] = value;
    if (within) step[within] = place;
    emit<ColumnStep>(this, 'bw-step', step as ColumnStep);
  }

  override render() {
    const { column, type, step, why, inputs } = this;
    const options = step ? stepOptions[step.as] : [];
    return html`<div class="step">
      <p class="name">${column} <span class="chip">${typeWords[type]}</span></p>
      <select aria-label="Step of ${column}" @change=${this.#choose}>
        <option value="" ?selected=${!step}>Automatic</option>
        ${stepsFor(type).map((kind) => html`<option value=${kind} ?selected=${step?.as === kind}>${stepWords[kind]}</option>`)}
      </select>
      <p class="inputs figures">${inputs === undefined ? html`<span class="soft">left out</span>` : counted(inputs, 'input')}</p>
      ${why ? html`<p class="hint why">${why}</p>` : nothing}
      ${this.#choices()}
      ${
        options.length > 0
          ? html`<details><summary class="small">Options of ${column}</summary><div class="options">${options.map((option) => this.#option(option))}</div></details>`
          : nothing
      }
    </div>`;
  }

  /** What is chosen among values, not as a figure. */
  #choices() {
    const { column, step } = this;
    if (step?.as === 'ordinal' && this.order.length > 1) {
      return html`<details><summary class="small">Order of ${column}</summary>
        <bw-order-list .values=${step.order ?? this.order} .label="Order of ${column}" @bw-order=${({ detail }: CustomEvent<string[]>) =>
          emit<ColumnStep>(this, 'bw-step', { ...step, order: detail })}></bw-order-list>
        ${step.order ? html`<button type="button" class="quiet" @click=${() => emit<ColumnStep>(this, 'bw-step', { as: 'ordinal' })}>Automatic order again</button>` : nothing}</details>`;
    }
    if (step?.as === 'date') return this.#dateParts(step);
    return nothing;
  }

  #dateParts(step: Extract<ColumnStep, { as: 'date' }>) {
    const chosen = step.parts ?? this.parts;
    const toggle = (part: DatePart): void => {
      const parts = dateParts.filter((each) => (each === part ? !chosen.includes(part) : chosen.includes(each)));
      if (parts.length > 0) emit<ColumnStep>(this, 'bw-step', { ...step, parts });
    };
    return html`<details><summary class="small">Parts of ${this.column}</summary><fieldset><legend class="hint">${step.parts ? 'Those that you chose.' : 'Those that vary in the training rows.'}</legend>
      <div class="options">${dateParts.map((part) => {
        const isOn = chosen.includes(part);
        return html`<label class="flag"><input type="checkbox" .checked=${isOn} ?disabled=${isOn && chosen.length === 1} @change=${() => toggle(part)} /> ${datePartWords[part]}</label>`;
      })}</div></fieldset>
      ${step.parts ? html`<button type="button" class="quiet" @click=${() => emit<ColumnStep>(this, 'bw-step', { as: 'date' })}>Automatic parts again</button>` : nothing}</details>`;
  }

  #option(option: StepOption) {
    const { name, within, title, choices, flag, placeholder, minimum, maximum, whole } = option;
    const holder = (within ? (this.step as Record<string, unknown> | undefined)?.[within] : this.step) as
      | Record<string, unknown>
      | undefined;
    const value = holder?.[name];
    if (flag) {
      return html`<label class="flag"><input type="checkbox" .checked=${value === true}
        @change=${(event: Event) => this.#set(option, (event.target as HTMLInputElement).checked || undefined)} /> ${title}</label>`;
    }
    if (choices) {
      return html`<label>${title}<select @change=${(event: Event) => this.#set(option, (event.target as HTMLSelectElement).value || undefined)}>
        ${choices.map(([choice, words]) => html`<option value=${choice} ?selected=${(value ?? '') === choice}>${words}</option>`)}</select></label>`;
    }
    return html`<label>${title}<input type="number" inputmode="decimal" min=${minimum ?? nothing} max=${maximum ?? nothing} step=${whole ? 1 : 'any'}
      placeholder=${placeholder ?? ''} .value=${value === undefined ? '' : String(value)} @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        if (input.reportValidity()) this.#set(option, input.value === '' ? undefined : Number(input.value));
      }} /></label>`;
  }
}
