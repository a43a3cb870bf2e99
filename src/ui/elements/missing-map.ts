/** Which columns are missing in the same rows: a line for each pattern, as wide as it is frequent. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Profile } from '../../spec/profile.js';
import { count, counted, percentage } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { customProperties } from './custom-properties.js';

const few = 8;
/** Columns that are drawn: those missing most often. */
const mostColumns = 24;

@customElement('bw-missing-map')
export class MissingMap extends LitElement {
  static override styles = [
    base,
    controls,
    css`
      .scroll { position: relative; overflow: auto; }
      table { border-collapse: separate; border-spacing: 2px; font-size: var(--size-1); inline-size: 100%; }
      thead th { vertical-align: bottom; block-size: 104px; font-weight: 500; color: var(--text-soft); padding: 0; inline-size: 26px; min-inline-size: 26px; }
      thead th span { display: block; writing-mode: vertical-rl; transform: rotate(180deg); max-block-size: 100px; overflow: hidden; text-overflow: ellipsis; margin-inline: auto; white-space: nowrap; }
      thead th.rows { inline-size: auto; text-align: start; padding-inline-start: var(--space-3); }
      tbody td { block-size: 24px; border-radius: 3px; background: var(--surface-sunk); }
      tbody td.missing { background: repeating-linear-gradient(45deg, var(--warn) 0 2px, var(--warn-soft) 2px 5px); }
      tbody th { text-align: start; font-weight: 400; padding-inline-start: var(--space-3); min-inline-size: 170px; }
      .bar { display: flex; align-items: center; gap: var(--space-2); font-family: var(--font-figures); font-variant-numeric: tabular-nums; white-space: nowrap; }
      .fill { block-size: 10px; inline-size: calc(var(--share) * 40%); min-inline-size: 2px; background: var(--warn); border-radius: 3px; opacity: 0.75; }
      .complete .fill { background: var(--good); }
      button { margin-block-start: var(--space-2); }
    `,
  ];

  @property({ attribute: false }) missing: Profile['missing'] = { completeRows: 0, patterns: [], exact: true };
  @property({ type: Number }) rows = 0;
  @state() private all = false;

  override render() {
    const { patterns, completeRows, exact } = this.missing;
    const totals = new Map<string, number>();
    for (const { columns, rows } of patterns) for (const name of columns) totals.set(name, (totals.get(name) ?? 0) + rows);
    const columns = [...totals]
      .sort((a, b) => b[1] - a[1])
      .slice(0, mostColumns)
      .map(([name]) => name);
    const shown = this.all ? patterns : patterns.slice(0, few);
    const bar = (rows: number) =>
      html`<span class="bar"><span class="fill" ${customProperties({ '--share': (rows / Math.max(1, this.rows)).toFixed(4) })}></span>${count(rows)} · ${percentage(rows / Math.max(1, this.rows))}</span>`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Missing values together"><table>
        <thead><tr>${columns.map((name) => html`<th scope="col" title=${name}><span>${name}</span></th>`)}<th scope="col" class="rows">Rows</th></tr></thead>
        <tbody><tr class="complete">${columns.map(() => html`<td><span class="visually-hidden">there</span></td>`)}<th scope="row">${bar(completeRows)}</th></tr>
        ${shown.map(({ columns: gone, rows }) => html`<tr>${columns.map((name) => (gone.includes(name) ? html`<td class="missing"><span class="visually-hidden">missing</span></td>` : html`<td><span class="visually-hidden">there</span></td>`))}<th scope="row">${bar(rows)}</th></tr>`)}</tbody></table></div>
      ${patterns.length > few && !this.all ? html`<button type="button" @click=${() => (this.all = true)}>Show all ${counted(patterns.length, 'pattern')}</button>` : nothing}
      ${totals.size > mostColumns || !exact ? html`<p class="hint">${totals.size > mostColumns ? `The ${mostColumns} columns that are missing most of ${count(totals.size)}. ` : ''}${exact ? '' : 'Rarer patterns are left out.'}</p>` : nothing}`;
  }
}
