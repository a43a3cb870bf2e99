/** How a network's outputs become answers that people and files have, by the kind of target. A new kind is a file beside this one and its line in `table.ts`. */
import type { FittedTarget } from '../../spec/pipeline.js';
import type { Prediction } from '../models.js';

export interface AnswerColumn {
  name: string;
  kind: 'number' | 'text';
}

export interface AnswerForm<Target extends FittedTarget> {
  /** What `predict` writes beside a file's own columns. */
  columns(target: Target): AnswerColumn[];
  /**
   * In the order of the columns, numbers with seven digits.
   * @param outputs [width] of one row: probabilities, values in the target's own unit, or parts of a score
   */
  values(target: Target, outputs: Float32Array | Float64Array): (string | number)[];
  /** @param columns those that a score's parts belong to */
  prediction(target: Target, outputs: Float32Array | Float64Array, columns: readonly string[]): Prediction;
}

export const predictedText: AnswerColumn = { name: 'prediction', kind: 'text' };
export const numberColumn = (name: string): AnswerColumn => ({ name, kind: 'number' });
