/**
 * What is kept of a network's outputs that give its inputs back: for each column its part of the row's score. The score is the mean squared error
 * over all inputs, which is the loss that is trained on. An input of a standardised number varies by 1; those of a category, one for each value,
 * together by at most 1, so that a category weighs no more than a number.
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

/** [rows]: the score of each, from its columns' parts. */
export function scoresOfRows(parts: ArrayLike<number>, columns: number): Float32Array {
  const scores = new Float32Array(parts.length / columns);
  for (let row = 0; row < scores.length; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += parts[row * columns + column];
    scores[row] = sum;
  }
  return scores;
}
