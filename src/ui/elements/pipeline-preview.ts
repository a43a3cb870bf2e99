/** Real rows before and after: one column's values, and the inputs that they become. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PipelinePreview, PreviewedStep } from '../../train/pipelines.js';
import { counted } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { tables } from '../styles/tables.js';
import { cellText } from './cell-text.js';

const mostInputs = 12;

@customElement('bw-pipeline-preview')
export class PipelinePreviewElement extends LitElement {
  static override styles = [
    base,
    controls,
    tables,
    css`
      :host { display: grid; gap: var(--space-3); min-inline-size: 0; }
      .scroll { border: 1px solid var(--line); border-radius: var(--radius-small); }
      th, td { white-space: nowrap; max-inline-size: 280px; overflow: hidden; text-overflow: ellipsis; }
      .before { border-inline-end: 2px solid var(--line-strong); }
      .zero { color: var(--text-soft); }
      .missing { color: var(--text-soft); font-style: italic; }
    `,
  ];

  @property({ attribute: false }) preview: PipelinePreview | undefined;
  @state() private column = '';

  override render() {
    const { preview } = this;
    if (!preview) return nothing;
    const step = preview.steps.find(({ column }) => column === this.column) ?? preview.steps[0];
    return html`<label>Column to look at<select aria-label="Column to look at" @change=${(event: Event) => {
      this.column = (event.target as HTMLSelectElement).value;
    }}>${preview.steps.map(({ column, inputs }) => html`<option value=${column} ?selected=${column === step.column}>${column} → ${counted(inputs, 'input')}</option>`)}</select></label>
      ${step.kind === 'picture' ? html`<p class="small">Each of ${counted(step.inputs, 'value')} of a picture is brought to mean 0 and deviation 1, as the training pictures have them.</p>` : this.#table(preview, step)}`;
  }

  #table({ before, after, inputs }: PipelinePreview, step: PreviewedStep) {
    const column = before.columns[before.names.indexOf(step.column)];
    const shown = this.#shown(step, after, inputs, before.rows);
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Rows before and after"><table>
      <thead><tr><th scope="col" class="before">${step.column}</th>${shown.map((place) => html`<th scope="col" class="number">${step.names[place] ?? `#${place + 1}`}</th>`)}</tr></thead>
      <tbody>${Array.from({ length: before.rows }, (_, row) => {
        const value = cellText(column, row, step.type);
        return html`<tr><td class="before ${value === undefined ? 'missing' : ''}" title=${value ?? 'missing'}>${value ?? 'missing'}</td>
          ${shown.map((place) => {
            const input = after[row * inputs + step.start + place];
            return html`<td class="number ${input === 0 ? 'zero' : ''}">${input === 0 ? '0' : input.toFixed(3)}</td>`;
          })}</tr>`;
      })}</tbody></table></div>
      ${step.inputs > shown.length ? html`<p class="hint">${shown.length} of ${counted(step.inputs, 'input')}: those that these rows set come first.</p>` : nothing}`;
  }

  /** Of many inputs those that are not 0 in the rows shown. */
  #shown({ inputs: own, start }: PreviewedStep, after: Float32Array, inputs: number, rows: number): number[] {
    const places = Array.from({ length: own }, (_, place) => place);
    if (own <= mostInputs) return places;
    const isSet = (place: number): boolean =>
      Array.from({ length: rows }, (_, row) => after[row * inputs + start + place]).some((value) => value !== 0);
    const set = places.filter(isSet).slice(0, mostInputs);
    return set.length > 0 ? set : places.slice(0, mostInputs);
  }
}
