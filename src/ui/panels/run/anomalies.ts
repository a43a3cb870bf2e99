/** How odd the test rows are: their scores beside the threshold, and the oddest of them with what makes them so. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AnomalyReport, OddRow } from '../../../spec/anomaly.js';
import { count, counted, figure, percentage } from '../../format.js';
import '../../elements/histogram.js';

const mostColumns = 3;
/** A page of them: the report has more. */
const mostRows = 15;

export function anomaliesCard({ threshold, histogram, rows }: AnomalyReport): TemplateResult {
  const { minimum, maximum, counts, anomalies } = histogram;
  const all = counts.reduce((sum, value) => sum + value, 0);
  const isKnown = rows.some(({ actual }) => actual !== undefined);
  const odd = anomalies.reduce((sum, value) => sum + value, 0);
  const label = `Scores of ${counted(all, 'row')} from ${figure(minimum)} to ${figure(maximum)} and beyond; the threshold is ${figure(threshold)}.${isKnown ? ` ${count(odd)} are known anomalies.` : ''}`;
  return html`<section class="card" aria-labelledby="odd"><h2 id="odd">Scores, and the oddest rows</h2>
    <bw-histogram class="tall" .counts=${counts} .marked=${anomalies} .at=${(threshold - minimum) / (maximum - minimum || 1)} .label=${label}></bw-histogram>
    <p class="hint figures">${figure(minimum)} … threshold ${figure(threshold)} … ${figure(maximum)} and beyond${isKnown ? html`. Orange: known anomalies, ${count(odd)} of ${count(all)}.` : nothing}</p>
    <div class="scroll" tabindex="0" role="region" aria-label="The oddest rows"><table>
      <thead><tr><th scope="col">Row</th><th scope="col" class="number">Score</th>${isKnown ? html`<th scope="col">Label</th>` : nothing}<th scope="col">Mostly by</th></tr></thead>
      <tbody>${rows.slice(0, mostRows).map((row) => line(row, threshold, isKnown))}</tbody></table></div>
    <p class="hint">A score is by how much more than usual the network misses a row’s columns when it gives them back: 1 is usual.</p></section>`;
}

const line = (
  { row, score, actual, columns }: OddRow,
  threshold: number,
  isKnown: boolean,
): TemplateResult => html`<tr><th scope="row">${count(row + 1)}</th><td class="number">${figure(score)}${score > threshold ? html` <span class="chip warn">above</span>` : nothing}</td>
  ${isKnown ? html`<td>${actual ?? '–'}</td>` : nothing}
  <td>${columns
    .slice(0, mostColumns)
    .map(({ column, part }) => `${column} ${percentage(score > 0 ? part / score : 0)}`)
    .join(', ')}</td></tr>`;
