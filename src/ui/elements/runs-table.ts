/** Trainings, newest first: what, how good, on what, and how it ended. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RunRecord } from '../../spec/run.js';
import type { Task } from '../../spec/task.js';
import { headlineOf } from '../../stats/headline.js';
import { emit } from '../events.js';
import { count, duration, moment, score } from '../format.js';
import { base } from '../styles/base.js';
import { controls } from '../styles/controls.js';
import { layout } from '../styles/layout.js';
import { tables } from '../styles/tables.js';
import { headline, presetTitle, statusWords } from '../words.js';
import { icon } from './icon.js';

const scoreTitle = (task: Task): string => headline(task).title.toLowerCase();

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
      td.name { min-inline-size: 150px; overflow-wrap: anywhere; }
      .actions { inline-size: 1%; white-space: nowrap; text-align: end; padding-block: 2px; }
      .score small { display: block; font: var(--size-1) var(--font); color: var(--text-soft); }
      .narrow { display: none; }
      @media (max-width: 720px) {
        /* Two lines a run, nothing to the side: name and score, state and actions. */
        thead, td.detail { display: none; }
        table, tbody { display: block; }
        tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; border-block-end: 1px solid var(--line); padding-block: var(--space-2); }
        tbody tr:last-child { border: 0; }
        td, td.name, td.actions { border: 0; inline-size: auto; min-inline-size: 0; padding: 2px 0; align-self: center; }
        .narrow { display: inline; }
      }
      tr[aria-current] > * { background: var(--accent-soft); }
    `,
  ];

  @property({ attribute: false }) runs: readonly RunRecord[] = [];
  /** The identifiers of runs that this page is training now. */
  @property({ attribute: false }) live: ReadonlySet<string> = new Set();

  override render() {
    return html`<div class="scroll" tabindex="0" role="region" aria-label="All runs"><table>
      <thead><tr><th scope="col">Run</th><th scope="col">Model</th><th scope="col" class="number">Test score</th><th scope="col" class="number">Parameters</th><th scope="col" class="number">Time</th><th scope="col">State</th><td></td></tr></thead>
      <tbody>${this.runs.map((run) => this.#row(run))}</tbody>
    </table></div>`;
  }

  #row(run: RunRecord) {
    const running = this.live.has(run.id) || run.status === 'running';
    const status = running ? statusWords.running : statusWords[run.status];
    return html`<tr>
      <td class="name"><a href="#/runs/${run.id}">${run.name}</a><div class="hint">${moment(run.created)} · seed ${run.seed}<span class="narrow"> · ${presetTitle(run.preset)}</span></div></td>
      <td class="detail">${presetTitle(run.preset)}</td>
      <td class="number score">${score(run.scores ? headlineOf(run.scores.test) : null)}<small>${run.scores ? scoreTitle(run.task) : nothing}</small></td>
      <td class="number detail">${count(run.parameters)}</td>
      <td class="number detail">${duration(run.seconds)}</td>
      <td><span class="chip ${status.tone}">${status.title}</span></td>
      <td class="actions">${
        running
          ? nothing
          : html`${run.checkpoint && !run.modelId ? html`<button type="button" @click=${() => emit(this, 'bw-resume', run.id)}>Resume</button>` : nothing}
        <button type="button" class="quiet icon-only" aria-label="Delete ${run.name}" title="Delete" @click=${() => emit(this, 'bw-remove', run.id)}>${icon('remove')}</button>`
      }</td>
    </tr>`;
  }
}
