/** What a mirror would have answered beside what was answered. */
import { html, nothing, type TemplateResult } from 'lit';
import type { MirrorReport } from '../../../serve/traffic/mirror.js';
import type { Traffic } from '../../../spec/traffic.js';
import { count, figure, percentage, stepTime } from '../../format.js';

/** Outputs at first sight: a model of many classes has one for each. */
const mostListed = 8;

export function mirrorReport(mirror: Traffic['mirror'], report: MirrorReport | undefined): TemplateResult | typeof nothing {
  if (!mirror) return nothing;
  const heading = html`<h3>Mirror: version ${mirror.version} beside what was answered</h3>`;
  if (!report || report.requests + report.failures + report.skipped === 0) {
    return html`${heading}<p class="small soft">Nothing has been compared since this browser last began to serve.</p>`;
  }
  const { requests, rows, agreeing, failures, skipped, differences, latency } = report;
  const differing = Object.entries(differences);
  return html`${heading}<dl class="facts">
      <dt>requests compared</dt><dd>${count(requests)}</dd>
      ${rows === 0 ? nothing : html`<dt>answers that agree</dt><dd>${percentage(agreeing / rows)} (${count(agreeing)} of ${count(rows)})</dd>`}
      ${requests === 0 ? nothing : html`<dt>mean time</dt><dd>${stepTime(latency)}</dd>`}
      ${differing.slice(0, mostListed).map(([name, mean]) => html`<dt>mean difference of ${name}</dt><dd>${figure(mean)}</dd>`)}
      ${failures > 0 ? html`<dt>failed</dt><dd>${count(failures)}</dd>` : nothing}
      ${skipped > 0 ? html`<dt>left out, since too many waited</dt><dd>${count(skipped)}</dd>` : nothing}
    </dl>
    <p class="hint">Texts that are the same and numbers within a millionth agree. Since this browser last began to serve.</p>`;
}
