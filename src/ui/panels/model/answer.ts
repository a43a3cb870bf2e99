/** A prediction in words and bars. */
import { html, type TemplateResult } from 'lit';
import type { Prediction } from '../../../infer/models.js';
import { figure, percentage } from '../../format.js';
import '../../elements/bars.js';

const mostProbabilities = 10;

export function answer(target: string, prediction: Prediction): TemplateResult {
  const shown = typeof prediction.prediction === 'number' ? figure(prediction.prediction) : prediction.prediction;
  const bars = [...(prediction.probabilities ?? [])]
    .sort((one, other) => other.probability - one.probability)
    .slice(0, mostProbabilities)
    .map(({ value, probability }) => ({
      name: value,
      value: probability,
      shown: percentage(probability),
      emphasis: value === String(prediction.prediction),
    }));
  return html`<div role="status"><p class="small soft">${target}</p><p class="value">${shown}</p></div>
    ${bars.length > 0 ? html`<bw-bars .bars=${bars} label="Probability of each class"></bw-bars>` : ''}`;
}
