/** The most probable class, and the probability of each. */
import { sevenDigits } from '../../data/export/csv-cell.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import { type AnswerForm, numberColumn, predictedText } from './answer-form.js';

export const classesAnswer: AnswerForm<Extract<FittedTarget, { kind: 'classes' }>> = {
  columns: ({ classes }) => [predictedText, ...classes.map((name) => numberColumn(`probability_${name}`))],
  values: ({ classes }, outputs) => [classes[mostLikely(outputs)], ...Array.from(outputs, sevenDigits)],
  prediction: ({ classes }, outputs) => ({
    prediction: classes[mostLikely(outputs)],
    probabilities: classes.map((value, index) => ({ value, probability: outputs[index] })),
  }),
};

/** The index of the largest; the first of equal ones. */
function mostLikely(probabilities: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < probabilities.length; index++) if (probabilities[index] > probabilities[best]) best = index;
  return best;
}
