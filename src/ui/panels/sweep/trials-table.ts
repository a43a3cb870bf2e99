/** A sweep's trials, best first: their values, how far they came, and their figure. */
import { html, nothing, type TemplateResult } from 'lit';
import type { SweepFieldName } from '../../../spec/sweep.js';
import type { TrialRecord } from '../../../spec/sweep-record.js';
import { duration, figure } from '../../format.js';
import { fieldTitle } from '../../sweeps/field-text.js';
import { figureOf } from '../../sweeps/ranking.js';

export const trialWords: Record<TrialRecord['status'], { title: string; tone: string }> = {
  waiting: { title: 'waiting', tone: '' },
  running: { title: 'running', tone: 'accent' },
  paused: { title: 'paused at a rung', tone: '' },
  dropped: { title: 'dropped', tone: '' },
  finished: { title: 'finished', tone: 'good' },
  diverged: { title: 'diverged', tone: 'bad' },
};

const interrupted = { title: 'interrupted', tone: 'warn' };

export const valueText = (value: number | string | undefined): string => (typeof value === 'number' ? figure(value) : (value ?? '–'));

interface Shown {
  trials: readonly TrialRecord[];
  metric: string;
  leader: number | undefined;
  looked: number;
  /** Whether the sweep is at work: a trial is then running, else it was interrupted. */
  active: boolean;
  look: (trial: number) => void;
}

export function trialsTable({ trials, metric, leader, looked, active, look }: Shown): TemplateResult {
  const fields = Object.keys(trials[0]?.values ?? {}) as SweepFieldName[];
  return html`<div class="scroll trials" tabindex="0" role="region" aria-label="Trials, the best first"><table>
    <thead><tr><th scope="col">Trial</th><th scope="col" class="number">${metric}</th>${fields.map((field) => html`<th scope="col" class="number">${fieldTitle(field)}</th>`)}<th scope="col" class="number">Epochs</th><th scope="col" class="number">Time</th><th scope="col">State</th></tr></thead>
    <tbody>${trials.map((trial) => {
      const { title, tone } = trial.status === 'running' && !active ? interrupted : trialWords[trial.status];
      return html`<tr aria-current=${trial.number === looked ? 'true' : nothing}>
        <th scope="row"><button type="button" class="link" aria-label="Look at trial ${trial.number}" @click=${() => look(trial.number)}>${trial.number}</button>${trial.number === leader ? html` <span class="chip good">best</span>` : nothing}</th>
        <td class="number">${valueText(figureOf(trial) ?? undefined)}</td>
        ${fields.map((field) => html`<td class="number">${valueText(trial.values[field])}</td>`)}
        <td class="number">${trial.curve.length} of ${trial.epochs}</td><td class="number">${trial.seconds > 0 ? duration(trial.seconds) : '–'}</td>
        <td><span class="chip ${tone}" title=${trial.problem ?? nothing}>${title}</span></td></tr>`;
    })}</tbody></table></div>`;
}
