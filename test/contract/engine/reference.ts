/**
 * A network in plain double-precision JavaScript, written from the definitions and sharing no code with any engine: what the engines are
 * compared with. Only `dropoutMask`, which is part of the contract (equal masks on every device), comes from the plan.
 */
import type { OptimizerSpec } from '../../../src/compute/engine.js';
import { dropoutKey, dropoutMask } from '../../../src/compute/plan/dropout.js';
import type { Activation, ModelSpec } from '../../../src/spec/model.js';

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

export const activate: Record<Activation, (x: number) => number> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  gelu: (x) => x * 0.5 * (1 + errorFunction(x / Math.SQRT2)),
};

interface Dropping {
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
  let values = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: model.inputs }, (_, column) => inputs[row * model.inputs + column]),
  );
  let offset = 0;
  model.layers.forEach((layer, index) => {
    const width = values[0].length;
    if (layer.kind === 'dropout') {
      if (!dropping || layer.rate === 0) return;
      const mask = dropoutMask(dropoutKey(dropping.seed, dropping.step, index), layer.rate, rows * width);
      values = values.map((row, y) => row.map((value, x) => value * mask[y * width + x]));
      return;
    }
    const [base, bias] = [offset, offset + width * layer.units];
    values = values.map((row) =>
      Array.from({ length: layer.units }, (_, unit) => {
        const sum = row.reduce((total, value, input) => total + value * weights[base + input * layer.units + unit], weights[bias + unit]);
        return activate[layer.activation](sum);
      }),
    );
    offset = bias + layer.units;
  });
  return values;
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
  return (model.loss === 'softmaxCrossEntropy' ? values.map(softmax) : values).flat();
}

/** The mean loss of a batch. */
export function loss(
  model: ModelSpec,
  weights: ArrayLike<number>,
  batch: { inputs: ArrayLike<number>; targets: ArrayLike<number>; rows: number },
  dropping?: Dropping,
): number {
  const values = outputs(model, weights, batch.inputs, batch.rows, dropping);
  if (model.loss === 'softmaxCrossEntropy') {
    return values.reduce((sum, logits, row) => sum - Math.log(softmax(logits)[batch.targets[row]]), 0) / batch.rows;
  }
  const all = values.flat();
  return all.reduce((sum, value, index) => sum + (value - batch.targets[index]) ** 2, 0) / all.length;
}

/** Central finite differences of the loss: [parameters]. */
export function gradients(...[model, weights, batch, dropping]: Parameters<typeof loss>): number[] {
  const moved = Float64Array.from(weights);
  const width = 1e-5;
  return Array.from(moved, (weight, index) => {
    moved[index] = weight + width;
    const above = loss(model, moved, batch, dropping);
    moved[index] = weight - width;
    const below = loss(model, moved, batch, dropping);
    moved[index] = weight;
    return (above - below) / (2 * width);
  });
}

/** Adam with decoupled decay as PyTorch's AdamW documents it, in double precision: one update in place. */
export function adam(
  state: { weights: number[]; means: number[]; variances: number[] },
  slopes: ArrayLike<number>,
  { step, learningRate, decayed, optimizer }: { step: number; learningRate: number; decayed: boolean[]; optimizer: OptimizerSpec },
): void {
  const { beta1, beta2, epsilon, weightDecay } = optimizer;
  for (let index = 0; index < state.weights.length; index++) {
    if (decayed[index]) state.weights[index] -= learningRate * weightDecay * state.weights[index];
    state.means[index] = beta1 * state.means[index] + (1 - beta1) * slopes[index];
    state.variances[index] = beta2 * state.variances[index] + (1 - beta2) * slopes[index] ** 2;
    const mean = state.means[index] / (1 - beta1 ** step);
    const variance = state.variances[index] / (1 - beta2 ** step);
    state.weights[index] -= (learningRate * mean) / (Math.sqrt(variance) + epsilon);
  }
}
