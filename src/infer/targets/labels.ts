/** The labels that are more likely there than not, and the probability of each. */

import { sevenDigits } from '../../data/export/csv-cell.js';
import { labelsTogether } from '../../data/targets/separators.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import { labelThreshold } from '../../stats/multilabel.js';
import { type AnswerForm, numberColumn, predictedText } from './answer-form.js';

export const labelsAnswer: AnswerForm<Extract<FittedTarget, { kind: 'labels' }>> = {
  columns: ({ labels }) => [predictedText, ...labels.map((name) => numberColumn(`probability_${name}`))],
  values: ({ labels, separator }, outputs) => [labelsTogether(chosen(labels, outputs), separator), ...Array.from(outputs, sevenDigits)],
  prediction: ({ labels, separator }, outputs) => ({
    prediction: labelsTogether(chosen(labels, outputs), separator),
    labels: chosen(labels, outputs),
    probabilities: labels.map((value, index) => ({ value, probability: outputs[index] })),
  }),
};

const chosen = (labels: readonly string[], outputs: ArrayLike<number>): string[] =>
  labels.filter((_, index) => outputs[index] >= labelThreshold);
