/** The columns of a table: type and why, what is missing, how values are spread; one of them is the target. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Field } from '../../spec/field.js';
import { emit } from '../events.js';
import { count, figure, percentage } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { tables } from '../styles/tables.js';
import { typeWords } from '../words.js';
import { fieldCounts, fieldInWords } from './field-picture.js';
import './histogram.js';

/** Rows drawn at once: those of a hundred columns would hold the page up for longer than a key press may take. */
const page = 30;

@customElement('bw-column-table')
export class ColumnTable extends LitElement {
  static override styles = [
    base,
    controls,
    layout,
    tables,
    css`
      .scroll { max-block-size: 560px; }
      thead th { position: sticky; inset-block-start: 0; background: var(--surface); z-index: 1; }
      tr.target > * { background: var(--accent-soft); }
      th[scope='row'] { color: var(--text); font-weight: 600; min-inline-size: 110px; max-inline-size: 260px; overflow-wrap: break-word; }
      .picture { inline-size: 120px; min-inline-size: 84px; }
      .spread { min-inline-size: 170px; max-inline-size: 300px; color: var(--text-soft); overflow-wrap: break-word; }
      .missing { color: var(--warn); }
      label { display: inline-flex; align-items: center; justify-content: center; inline-size: var(--touch); block-size: var(--touch); }
      .more { margin-block-start: var(--space-3); }
      td.choose { padding: 0 var(--space-1); inline-size: 1%; }
    `,
  ];

  @property({ attribute: false }) fields: readonly Field[] = [];
  @property({ type: Number }) rows = 0;
  @property() target = '';
  @state() private shown = page;

  override render() {
    return html`<div class="scroll" tabindex="0" role="region" aria-label="All columns"><table>
      <thead><tr><th scope="col">Learn</th><th scope="col">Column</th><th scope="col">Type</th><th scope="col" class="number">Missing</th><th scope="col" class="number">Distinct</th><th scope="col">Values</th><th scope="col">Spread</th></tr></thead>
      <tbody>${this.fields.slice(0, this.shown).map((field) => this.#row(field))}</tbody>
    </table></div>
    ${
      this.fields.length > this.shown
        ? html`<button type="button" class="more" @click=${() => {
            this.shown += page;
          }}>Show more of ${count(this.fields.length)} columns</button>`
        : nothing
    }`;
  }

  #row(field: Field) {
    const chosen = field.name === this.target;
    const words = fieldInWords(field);
    return html`<tr class=${chosen ? 'target' : ''}>
      <td class="choose"><label title="Learn to predict ${field.name}"><input type="radio" name="target" .checked=${chosen}
        aria-label="Learn to predict ${field.name}" @change=${() => emit(this, 'bw-target', field.name)} /></label></td>
      <th scope="row">${field.name} ${chosen ? html`<span class="chip accent">target</span>` : nothing}</th>
      <td class="nowrap"><span title=${field.reason}>${typeWords[field.type]}</span></td>
      <td class="number ${field.missing > 0 ? 'missing' : ''}">${field.missing > 0 ? `${count(field.missing)} · ${percentage(field.missing / Math.max(1, this.rows))}` : '0'}</td>
      <td class="number">${count(field.distinct)}</td>
      <td class="spread">${words}</td>
      <td class="picture"><bw-histogram .counts=${fieldCounts(field)} .label="Spread of ${field.name}: ${words || `${figure(field.distinct)} distinct values`}"></bw-histogram></td>
    </tr>`;
  }
}
