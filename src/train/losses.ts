/** What a network's outputs cost on rows with known targets. */
import { logarithm, squared } from '../base/elementary.js';
import { scoresOfRows } from '../infer/reconstruction.js';
import type { ModelSpec } from '../spec/model.js';
import type { Examples } from './batches.js';

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
  width: number,
): Float64Array {
  if (model.loss === 'softmaxCrossEntropy') {
    const classes = outputs.length / targets.length;
    return Float64Array.from(targets, (target, row) => surprise(target < 0 ? 0 : outputs[row * classes + target]));
  }
  const losses = new Float64Array(targets.length / width);
  for (let index = 0; index < targets.length; index++)
    losses[Math.floor(index / width)] += numberLoss(model, outputs[index], targets[index]) / width;
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

/** The loss of each row of a part. @param outputs of which the part's reduction, where it has one, has left each row's own */
export function examplesLosses(
  model: Pick<ModelSpec, 'loss' | 'delta'>,
  outputs: Float32Array,
  { rows, targets, reduction }: Pick<Examples, 'rows' | 'targets' | 'reduction'>,
): Float64Array {
  if (reduction) return Float64Array.from(scoresOfRows(outputs, reduction.width));
  return rowLosses(model, outputs, targets, targets.length / rows);
}

/** The mean of `examplesLosses`, each counted by its row's weight where there are some. */
export function meanLoss(
  model: Pick<ModelSpec, 'loss' | 'delta'>,
  outputs: Float32Array,
  examples: Pick<Examples, 'rows' | 'targets' | 'reduction' | 'weights'>,
): number {
  const losses = examplesLosses(model, outputs, examples);
  const { weights } = examples;
  if (!weights) return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  return losses.reduce((sum, loss, row) => sum + loss * weights[row], 0) / weights.reduce((sum, weight) => sum + weight, 0);
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
