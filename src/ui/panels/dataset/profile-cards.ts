/** What a profile shows beside the columns: what to mend, correlations, missing values; and how far it is. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Finding, Profile } from '../../../spec/profile.js';
import { problemNotice } from '../../elements/problem-notice.js';
import { findingTone } from '../../elements/profile-words.js';
import { count, counted, percentage } from '../../format.js';
import type { ProfileRun } from './profile-run.js';
import '../../elements/correlation-map.js';
import '../../elements/missing-map.js';
import '../../elements/notice.js';
import '../../elements/progress-line.js';

/** Findings that stand open beside those that are bad; notes stand open where there is nothing else. */
const fewFindings = 4;

export function profileProgress(run: ProfileRun, again: () => void): TemplateResult | typeof nothing {
  if (run.state === 'failed') return problemNotice(run.problem, html`<button type="button" @click=${again}>Try again</button>`);
  if (run.state === 'cancelled')
    return html`<p class="row small soft">Not profiled. <button type="button" class="link" @click=${again}>Profile the columns</button></p>`;
  const { progress } = run;
  if (run.state !== 'working' || !progress) return nothing;
  return html`<div class="row profiling"><bw-progress-line label="Profiling" .detail=${`${count(progress.rows)} of ${counted(progress.of, 'row')}`} .value=${progress.rows / Math.max(1, progress.of)} .secondsLeft=${progress.secondsLeft}></bw-progress-line>
    <button type="button" @click=${() => run.cancel()}>Cancel</button></div>`;
}

const notice = ({ severity, message, advice }: Finding): TemplateResult =>
  html`<bw-notice .tone=${findingTone[severity]} .message=${message} .advice=${advice}></bw-notice>`;

export function findingsCard({ findings }: Profile): TemplateResult | typeof nothing {
  if (findings.length === 0) return nothing;
  const weight = { bad: 0, warn: 1, note: 2 } as const;
  const sorted = [...findings].sort((a, b) => weight[a.severity] - weight[b.severity]);
  const of = (wanted: Finding['severity']): number => sorted.filter(({ severity }) => severity === wanted).length;
  const open = of('bad') + Math.min(fewFindings, of('warn')) || 1;
  const rest = sorted.slice(open);
  return html`<section class="stack findings" aria-labelledby="findings"><h2 id="findings">What to look at</h2>
    ${sorted.slice(0, open).map(notice)}
    ${rest.length > 0 ? html`<details class="small"><summary>${counted(rest.length, 'more remark')}</summary><div class="stack">${rest.map(notice)}</div></details>` : nothing}</section>`;
}

export function correlationCard({ correlations, target }: Profile): TemplateResult | typeof nothing {
  if (correlations.columns.length < 3) return nothing;
  return html`<section class="card" aria-labelledby="correlations"><h2 id="correlations">How the columns go together</h2>
    <bw-correlation-map .correlations=${correlations} .target=${target ?? ''}></bw-correlation-map></section>`;
}

export function missingCard({ missing, rows }: Profile): TemplateResult | typeof nothing {
  if (missing.patterns.length === 0) return nothing;
  return html`<section class="card" aria-labelledby="missing"><h2 id="missing">What is missing together</h2>
    <bw-missing-map .missing=${missing} .rows=${rows}></bw-missing-map></section>`;
}

/** How sure the figures are, where they are not exact. */
export function basis({ sampled, rows, duplicates }: Profile): TemplateResult {
  const repeated =
    duplicates.rows === 0
      ? 'No row occurs twice.'
      : `${duplicates.error > 0 ? 'About ' : ''}${counted(duplicates.rows, 'row')} (${percentage(duplicates.rows / rows)}) occur again.`;
  return html`<p class="hint">${repeated} ${sampled < rows ? `What columns say of each other was measured on ${count(sampled)} rows drawn at random; counts are over all ${count(rows)}.` : ''}</p>`;
}
