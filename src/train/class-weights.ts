/**
 * How much the rows of a class count. They are met more or less often, not weighed: an epoch draws as many rows as there are, each as often as
 * its weight says, so that every device and every loss learns from weights without a kernel of its own.
 */

import { InputError } from '../base/errors.js';
import type { Random } from '../base/random.js';
import type { PipelineSpec } from '../spec/pipeline-spec.js';
import type { Trivial, Truth } from './tasks/table.js';

/**
 * The weight of each class; undefined where none was asked for. Classes count as they do in the training rows.
 * @throws InputError `weights-need-classes` or `unknown-class`
 */
export function classWeights(asked: PipelineSpec['classWeights'], training: Trivial): number[] | undefined {
  if (asked === undefined) return undefined;
  if (training.kind !== 'classes') {
    throw new InputError('weights-need-classes', 'Class weights are asked for, and the target is a value.', {
      advice: 'Leave out the class weights, or choose the task classification.',
      place: { field: 'pipeline.classWeights' },
    });
  }
  return asked === 'balanced' ? balanced(training.counts) : named(asked, training.classes);
}

/** [rows]: how much each row counts, where weights are asked for: by their check the target has classes. */
export const weightsOf = (weights: readonly number[], truth: Truth): Float32Array | undefined =>
  truth.kind === 'classes' ? rowWeights(weights, truth.actual) : undefined;

/** [rows]: the weight of each row of a part, by its class; one of a class that training did not have counts once. */
export const rowWeights = (weights: readonly number[], labels: ArrayLike<number>): Float32Array =>
  Float32Array.from(labels, (label) => (label < 0 ? 1 : weights[label]));

/** rows / (classes · rows of the class), as scikit-learn's. */
function balanced(counts: readonly number[]): number[] {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => rows / (counts.length * Math.max(1, count)));
}

function named(asked: readonly { class: string; weight: number }[], classes: readonly string[]): number[] {
  const unknown = asked.find((each) => !classes.includes(each.class));
  if (unknown) {
    throw new InputError('unknown-class', `A weight is given for "${unknown.class}", and no training row has this class.`, {
      advice: `The classes are: ${classes.slice(0, 20).join(', ')}.`,
      place: { field: 'pipeline.classWeights', value: unknown.class },
    });
  }
  return classes.map((name) => asked.find((each) => each.class === name)?.weight ?? 1);
}

/**
 * Rows drawn in proportion to their weights: each floor or ceil of its exact share of `count` times (systematic resampling), then
 * shuffled. Of equal weights and as many draws as rows this is every row once.
 */
export function weightedOrder(weights: Float32Array, count: number, random: Random): Uint32Array {
  const rows = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const order = new Uint32Array(count);
  let next = random.uniform();
  let passed = 0;
  let drawn = 0;
  for (let row = 0; row < rows; row++) {
    passed += (weights[row] * count) / total;
    while (next < passed && drawn < count) {
      order[drawn++] = row;
      next++;
    }
  }
  // Rounding may leave the last one out.
  while (drawn < count) order[drawn++] = rows - 1;
  return random.shuffle(order);
}
