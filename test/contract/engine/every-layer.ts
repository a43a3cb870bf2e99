/** Networks with every kind of layer, and the agreement of a device with wasm on them: quick enough for the slowest device. */
import { expect, it } from 'vitest';
import type { Engine, OptimizerSpec } from '../../../src/compute/engine.js';
import { openWasmEngine } from '../../../src/compute/wasm/engine.js';
import type { ModelSpec } from '../../../src/spec/model.js';
import { batchFor, largestDifference, weightsFor } from './conformance.js';

export const pictures: ModelSpec = {
  inputs: 11 * 10 * 2,
  shape: [11, 10, 2],
  layers: [
    { kind: 'conv2d', filters: 3, kernel: [3, 2], strides: [1, 2], padding: 'same', activation: 'relu' },
    { kind: 'conv2d', filters: 3, kernel: [3, 2], dilation: [1, 2], padding: [1, 0, 0, 2], activation: 'silu' },
    { kind: 'depthwiseConv2d', multiplier: 2, kernel: [2, 3], strides: [1, 2], padding: 'same', activation: 'elu' },
    { kind: 'depthwiseConv2d', kernel: [2, 2], dilation: [2, 1], padding: 'same', activation: 'leakyRelu' },
    { kind: 'batchNormalization' },
    { kind: 'activation', activation: 'relu' },
    { kind: 'maxPool2d', size: [2, 1], strides: [1, 1], padding: 'same' },
    // Overlapping windows hand the same maximum on several times: equal ones, and not zero.
    { kind: 'maxPool2d', size: [2, 2], strides: [1, 1] },
    { kind: 'layerNormalization' },
    { kind: 'averagePool2d', size: [3, 3], strides: [2, 2], padding: 'same' },
    { kind: 'dropout', rate: 0.2 },
    { kind: 'globalAveragePool' },
    { kind: 'dense', units: 4, activation: 'gelu' },
    { kind: 'dense', units: 3, activation: 'linear' },
  ],
  loss: 'softmaxCrossEntropy',
};

export const words: ModelSpec = {
  inputs: 5,
  layers: [
    { kind: 'embedding', vocabulary: 7, dimension: 3 },
    { kind: 'flatten' },
    { kind: 'dense', units: 4, activation: 'tanh' },
    { kind: 'dense', units: 2, activation: 'linear' },
  ],
  loss: 'sigmoidCrossEntropy',
};

/** Series over time: convolutions with a residual connection, then gated recurrent units. */
export const series: ModelSpec = {
  inputs: 9 * 2,
  shape: [9, 2],
  layers: [
    { kind: 'mask', name: 'counts' },
    { kind: 'conv1d', from: 'input', filters: 5, kernel: 3, padding: 'causal', activation: 'relu', name: 'start' },
    { kind: 'conv1d', filters: 5, kernel: 3, dilation: 2, padding: 'causal', activation: 'gelu', name: 'branch' },
    { kind: 'add', from: ['start', 'branch'] },
    { kind: 'gru', units: 6, sequences: true, mask: 'counts', name: 'states' },
    { kind: 'maxPool1d', size: 2 },
    { kind: 'gru', units: 3, name: 'last' },
    { kind: 'globalMaxPool', from: 'states', mask: 'counts', name: 'most' },
    { kind: 'averagePool1d', from: 'states', size: 4 },
    { kind: 'flatten', name: 'averages' },
    { kind: 'concatenate', from: ['last', 'most', 'averages'] },
    { kind: 'dense', units: 2, activation: 'linear' },
  ],
  loss: 'huber',
};

/** A small encoder of words (2002.04745: normalisation first). */
export const encoder: ModelSpec = {
  inputs: 7,
  layers: [
    { kind: 'mask', name: 'counts' },
    { kind: 'embedding', from: 'input', vocabulary: 9, dimension: 6 },
    { kind: 'positionalEmbedding', name: 'words' },
    { kind: 'layerNormalization' },
    { kind: 'multiHeadAttention', heads: 2, mask: 'counts', name: 'attention' },
    { kind: 'add', from: ['words', 'attention'], name: 'middle' },
    { kind: 'layerNormalization' },
    { kind: 'dense', units: 8, activation: 'gelu' },
    { kind: 'dropout', rate: 0.1 },
    { kind: 'dense', units: 6, activation: 'linear', name: 'forward' },
    { kind: 'add', from: ['middle', 'forward'] },
    { kind: 'globalAveragePool', mask: 'counts' },
    { kind: 'dense', units: 3, activation: 'linear' },
  ],
  loss: 'softmaxCrossEntropy',
};

/** Categorical columns beside numbers, and a residual block: several labels. */
export const mixed: ModelSpec = {
  inputs: 5,
  layers: [
    { kind: 'slice', first: 1, count: 1 },
    { kind: 'embedding', vocabulary: 6, dimension: 3 },
    { kind: 'flatten', name: 'category' },
    { kind: 'slice', from: 'input', first: 2, count: 3, name: 'numbers' },
    { kind: 'concatenate', from: ['category', 'numbers'] },
    { kind: 'dense', units: 5, activation: 'relu', name: 'start' },
    { kind: 'batchNormalization' },
    { kind: 'dense', units: 5, activation: 'silu', name: 'branch' },
    { kind: 'add', from: ['start', 'branch'] },
    { kind: 'dense', units: 3, activation: 'linear' },
  ],
  loss: 'sigmoidCrossEntropy',
};

