/**
 * A network in plain double-precision JavaScript, written from the definitions and sharing no code with any engine: what the engines are
 * compared with. Only `dropoutMask`, which is part of the contract (equal masks on every device), comes from the plan.
 */
import type { OptimizerSpec } from '../../../src/compute/engine.js';
import { dropoutKey, dropoutMask } from '../../../src/compute/plan/dropout.js';
import type { Activation } from '../../../src/spec/layer.js';
import type { ModelSpec } from '../../../src/spec/model.js';
import { applyLayer } from './reference-layers.js';

/** Abramowitz and Stegun's error function is not precise enough to judge by: the Taylor series, and beyond 5 one. */
function errorFunction(x: number): number {
  if (Math.abs(x) > 5) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export const activate: Record<Activation, (x: number) => number> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  tanh: Math.tanh,
  sigmoid,
  gelu: (x) => x * 0.5 * (1 + errorFunction(x / Math.SQRT2)),
  silu: (x) => x * sigmoid(x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  leakyRelu: (x) => (x > 0 ? x : 0.01 * x),
};

export interface Dropping {
  seed: number;
  step: number;
}

/** Logits or values, row by row. With `dropping`, as in that step of training. */
export function outputs(
  model: ModelSpec,
  weights: ArrayLike<number>,
  inputs: ArrayLike<number>,
  rows: number,
  dropping?: Dropping,
): number[][] {
  const given: Given = {
    values: Array.from({ length: rows }, (_, row) =>
      Array.from({ length: model.inputs }, (_, column) => inputs[row * model.inputs + column]),
    ),
    shape: model.shape ?? [model.inputs],
  };
  const known = new Map<string, Given>([['input', given]]);
  let before = given;
  let offset = 0;
  model.layers.forEach((layer, index) => {
    const read = [layer.from ?? []].flat().map((name) => known.get(name) as Given);
    const [first = before, ...others] = read;
    const dropped =
      layer.kind === 'dropout' && dropping && layer.rate > 0
        ? dropoutMask(dropoutKey(dropping.seed, dropping.step, index), layer.rate, rows * first.values[0].length)
        : undefined;
    const mask = 'mask' in layer && layer.mask !== undefined ? known.get(layer.mask)?.values : undefined;
    const next = applyLayer(layer, { ...first, others, weights, offset, dropped, mask, training: dropping !== undefined });
    before = next;
    offset = next.offset;
    if (layer.name !== undefined) known.set(layer.name, next);
  });
  return before.values;
}

interface Given {
  values: number[][];
  shape: readonly number[];
}

export function softmax(logits: number[]): number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/** What `forward` answers. */
export function answers(model: ModelSpec, weights: ArrayLike<number>, inputs: ArrayLike<number>, rows: number): number[] {
  const values = outputs(model, weights, inputs, rows);
  if (model.loss === 'sigmoidCrossEntropy') return values.flat().map(sigmoid);
  return (model.loss === 'softmaxCrossEntropy' ? values.map(softmax) : values).flat();
}

/** The mean loss of a batch. */
export function loss(
  model: ModelSpec,
  weights: ArrayLike<number>,
  batch: { inputs: ArrayLike<number>; targets: ArrayLike<number>; rows: number },
  dropping?: Dropping,
  smoothing = 0,
): number {
  const values = outputs(model, weights, batch.inputs, batch.rows, dropping);
  if (model.loss === 'softmaxCrossEntropy') {
    const surprise = (logits: number[], target: number): number =>
      softmax(logits).reduce((sum, share, index) => {
        const expected = (index === target ? 1 - smoothing : 0) + smoothing / logits.length;
        return expected === 0 ? sum : sum - expected * Math.log(share);
      }, 0);
    return values.reduce((sum, logits, row) => sum + surprise(logits, batch.targets[row]), 0) / batch.rows;
  }
  const all = values.flat();
  if (model.loss === 'sigmoidCrossEntropy') {
    const each = (z: number, target: number): number => Math.max(z, 0) - z * target + Math.log1p(Math.exp(-Math.abs(z)));
    return all.reduce((sum, z, index) => sum + each(z, batch.targets[index] * (1 - smoothing) + smoothing / 2), 0) / all.length;
  }
  const { delta = 1 } = model;
  const cost = {
    meanSquaredError: (d: number) => d ** 2,
    meanAbsoluteError: (d: number) => d,
    huber: (d: number) => (d <= delta ? d ** 2 / 2 : delta * (d - delta / 2)),
  }[model.loss];
  return all.reduce((sum, value, index) => sum + cost(Math.abs(value - batch.targets[index])), 0) / all.length;
}

/** Central finite differences of the loss by some parameters. */
export function slopesAt(indices: number[], ...[model, weights, batch, dropping, smoothing]: Parameters<typeof loss>): number[] {
  const moved = Float64Array.from(weights);
  const width = 1e-5;
  return indices.map((index) => {
    const weight = moved[index];
    moved[index] = weight + width;
    const above = loss(model, moved, batch, dropping, smoothing);
    moved[index] = weight - width;
    const below = loss(model, moved, batch, dropping, smoothing);
    moved[index] = weight;
    return (above - below) / (2 * width);
  });
}

/** By all of them: [parameters]. */
export const gradients = (...given: Parameters<typeof loss>): number[] =>
  slopesAt(
    Array.from(given[1], (_, index) => index),
    ...given,
  );

export interface LearningState {
  weights: number[];
  /** As many as the optimizer keeps, [parameters] each. */
  slots: number[][];
}

/** One update in place, in double precision, as PyTorch documents AdamW, SGD and RMSprop; l2 is PyTorch's `weight_decay` of the coupled kind. */
export function update(
  state: LearningState,
  slopes: ArrayLike<number>,
  { step, learningRate, decayed, optimizer }: { step: number; learningRate: number; decayed: boolean[]; optimizer: OptimizerSpec },
): void {
  const { weights, slots } = state;
  const { value = Number.POSITIVE_INFINITY, norm = Number.POSITIVE_INFINITY } = optimizer.clip ?? {};
  const held = Array.from(slopes, (slope) => Math.max(-value, Math.min(value, slope)));
  const shrink = Math.min(1, norm / (Math.hypot(...held) + 1e-6));
  for (let index = 0; index < weights.length; index++) {
    const slope = held[index] * shrink + (decayed[index] ? (optimizer.l2 ?? 0) * weights[index] : 0);
    if (decayed[index]) weights[index] -= learningRate * optimizer.weightDecay * weights[index];
    switch (optimizer.kind) {
      case 'adam': {
        const { beta1, beta2, epsilon } = optimizer;
        slots[0][index] = beta1 * slots[0][index] + (1 - beta1) * slope;
        slots[1][index] = beta2 * slots[1][index] + (1 - beta2) * slope ** 2;
        const mean = slots[0][index] / (1 - beta1 ** step);
        const variance = slots[1][index] / (1 - beta2 ** step);
        weights[index] -= (learningRate * mean) / (Math.sqrt(variance) + epsilon);
        break;
      }
      case 'sgd': {
        const { momentum, nesterov } = optimizer;
        slots[0][index] = momentum * slots[0][index] + slope;
        weights[index] -= learningRate * (nesterov ? slope + momentum * slots[0][index] : slots[0][index]);
        break;
      }
      case 'rmsprop':
        slots[0][index] = optimizer.decay * slots[0][index] + (1 - optimizer.decay) * slope ** 2;
        weights[index] -= (learningRate * slope) / (Math.sqrt(slots[0][index]) + optimizer.epsilon);
        break;
    }
  }
}
