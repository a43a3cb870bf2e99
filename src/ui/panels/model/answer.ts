/** A prediction in words and bars. */
import { html, type TemplateResult } from 'lit';
import type { Prediction } from '../../../infer/models.js';
import { figure, percentage } from '../../format.js';
import '../../elements/bars.js';

const mostProbabilities = 10;

/** A row's score beside the threshold, and the columns that it comes from. */
function oddness({ prediction, score = 0, threshold = 0, columns = [] }: Prediction): TemplateResult {
  const bars = columns.map(({ column, part }) => ({
    name: column,
    value: score > 0 ? part / score : 0,
    shown: percentage(score > 0 ? part / score : 0),
    emphasis: score > threshold,
  }));
  return html`<div role="status"><p class="small soft">score ${figure(score)}, threshold ${figure(threshold)}</p><p class="value">${prediction}</p></div>
    <bw-bars .bars=${bars} label="Share of the score by column"></bw-bars>`;
}

export function answer(target: string, prediction: Prediction): TemplateResult {
  if (prediction.score !== undefined) return oddness(prediction);
  const shown =
    typeof prediction.prediction === 'number' ? figure(prediction.prediction) : (prediction.labels?.join(', ') ?? prediction.prediction);
  const bars = [...(prediction.probabilities ?? [])]
    .sort((one, other) => other.probability - one.probability)
    .slice(0, mostProbabilities)
    .map(({ value, probability }) => ({
      name: value,
      value: probability,
      shown: percentage(probability),
      emphasis: prediction.labels?.includes(value) ?? value === String(prediction.prediction),
    }));
  return html`<div role="status"><p class="small soft">${target}</p><p class="value">${shown || 'no label'}</p></div>
    ${bars.length > 0 ? html`<bw-bars .bars=${bars} label="Probability of each ${prediction.labels ? 'label' : 'class'}"></bw-bars>` : ''}`;
}
