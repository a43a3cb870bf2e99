/** Two versions of a table beside each other: rows, columns, and the figures that moved. */
import { html, nothing, type TemplateResult } from 'lit';
import type { VersionComparison } from '../../../data/datasets.js';
import { bytes, count, counted } from '../../format.js';
import { typeWords } from '../../words.js';
import { figureValue, figureWords, shiftWords } from './version-words.js';

/** As many as are read; the rest is counted. */
const shownFigures = 12;

export function comparisonView(comparison: VersionComparison, close: () => void): TemplateResult {
  const { from, to, rows, added, removed, retyped, moved, sharedBytes, same } = comparison;
  const columns = added.length + removed.length + retyped.length;
  return html`<section class="comparison" aria-labelledby="comparison"><header class="row between"><h3 id="comparison" tabindex="-1">From version ${from} to version ${to}</h3>
    <button type="button" class="quiet" @click=${close}>Close</button></header>
    ${same ? html`<p>They hold the same.</p>` : nothing}
    <dl class="facts">
      <dt>rows</dt><dd>${count(rows.from)} → ${count(rows.to)}${rows.added === undefined ? nothing : html`, <b>${count(rows.added)}</b> added, <b>${count(rows.removed ?? 0)}</b> gone`}</dd>
      <dt>the same chunks</dt><dd>${bytes(sharedBytes)}</dd>
      ${columns === 0 ? html`<dt>columns</dt><dd>the same</dd>` : nothing}
      ${added.map(({ column, type }) => html`<dt>column added</dt><dd>${column}, ${typeWords[type]}</dd>`)}
      ${removed.map(({ column, type }) => html`<dt>column gone</dt><dd>${column}, ${typeWords[type]}</dd>`)}
      ${retyped.map(({ column, from: was, to: is }) => html`<dt>another type</dt><dd>${column}: ${typeWords[was]} → ${typeWords[is]}</dd>`)}
    </dl>
    ${
      moved.length === 0
        ? html`<p class="small soft">No figure of a column has moved.</p>`
        : html`<div class="scroll" tabindex="0" role="group" aria-label="Figures that moved"><table><caption>Figures that moved, the farthest first</caption>
      <thead><tr><th scope="col">Column</th><th scope="col">Figure</th><th scope="col" class="number">Version ${from}</th><th scope="col" class="number">Version ${to}</th><th scope="col">Moved</th></tr></thead>
      <tbody>${moved
        .slice(0, shownFigures)
        .map(
          (each) =>
            html`<tr><th scope="row">${each.column}</th><td>${figureWords[each.figure]}</td><td class="number">${figureValue(each.from, each.figure)}</td><td class="number">${figureValue(each.to, each.figure)}</td><td><span class="chip ${each.shift >= 0.5 ? 'warn' : ''}">${shiftWords(each)}</span></td></tr>`,
        )}</tbody></table></div>
      ${moved.length > shownFigures ? html`<p class="hint">and ${counted(moved.length - shownFigures, 'figure')} more that moved less.</p>` : nothing}`
    }
  </section>`;
}
