/** What a network's outputs are worth on rows with known targets: its loss, and the figures that people read. */
import { logarithm, squared } from '../base/elementary.js';
import type { Metrics } from '../spec/metrics.js';
import type { Loss } from '../spec/model.js';
import type { Confusion } from '../spec/run.js';
import { confusionCounts, mostProbable } from '../stats/confusion.js';
import { classificationMetrics, regressionMetrics } from '../stats/metrics.js';

/** Smallest probability that a loss takes the logarithm of: the spacing of 32-bit floats at 1. */
const smallestProbability = 2 ** -23;

/**
 * The loss of each row, in double precision, so that it is the same wherever the outputs come from.
 * @param outputs [rows, width]: probabilities or scaled values
 * @param targets [rows]: class indices (−1: a class that the network does not know), or scaled values
 */
export function rowLosses(loss: Loss, outputs: Float32Array, targets: Float32Array): Float64Array {
  const width = outputs.length / targets.length;
  return Float64Array.from(targets, (target, row) => {
    if (loss === 'meanSquaredError') return squared(outputs[row * width] - target);
    const probability = target < 0 ? 0 : outputs[row * width + target];
    // Not Math.max: a NaN must stay one, so that a network that has diverged is found out.
    return -logarithm(probability < smallestProbability ? smallestProbability : probability);
  });
}

/** The mean of `rowLosses`, each counted by its row's weight where there are some. */
export function meanLoss(loss: Loss, outputs: Float32Array, targets: Float32Array, weights?: Float32Array): number {
  const losses = rowLosses(loss, outputs, targets);
  if (!weights) return losses.reduce((sum, value) => sum + value, 0) / targets.length;
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
