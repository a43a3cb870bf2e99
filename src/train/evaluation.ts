/** What a network's outputs are worth on rows with known targets: its loss, and the figures that people read. */
import { logarithm, squared } from '../base/elementary.js';
import type { Metrics } from '../spec/metrics.js';
import type { ModelSpec } from '../spec/model.js';
import type { Confusion } from '../spec/run.js';
import { confusionCounts, mostProbable } from '../stats/confusion.js';
import { classificationMetrics, regressionMetrics } from '../stats/metrics.js';

/** Smallest probability that a loss takes the logarithm of: the spacing of 32-bit floats at 1. */
const smallestProbability = 2 ** -23;

/**
 * The loss of each row, in double precision, so that it is the same wherever the outputs come from.
 * @param outputs [rows, width]: probabilities or scaled values
 * @param targets [rows]: class indices (−1: a class that the network does not know); or [rows, width]: scaled values, or shares of yes
 */
export function rowLosses(
  model: Pick<ModelSpec, 'loss' | 'delta'>,
  outputs: Float32Array,
  targets: Float32Array,
  width?: number,
): Float64Array {
  if (model.loss === 'softmaxCrossEntropy') {
    const classes = outputs.length / targets.length;
    return Float64Array.from(targets, (target, row) => surprise(target < 0 ? 0 : outputs[row * classes + target]));
  }
  // Where nobody said so there is one output.
  const each = width ?? 1;
  const losses = new Float64Array(targets.length / each);
  for (let index = 0; index < targets.length; index++)
    losses[Math.floor(index / each)] += numberLoss(model, outputs[index], targets[index]) / each;
  return losses;
}

/** Not Math.max: a NaN must stay one, so that a network that has diverged is found out. */
const surprise = (probability: number): number => -logarithm(probability < smallestProbability ? smallestProbability : probability);

function numberLoss({ loss, delta = 1 }: Pick<ModelSpec, 'loss' | 'delta'>, output: number, target: number): number {
  if (loss === 'sigmoidCrossEntropy') return target * surprise(output) + (1 - target) * surprise(1 - output);
  const distance = Math.abs(output - target);
  if (loss === 'meanAbsoluteError') return distance;
  if (loss === 'huber') return distance > delta ? delta * (distance - delta / 2) : squared(distance) / 2;
  return squared(distance);
}

/** The mean of `rowLosses`, each counted by its row's weight where there are some. */
export function meanLoss(
  model: Pick<ModelSpec, 'loss' | 'delta'>,
  outputs: Float32Array,
  targets: Float32Array,
  weights?: Float32Array,
): number {
  const losses = rowLosses(model, outputs, targets, weights && targets.length / weights.length);
  if (!weights) return losses.reduce((sum, value) => sum + value, 0) / losses.length;
  return losses.reduce((sum, value, row) => sum + value * weights[row], 0) / weights.reduce((sum, weight) => sum + weight, 0);
}

/** Whether the first losses are smaller than the second, row by row, by more than one standard error of the mean difference. */
export function clearlySmaller(first: Float64Array, second: Float64Array): boolean {
  const rows = first.length;
  if (rows < 2) return false;
  const differences = second.map((loss, row) => loss - first[row]);
  const mean = differences.reduce((sum, value) => sum + value, 0) / rows;
  const variance = differences.reduce((sum, value) => sum + squared(value - mean), 0) / (rows - 1);
  return mean > Math.sqrt(variance / rows);
}

/** What is true of some rows, in the target's own terms. */
export type Truth =
  | {
      kind: 'classes';
      /** −1 is a class that training did not have: whatever is predicted for it is wrong. */
      actual: Int32Array;
      classes: string[];
    }
  | { kind: 'values'; actual: Float64Array; restore: (scaled: ArrayLike<number>) => Float64Array };

/** @param outputs [rows, classes] probabilities, or [rows, 1] scaled values */
export function metricsOf(truth: Truth, outputs: Float32Array): Metrics {
  if (truth.kind === 'values') return regressionMetrics({ actual: truth.actual, predicted: truth.restore(outputs) });
  const { actual, classes, probabilities } = withUnseenClass(truth, outputs);
  return classificationMetrics({ actual, probabilities, classes: classes.length });
}

/** Accuracy or r2: the one figure on the curve. */
export function scoreOf(truth: Truth, outputs: Float32Array): number {
  if (truth.kind === 'values') return regressionMetrics({ actual: truth.actual, predicted: truth.restore(outputs) }).r2;
  const predicted = mostProbable(outputs, truth.classes.length);
  let correct = 0;
  for (let row = 0; row < predicted.length; row++) if (predicted[row] === truth.actual[row]) correct++;
  return correct / predicted.length;
}

/** Classification's table of right and wrong answers; nothing for values. */
export function confusionOf(truth: Truth, outputs: Float32Array): Confusion | undefined {
  if (truth.kind === 'values') return undefined;
  const { actual, classes, probabilities } = withUnseenClass(truth, outputs);
  const { counts } = confusionCounts(actual, mostProbable(probabilities, classes.length), classes.length);
  return { classes, counts: classes.map((_, row) => Array.from(counts.subarray(row * classes.length, (row + 1) * classes.length))) };
}

/** One more class, of probability zero, where rows have a class that training did not have: they count as wrong. */
function withUnseenClass({ actual, classes }: Truth & { kind: 'classes' }, probabilities: Float32Array) {
  if (!actual.includes(-1)) return { actual, classes, probabilities };
  const count = classes.length;
  const widened = new Float32Array(actual.length * (count + 1));
  for (let row = 0; row < actual.length; row++) widened.set(probabilities.subarray(row * count, (row + 1) * count), row * (count + 1));
  return {
    actual: actual.map((label) => (label < 0 ? count : label)),
    classes: [...classes, '(not in the training rows)'],
    probabilities: widened,
  };
}
