/** What a query will read, against the whole, and the button that does it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LakeDescription, LakeEstimate } from '../../../data/lake/lake.js';
import { bytes, count, percentage } from '../../format.js';

export interface Cost {
  opened: LakeDescription;
  estimate: LakeEstimate | undefined;
  isBusy: boolean;
  hasPreview: boolean;
  onImport: () => void;
  onShow: () => void;
}

export function costCard({ opened, estimate, isBusy, hasPreview, onImport, onShow }: Cost): TemplateResult {
  const share = estimate ? estimate.bytes / Math.max(1, opened.bytes) : 0;
  const isNothing = !estimate || estimate.rowGroups === 0;
  return html`<section class="card" aria-labelledby="cost"><h3 id="cost">What will be read</h3>
    <div aria-live="polite" class="stack">
    ${
      estimate
        ? html`<p class="figure">${bytes(estimate.bytes)}<small>${percentage(Math.min(1, share))} of ${bytes(opened.bytes)}</small></p>
      <progress class="share" max="1" .value=${Math.min(1, share)} aria-label="Share of the data set that will be read"></progress>
      <dl class="facts"><dt>Row groups</dt><dd>${count(estimate.rowGroups)} of ${count(opened.rowGroups)}</dd>
        <dt>Files</dt><dd>${count(estimate.files)} of ${count(opened.files)}</dd>
        <dt>Rows, at most</dt><dd>${count(estimate.rows)}</dd></dl>
      ${estimate.rowGroups === 0 ? html`<p class="hint warn">No row group can hold such rows.</p>` : nothing}`
        : html`<p class="soft small">Choose a column at least.</p>`
    }</div>
    <button type="button" class="primary" ?disabled=${isBusy || isNothing} @click=${onImport}>Import</button>
    <button type="button" ?disabled=${isBusy || isNothing || hasPreview} @click=${onShow}>Show the first rows</button>
  </section>`;
}