const decay = { weightDecay: 0.01, l2: 0.02 };
const trainings: { name: string; model: ModelSpec; optimizer: OptimizerSpec }[] = [
  { name: 'pictures by adam', model: pictures, optimizer: { kind: 'adam', beta1: 0, beta2: 0.999, epsilon: 1e-3, ...decay } },
  { name: 'pictures by rmsprop', model: pictures, optimizer: { kind: 'rmsprop', decay: 0.9, epsilon: 1e-3, ...decay } },
  {
    name: 'series by adam, clipped',
    model: series,
    optimizer: { kind: 'adam', beta1: 0, beta2: 0.999, epsilon: 1e-3, ...decay, clip: { norm: 1 } },
  },
  { name: 'an encoder by sgd', model: encoder, optimizer: { kind: 'sgd', momentum: 0.9, nesterov: false, ...decay } },
  {
    name: 'a mixed table by rmsprop',
    model: mixed,
    optimizer: { kind: 'rmsprop', decay: 0.9, epsilon: 1e-3, ...decay, clip: { value: 0.02 } },
  },
  { name: 'words by sgd', model: words, optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true, ...decay } },
];

/** Single precision over a dozen layers, of which two normalise. */
const tolerance = 2e-5;

/** Slots, losses, weights with their running moments, and answers, after a few steps on a batch of odd size. */
async function trained(engine: Engine, model: ModelSpec, optimizer: OptimizerSpec, microBatch?: number): Promise<Float32Array[]> {
  const rows = 5;
  const { inputs, targets } = batchFor(model, rows, 3);
  const network = await engine.prepare(model, { batchSize: rows + 1, microBatch, seed: 4, optimizer });
  network.setWeights(weightsFor(model));
  for (let step = 0; step < 3; step++) network.step(inputs, targets, rows, 0.01);
  const results = [await network.optimizerState(), await network.losses(), await network.weights(), await network.forward(inputs, rows)];
  network.dispose();
  return results;
}

const divided = [
  { name: 'words', model: words, most: tolerance },
  { name: 'an encoder with dropout', model: encoder, most: tolerance },
  { name: 'normalised batches, which stay whole', model: mixed, most: 0 },
];

/** @param cases how many of the networks: the slowest device has one */
export function computesInParts(open: () => Promise<Engine>, cases = divided.length): void {
  it.each(divided.slice(0, cases))('computes $name in parts of two rows as all at once', async ({ model, most }) => {
    const engine = await open();
    const optimizer: OptimizerSpec = { kind: 'sgd', momentum: 0.9, nesterov: false, ...decay, clip: { norm: 0.5 } };
    const whole = await trained(engine, model, optimizer);
    for (const [part, values] of (await trained(engine, model, optimizer, 2)).entries()) {
      expect(largestDifference(values, whole[part])).toBeLessThanOrEqual(most);
    }
    expect(engine.counters()).toEqual({ tensors: 0, bytes: 0 });
    engine.dispose();
  });
}

export function agreesWithWasm(open: () => Promise<Engine>): void {
  it.each(trainings)('agrees with wasm on $name', async ({ model, optimizer }) => {
    const engine = await open();
    const wasm = await openWasmEngine();
    const [results, expected] = [await trained(engine, model, optimizer), await trained(wasm, model, optimizer)];
    for (const [part, values] of results.entries()) expect(largestDifference(values, expected[part])).toBeLessThan(tolerance);
    expect(engine.counters()).toEqual({ tensors: 0, bytes: 0 });
    engine.dispose();
    wasm.dispose();
  });
}

/** Weights and the optimizer's state are all that there is: a network set up anew goes on with the same bits. */
export function goesOn(open: () => Promise<Engine>): void {
  it.each(trainings)('goes on to the last bit from weights and state, after every step: $name', async ({ model, optimizer }) => {
    const engine = await open();
    const rows = 5;
    const options = { batchSize: rows, seed: 4, optimizer };
    const whole = await engine.prepare(model, options);
    whole.setWeights(weightsFor(model));
    let [weights, state]: [Float32Array, Float32Array | undefined] = [weightsFor(model), undefined];
    for (let step = 0; step < 4; step++) {
      const { inputs, targets } = batchFor(model, rows - (step % 2), step);
      whole.step(inputs, targets, rows - (step % 2), 0.01);
      const anew = await engine.prepare(model, options);
      anew.setWeights(weights);
      if (state) anew.setOptimizerState(state);
      anew.step(inputs, targets, rows - (step % 2), 0.01);
      expect(await anew.losses()).toEqual(await whole.losses());
      [weights, state] = [await anew.weights(), await anew.optimizerState()];
      anew.dispose();
    }
    expect(weights).toEqual(await whole.weights());
    expect(state).toEqual(await whole.optimizerState());
    engine.dispose();
  });
}
