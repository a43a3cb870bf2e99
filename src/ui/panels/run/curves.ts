/** Loss and score over epochs as pictures, and what they show in words. */
import { html, type TemplateResult } from 'lit';
import type { CurvePoint } from '../../../spec/run.js';
import { score } from '../../format.js';
import type { MetricWords } from '../../words.js';
import '../../elements/line-chart.js';

const dashed = [5, 4];

interface Curves {
  loss: TemplateResult;
  score: TemplateResult;
}

/** @param title of what the score is. @param epochs the right end of the axis; 0 ends it with the curve */
export function curves(
  curve: readonly CurvePoint[],
  bestEpoch: number | undefined,
  { title }: Pick<MetricWords, 'title'>,
  epochs: number,
): Curves {
  const x = curve.map(({ epoch }) => epoch);
  const mark = bestEpoch ? { at: bestEpoch, label: `best, epoch ${bestEpoch}` } : undefined;
  const first = curve[0];
  const last = curve[curve.length - 1];
  const best = curve.find(({ epoch }) => epoch === bestEpoch) ?? last;
  const lossWords = `Training loss goes from ${score(first?.trainingLoss)} to ${score(last?.trainingLoss)}, validation loss from ${score(first?.validationLoss)} to ${score(last?.validationLoss)}; the best epoch is ${best?.epoch ?? '–'}.`;
  const scoreWords = `Validation ${title} goes from ${score(first?.validationScore)} to ${score(last?.validationScore)}; ${score(best?.validationScore)} at the best epoch.`;
  return {
    loss: html`<section class="card" aria-labelledby="loss"><h2 id="loss">Loss, by epoch</h2>
      <bw-line-chart .x=${x} .until=${epochs} .mark=${mark} .label=${lossWords} .series=${[
        { name: 'training', values: curve.map(({ trainingLoss }) => trainingLoss), color: '--series-1' },
        { name: 'validation', values: curve.map(({ validationLoss }) => validationLoss), color: '--series-2', dash: dashed },
      ]}></bw-line-chart></section>`,
    score: html`<section class="card" aria-labelledby="score"><h2 id="score">${title}, by epoch</h2>
      <bw-line-chart .x=${x} .until=${epochs} .mark=${mark} .label=${scoreWords} .series=${[
        { name: 'validation', values: curve.map(({ validationScore }) => validationScore), color: '--series-2', dash: dashed },
      ]}></bw-line-chart></section>`,
  };
}
