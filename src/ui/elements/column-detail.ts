/** One column, whole: its picture, what its type is and why, its figures, what it says of the target. A dialog over the page. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { type FieldType, fieldTypes } from '../../spec/field-type.js';
import { type Profile, type ProfiledColumn, quantileLevels } from '../../spec/profile.js';
import { emit } from '../events.js';
import { count, figure, percentage } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { tables } from '../styles/tables.js';
import { typeWords } from '../words.js';
import type { Bar } from './bars.js';
import { icon } from './icon.js';
import { aloneInWords, associationInWords, distinctInWords, findingTone, measureWords, valueInWords } from './profile-words.js';
import './bars.js';
import './column-picture.js';
import './notice.js';

const mostValues = 12;
const quantileWords: readonly string[] = quantileLevels.map((level) =>
  level === 0 ? 'minimum' : level === 0.5 ? 'median' : level === 1 ? 'maximum' : `${level * 100} %`,
);

@customElement('bw-column-detail')
export class ColumnDetail extends LitElement {
  static override styles = [
    base,
    controls,
    layout,
    tables,
    css`
      dialog { inline-size: min(720px, calc(100vw - 24px)); max-block-size: calc(100dvh - 24px); padding: 0; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); color: var(--text); box-shadow: var(--shadow); }
      dialog::backdrop { background: light-dark(#1c1d1f66, #000a); }
      .inside { display: grid; gap: var(--space-4); padding: var(--space-4); grid-template-columns: minmax(0, 1fr); }
      header { display: flex; justify-content: space-between; align-items: start; gap: var(--space-3); }
      h2 { font-size: var(--size-4); color: var(--text); overflow-wrap: anywhere; }
      bw-column-picture { --picture-height: 150px; }
      .both { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: var(--space-4); align-items: start; }
      @media (max-width: 620px) { .both { grid-template-columns: minmax(0, 1fr); } }
      section { display: grid; gap: var(--space-2); align-content: start; }
      h3 { font-size: var(--size-2); color: var(--text-soft); }
    `,
  ];

  @property({ attribute: false }) column: ProfiledColumn | undefined;
  @property({ attribute: false }) profile: Profile | undefined;
  /** Types that the column can be given without reading the file again. */
  @property({ attribute: false }) types: readonly FieldType[] = [];
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  protected override updated(): void {
    if (this.column && !this.dialog.open) this.dialog.showModal();
    else if (!this.column && this.dialog.open) this.dialog.close();
  }

  override render() {
    return html`<dialog aria-labelledby="name" @close=${() => emit(this, 'bw-close')} @click=${(event: MouseEvent) => event.target === this.dialog && this.dialog.close()}>
      ${this.column && this.profile ? this.#inside(this.column, this.profile) : nothing}</dialog>`;
  }

  #inside(column: ProfiledColumn, { rows, target, findings }: Profile) {
    const { name, type, reason, numbers, top, association, alone } = column;
    const mine = findings.filter(({ columns }) => columns.includes(name));
    return html`<div class="inside">
      <header><div><h2 id="name">${name}</h2><p class="small soft">${distinctInWords(column.distinct)} · ${column.missing > 0 ? `${count(column.missing)} missing (${percentage(column.missing / Math.max(1, rows))})` : 'none missing'}</p></div>
        <button type="button" class="quiet icon-only" aria-label="Close" @click=${() => this.dialog.close()}>${icon('close')}</button></header>
      <bw-column-picture .column=${column} .rows=${rows}></bw-column-picture>
      <section class="type"><label>Type<select .value=${type} ?disabled=${this.types.length < 2} @change=${(event: Event) => emit(this, 'bw-retype', { column: name, type: (event.target as HTMLSelectElement).value })}>
          ${fieldTypes.filter((each) => each === type || this.types.includes(each)).map((each) => html`<option value=${each} ?selected=${each === type}>${typeWords[each]}</option>`)}</select></label>
        <p class="hint">${reason}</p></section>
      ${mine.map((finding) => html`<bw-notice .tone=${findingTone[finding.severity]} .message=${finding.message} .advice=${finding.advice}></bw-notice>`)}
      <div class="both">
        ${numbers ? html`<section><h3>Figures</h3><dl class="facts">${this.#figures(column)}</dl></section>` : nothing}
        ${top && top.values.length > 0 ? html`<section><h3>Most frequent values</h3><bw-bars label="Most frequent values" .bars=${this.#values(column, rows)} .to=${top.values[0].count}></bw-bars>${top.error > 0 ? html`<p class="hint">Each may be up to ${count(top.error)} too low.</p>` : nothing}</section>` : nothing}
        ${
          association && target !== undefined
            ? html`<section><h3>What it says of ${target}</h3><p>${associationInWords(association)}</p>
          <p class="hint">${measureWords[association.measure].explanation}; measured on ${count(association.rows)} rows.</p>
          ${association.information === undefined ? nothing : html`<p class="small">It takes away ${percentage(association.information)} of what is not known of the class.</p>`}
          ${alone ? html`<p class="small">${aloneInWords(alone)}</p>` : nothing}</section>`
            : nothing
        }
      </div></div>`;
  }

  #figures({ type, numbers }: ProfiledColumn) {
    if (!numbers) return nothing;
    const { mean, standardDeviation, skewness, outliers, quantiles, quantileError } = numbers;
    const fact = (name: string, value: string) => html`<dt>${name}</dt><dd>${value}</dd>`;
    const about = quantileError > 0 ? ` ± ${(quantileError * 100).toFixed(1)} % of rows` : '';
    return [
      ...quantiles.map((value, index) => fact(quantileWords[index], `${valueInWords(type, value)}${index === 4 ? about : ''}`)),
      fact('mean', valueInWords(type, mean)),
      ...(type === 'datetime' ? [] : [fact('standard deviation', figure(standardDeviation)), fact('skewness', figure(skewness))]),
      fact('outliers (1.5 IQR)', `${outliers.exact ? '' : 'about '}${count(outliers.count)}`),
    ];
  }

  #values({ top, missing, type }: ProfiledColumn, rows: number): Bar[] {
    const known = Math.max(1, rows - missing);
    return (top?.values ?? []).slice(0, mostValues).map(({ value, count: times }) => ({
      name: type === 'datetime' ? valueInWords(type, Number(value)) : value || '(empty)',
      value: times,
      shown: `${count(times)} · ${percentage(times / known)}`,
    }));
  }
}
