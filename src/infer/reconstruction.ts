/**
 * What is kept of a network's outputs that give its inputs back: for each column its part of the row's mean squared error, which is the loss that
 * is trained on. An input of a standardised number varies by 1; those of a category, one for each value, together by at most 1, so that a category
 * weighs no more than a number. A row's score is the mean over columns of what its error is of the usual one: an error in a column that others tell
 * well is odder than the same in one that nobody can tell, as in a Mahalanobis distance with uncorrelated errors (factor analysis).
 */
import { widthOf } from '../data/steps/apply.js';
import type { FittedPipeline } from '../spec/pipeline.js';

/** What becomes of a network's outputs, row by row, before they are kept. */
export interface RowReduction {
  /** Numbers that are kept of a row. */
  readonly width: number;
  /** @param inputs,outputs [rows, …] @param answers where [rows, width] are written, from `start` on */
  reduce(inputs: Float32Array, outputs: Float32Array, rows: number, answers: Float32Array, start: number): void;
}

/** Of a pipeline whose inputs are reconstructed: [rows, columns]; of others nothing is reduced. */
export function reductionOf({ target, steps, inputs: width }: FittedPipeline): RowReduction | undefined {
  if (target.kind !== 'anomaly') return undefined;
  const columnOf = Uint16Array.from(steps.flatMap((step, column) => Array.from({ length: widthOf(step) }, () => column)));
  return {
    width: steps.length,
    reduce(inputs, outputs, rows, answers, start) {
      for (let row = 0; row < rows; row++) {
        for (let input = 0; input < width; input++) {
          const error = outputs[row * width + input] - inputs[row * width + input];
          answers[start + row * steps.length + columnOf[input]] += (error * error) / width;
        }
      }
    },
  };
}

/** Below this share of all columns' mean an error is not the usual one of a column, but that of one which is always the same. */
const leastShare = 1e-3;

/** [columns]: the mean of each column's parts, from rows that were not trained on. */
export function usualParts(parts: ArrayLike<number>, columns: number): number[] {
  const rows = parts.length / columns;
  const means = Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += parts[row * columns + column];
    return sum / rows;
  });
  const least = Math.max((leastShare * means.reduce((sum, mean) => sum + mean, 0)) / columns, 1e-12);
  return means.map((mean) => Math.max(mean, least));
}

/** [columns]: what a part of a row's error is divided by. Where nothing is known to be usual a score is the mean squared error itself. */
const divisorsOf = (columns: number, usual: readonly number[] | undefined): number[] =>
  Array.from({ length: columns }, (_, column) => (usual ? usual[column] * columns : 1));

/** The parts of a row's score. @param usual [columns] */
export function scoreParts(parts: ArrayLike<number>, usual?: readonly number[]): number[] {
  const divisors = divisorsOf(parts.length, usual);
  return Array.from(parts, (part, column) => part / divisors[column]);
}

/** [inputs]: a row's score is the mean of its inputs' squared errors times these. */
export function scoreWeights(steps: FittedPipeline['steps'], usual?: readonly number[]): number[] {
  const divisors = divisorsOf(steps.length, usual);
  return steps.flatMap((step, column) => Array.from({ length: widthOf(step) }, () => 1 / divisors[column]));
}

/** [rows]: the score of each. @param usual [columns], as for `scoreParts` */
export function scoresOfRows(parts: ArrayLike<number>, columns: number, usual?: readonly number[]): Float32Array {
  const divisors = divisorsOf(columns, usual);
  const scores = new Float32Array(parts.length / columns);
  for (let row = 0; row < scores.length; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += parts[row * columns + column] / divisors[column];
    scores[row] = sum;
  }
  return scores;
}
