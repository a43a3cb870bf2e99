/** The columns of a data set, as its footers know them: what is kept in each, how much room it takes, and whether it is wanted. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LakeColumn } from '../../data/lake/lake.js';
import { emit } from '../events.js';
import { bytes, count, figure } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { tables } from '../styles/tables.js';
import './bounds-picture.js';

/** Rows drawn at once. */
const page = 40;

@customElement('bw-lake-columns')
export class LakeColumns extends LitElement {
  static override styles = [
    base,
    controls,
    layout,
    tables,
    css`
      .scroll { max-block-size: 480px; }
      thead th { position: sticky; inset-block-start: 0; background: var(--surface); z-index: 1; }
      th[scope='row'] { color: var(--text); font-weight: 600; min-inline-size: 96px; max-inline-size: 240px; overflow-wrap: break-word; }
      label { display: inline-flex; align-items: center; justify-content: center; inline-size: var(--touch); block-size: var(--touch); }
      td.choose { padding: 0 var(--space-1); inline-size: 1%; }
      .picture { inline-size: 120px; min-inline-size: 84px; }
      .values { min-inline-size: 130px; max-inline-size: 260px; overflow-wrap: break-word; color: var(--text-soft); }
    `,
  ];

  @property({ attribute: false }) columns: readonly LakeColumn[] = [];
  @property({ attribute: false }) chosen: ReadonlySet<string> = new Set();
  @property({ type: Boolean }) disabled = false;
  @state() private shown = page;

  #choose(names: Iterable<string>): void {
    const wanted = new Set(names);
    emit(
      this,
      'bw-columns',
      this.columns.map(({ name }) => name).filter((name) => wanted.has(name)),
    );
  }

  #toggle(name: string, on: boolean): void {
    this.#choose(on ? [...this.chosen, name] : [...this.chosen].filter((other) => other !== name));
  }

  override render() {
    const more = this.columns.length - this.shown;
    return html`<div class="row between"><p class="small soft" role="status">${count(this.chosen.size)} of ${count(this.columns.length)} chosen</p>
      <div class="row"><button type="button" class="quiet" ?disabled=${this.disabled} @click=${() => this.#choose(this.columns.map(({ name }) => name))}>All</button>
      <button type="button" class="quiet" ?disabled=${this.disabled} @click=${() => this.#choose([])}>None</button></div></div>
    <div class="scroll" tabindex="0" role="region" aria-label="Columns of the data set"><table>
      <thead><tr><th scope="col">Read</th><th scope="col">Column</th><th scope="col">Kept as</th><th scope="col" class="number">Missing</th><th scope="col" class="number">Size</th><th scope="col">From … to</th><th scope="col">By row group</th></tr></thead>
      <tbody>${this.columns.slice(0, this.shown).map((column) => this.#row(column))}</tbody>
    </table></div>
    ${
      more > 0
        ? html`<div><button type="button" @click=${() => {
            this.shown += page;
          }}>Show more of ${count(this.columns.length)} columns</button></div>`
        : nothing
    }`;
  }

  #row(column: LakeColumn) {
    const { name, stored, nulls, partition, nested, bounds } = column;
    const range = rangeOf(column);
    return html`<tr>
      <td class="choose"><label><input type="checkbox" .checked=${this.chosen.has(name)} ?disabled=${this.disabled} aria-label="Read ${name}"
        @change=${(event: Event) => this.#toggle(name, (event.target as HTMLInputElement).checked)} /></label></td>
      <th scope="row">${name} ${partition ? html`<span class="chip">folder</span>` : nothing}${nested ? html`<span class="chip">JSON</span>` : nothing}</th>
      <td class="nowrap">${stored}</td>
      <td class="number">${nulls === undefined ? '–' : count(nulls)}</td>
      <td class="number">${partition ? '0' : bytes(column.bytes)}</td>
      <td class="values">${range}</td>
      <td class="picture">${bounds && bounds.length > 1 ? html`<bw-bounds-picture .bounds=${bounds} .label="${name} in ${count(bounds.length)} row groups: ${range}"></bw-bounds-picture>` : nothing}</td>
    </tr>`;
  }
}

function rangeOf({ kind, minimum, maximum }: LakeColumn): string {
  if (minimum === undefined || maximum === undefined) return '';
  const text = (value: number | string): string => {
    if (typeof value === 'string') return value.length > 24 ? `${value.slice(0, 23)}…` : value;
    if (kind === 'datetime')
      return Math.abs(value) <= 8.64e15 ? new Date(value).toISOString().slice(0, 16).replace('T', ' ') : figure(value);
    return Number.isInteger(value) && Math.abs(value) < 10_000 ? String(value).replace('-', '−') : figure(value);
  };
  return minimum === maximum ? text(minimum) : `${text(minimum)} … ${text(maximum)}`;
}
