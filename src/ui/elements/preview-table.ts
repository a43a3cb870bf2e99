/** Rows as they were read. Scrolls inside itself; the header and the row numbers stay in sight. */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Column, Table } from '../../data/table.js';
import type { FieldType } from '../../spec/field-type.js';
import { count, counted } from '../format.js';
import { base } from '../styles/base.js';
import { tables } from '../styles/tables.js';
import { cellText } from './cell-text.js';

/** A table of thousands of columns would be slow to draw and of no use to look at. */
const mostColumns = 50;
/** A wide table shows fewer rows: drawing more cells than this holds the page up. */
const mostCells = 1500;

@customElement('bw-preview-table')
export class PreviewTable extends LitElement {
  static override styles = [
    base,
    tables,
    css`
      .scroll { max-block-size: 420px; border: 1px solid var(--line); border-radius: var(--radius-small); }
      table { border-collapse: separate; border-spacing: 0; }
      th, td { padding: 5px var(--space-3); white-space: nowrap; max-inline-size: 260px; overflow: hidden; text-overflow: ellipsis; }
      thead th { position: sticky; inset-block-start: 0; background: var(--surface-sunk); z-index: 1; color: var(--text); font-weight: 600; }
      tbody th { position: sticky; inset-inline-start: 0; background: var(--surface); font: var(--size-1) var(--font-figures); text-align: end; }
      thead th:first-child { inset-inline-start: 0; z-index: 2; }
      .target { background: var(--accent-soft); }
      .missing { color: var(--text-soft); font-style: italic; font-family: var(--font); }
      p { font-size: var(--size-1); color: var(--text-soft); margin-block-start: var(--space-2); }
    `,
  ];

  @property({ attribute: false }) table: Table | undefined;
  @property({ attribute: false }) types: readonly FieldType[] = [];
  @property() target = '';
  /** Rows of the whole table. */
  @property({ type: Number }) rows = 0;

  override render() {
    const { table } = this;
    if (!table) return html``;
    const shown = table.names.slice(0, mostColumns);
    const rows = Math.min(table.rows, Math.floor(mostCells / Math.max(1, shown.length)));
    const kind = (index: number): string =>
      `${table.columns[index].kind === 'number' ? 'number' : ''} ${table.names[index] === this.target ? 'target' : ''}`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label="The rows"><table>
        <thead><tr><th scope="col"><span class="visually-hidden">Row</span></th>${shown.map((name, index) => html`<th scope="col" class=${kind(index)} title=${name}>${name}</th>`)}</tr></thead>
        <tbody>${Array.from({ length: rows }, (_, row) => html`<tr><th scope="row">${row + 1}</th>${shown.map((_, index) => this.#cell(table.columns[index], index, row, kind(index)))}</tr>`)}</tbody>
      </table></div>
      <p>The first ${count(rows)} of ${counted(this.rows, 'row')}${table.names.length > mostColumns ? `, and ${mostColumns} of ${counted(table.names.length, 'column')}` : ''}.</p>`;
  }

  #cell(column: Column, index: number, row: number, kind: string) {
    const value = cellText(column, row, this.types[index]);
    return value === undefined ? html`<td class="missing ${kind}">missing</td>` : html`<td class=${kind} title=${value}>${value}</td>`;
  }
}
