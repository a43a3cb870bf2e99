/** Trainings in columns that are chosen elsewhere: sorted by a click on a head, and picked to be compared. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RunRecord } from '../../spec/run.js';
import { emit } from '../events.js';
import { moment } from '../format.js';
import { columnsOf, type RunColumn, usualColumns } from '../runs/columns.js';
import type { Order } from '../runs/find.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { tables } from '../styles/tables.js';
import { presetTitle, statusWords } from '../words.js';
import { icon } from './icon.js';

@customElement('bw-runs-table')
export class RunsTable extends LitElement {
  static override styles = [
    base,
    controls,
    layout,
    tables,
    css`
      a { font-weight: 600; color: var(--text); text-decoration: none; display: inline-flex; align-items: center; min-block-size: 24px; }
      a:hover { text-decoration: underline; }
      td.name { min-inline-size: 170px; overflow-wrap: anywhere; }
      .named { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--space-2); align-items: center; }
      .named label { min-inline-size: 24px; min-block-size: 24px; place-content: center; }
      th button { border: 0; background: none; padding: 0; min-block-size: 24px; font-weight: 500; font-size: var(--size-2); color: var(--text-soft); gap: 4px; white-space: nowrap; }
      th[aria-sort] button { color: var(--text); font-weight: 600; }
      td.text { max-inline-size: 220px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .actions { inline-size: 1%; white-space: nowrap; text-align: end; padding-block: 2px; }
      .narrow { display: none; }
      tr.group th { padding-block-start: var(--space-4); font-weight: 600; color: var(--text); }
      @media (max-width: 720px) {
        /* Two lines a run, nothing to the side: name and score, state and actions. */
        thead, td.detail { display: none; }
        table, tbody { display: block; }
        tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; border-block-end: 1px solid var(--line); padding-block: var(--space-2); }
        tbody:last-child tr:last-child { border: 0; }
        td, td.name, td.actions { border: 0; inline-size: auto; min-inline-size: 0; padding: 2px 0; align-self: center; }
        .narrow { display: inline; }
      }
      tr[aria-selected='true'] > * { background: var(--accent-soft); }
      tr[aria-selected='true'] .chip { background: var(--surface); }
    `,
  ];

  @property({ attribute: false }) runs: readonly RunRecord[] = [];
  /** Runs by the name of their group; left out, they are not grouped. */
  @property({ attribute: false }) groups: ReadonlyMap<string, readonly RunRecord[]> | undefined;
  /** Left out: the usual ones. */
  @property({ attribute: false }) columns: readonly RunColumn[] | undefined;
  @property({ attribute: false }) order: Order | undefined;
  /** The identifiers of runs that this page is training now. */
  @property({ attribute: false }) live: ReadonlySet<string> = new Set();
  /** Those picked to be compared. */
  @property({ attribute: false }) picked: ReadonlySet<string> = new Set();

  override render() {
    const columns = this.columns ?? this.#usual();
    const groups = this.groups ?? new Map([['', this.runs]]);
    return html`<div class="scroll" tabindex="0" role="region" aria-label="All runs"><table>
      <thead><tr>${this.#head('name', 'Run', false)}${columns.map(({ key, title, isNumber }) => this.#head(key, title, isNumber))}<td></td></tr></thead>
      ${[...groups].map(([name, runs]) => html`<tbody>${name ? html`<tr class="group"><th colspan=${columns.length + 2} scope="rowgroup">${name} <span class="hint">${runs.length}</span></th></tr>` : nothing}${runs.map((run) => this.#row(run, columns))}</tbody>`)}
    </table></div>`;
  }

  #usual(): RunColumn[] {
    const usual = usualColumns(this.runs);
    return columnsOf(this.runs).filter(({ key }) => usual.includes(key));
  }

  #head(key: string, title: string, isNumber: boolean) {
    const { order } = this;
    const sorted = order?.key === key ? (order.descending ? 'descending' : 'ascending') : undefined;
    return html`<th scope="col" class=${isNumber ? 'number' : ''} aria-sort=${sorted ?? nothing}>
      <button type="button" @click=${() => emit(this, 'bw-sort', key)}>${title}${sorted ? html`<span aria-hidden="true">${sorted === 'descending' ? '↓' : '↑'}</span>` : nothing}</button></th>`;
  }

  #row(run: RunRecord, columns: readonly RunColumn[]) {
    const running = this.live.has(run.id) || run.status === 'running';
    const picked = this.picked.has(run.id);
    const first = columns.find(({ kind }) => kind === 'metric');
    return html`<tr aria-selected=${picked ? 'true' : nothing}>
      <td class="name"><div class="named">
        <label><input type="checkbox" aria-label="Compare ${run.name}, ${moment(run.created)}" .checked=${picked} @change=${() => emit(this, 'bw-pick', run.id)} /></label>
        <div><a href="#/runs/${run.id}">${run.name}</a><div class="hint">${moment(run.created)} · seed ${run.seed}<span class="narrow"> · ${presetTitle(run.preset)}</span>${run.tags?.map((tag) => html` <span class="chip">${tag}</span>`)}</div></div></div></td>
      ${columns.map((column) => this.#cell(run, column, running, column === first))}
      <td class="actions">${
        running
          ? nothing
          : html`${run.checkpoint && !run.modelId ? html`<button type="button" @click=${() => emit(this, 'bw-resume', run.id)}>Resume</button>` : nothing}
        <button type="button" class="quiet icon-only" aria-label="Delete ${run.name}" title="Delete" @click=${() => emit(this, 'bw-remove', run.id)}>${icon('remove')}</button>`
      }</td>
    </tr>`;
  }

  #cell(run: RunRecord, column: RunColumn, running: boolean, inSight: boolean) {
    if (column.key === 'state') {
      const { tone, title } = running ? statusWords.running : statusWords[run.status];
      return html`<td><span class="chip ${tone}">${title}</span></td>`;
    }
    const value = column.value(run);
    const text = value === undefined ? '–' : column.text(value, run);
    return html`<td class="${column.isNumber ? 'number' : 'text'} ${inSight ? '' : 'detail'}" title=${column.isNumber ? nothing : text}>${text}</td>`;
  }
}
