/** The part of the suite that goes through everything on offer, case by case, against the definitions. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Network, NetworkOptions, OptimizerSpec } from '../../../src/compute/engine.js';
import { parametersOf } from '../../../src/compute/plan/parameters.js';
import { activations, type LayerSpec } from '../../../src/spec/layer.js';
import { ModelSpec } from '../../../src/spec/model.js';
import layers from '../../golden/engine/pytorch-layers.json' with { type: 'json' };
import golden from '../../golden/engine/pytorch-training.json' with { type: 'json' };
import { layerCases, lossCases, optimizerCases } from './cases.js';
import { type Batch, batchFor, type Extent, largestDifference, perceptron, weightsFor } from './conformance.js';
import { type Measurement, record, writeRecord } from './record.js';
import * as reference from './reference.js';
import { sequenceCases } from './sequence-cases.js';

/** Absolute, of figures around 1: single precision over some hundred terms and several layers. */
export const tolerances = { forward: 5e-6, gradient: 2e-5, curve: 2e-5 } as const;

const rows = 4;
/** Parameters whose gradient is compared, evenly among all: each costs two passes in plain JavaScript. */
const mostSlopes = 100;

export function layerConformance(
  device: string,
  network: (model: ModelSpec, options?: Partial<NetworkOptions>) => Promise<Network>,
  gradientOf: (model: ModelSpec, batch: Batch, options?: Partial<NetworkOptions>) => Promise<Float32Array>,
  { everyVariant = false, steps }: Extent,
): void {
  afterAll(() => writeRecord(device));

  const check = (group: string, item: string, kind: Measurement['kind'], actual: ArrayLike<number>, expected: ArrayLike<number>): void => {
    const difference = largestDifference(actual, expected);
    record({ device, group, item, kind, difference, tolerance: tolerances[kind] });
    expect(difference, `${item}, ${kind}`).toBeLessThan(tolerances[kind]);
  };

  const checkPasses = async (group: string, item: string, model: ModelSpec, labelSmoothing = 0): Promise<void> => {
    const batch = batchFor(model, rows);
    const weights = weightsFor(model);
    const prepared = await network(model);
    check(group, item, 'forward', await prepared.forward(batch.inputs, rows), reference.answers(model, weights, batch.inputs, rows));
    const learned = parametersOf(model).flatMap(({ size, learned: learns }) => new Array<boolean>(size).fill(learns));
    const step = Math.max(1, Math.floor(weights.length / mostSlopes));
    const indices = Array.from(weights.keys()).filter((index) => index % step === 0);
    const slopes = reference.slopesAt(indices, model, weights, batch, { seed: 7, step: 0 }, labelSmoothing);
    const gradient = await gradientOf(model, batch, { labelSmoothing });
    const expected = slopes.map((slope, place) => (learned[indices[place]] ? slope : 0));
    check(
      group,
      item,
      'gradient',
      indices.map((index) => gradient[index]),
      expected,
    );
  };

  /** All, or the first of each item. */
  const some = <Case extends { item: string }>(cases: Case[]): Case[] =>
    cases.filter(({ item }, index) => everyVariant || cases.findIndex((other) => other.item === item) === index);
  const chosen = some([...layerCases, ...sequenceCases]);
  describe('each layer, forward and backward', () => {
    it.each(chosen)('$item: $variant', ({ item, model }) => checkPasses('layer', item, model));
  });

  describe('each activation and loss, forward and backward', () => {
    it.each(activations)('%s', (activation) => checkPasses('activation', activation, perceptron(4, [5], 3, activation)));
    it.each(some(lossCases))('$item: $variant', ({ item, delta, smoothing }) =>
      checkPasses('loss', item, { ...perceptron(4, [5], 3, 'tanh', item), ...(delta ? { delta } : {}) }, smoothing),
    );
  });

  it.each(some(optimizerCases))('$item learns as its definition says: $variant', async ({ item, optimizer }) => {
    const model = perceptron(3, [4], 2, 'tanh');
    const batch = batchFor(model, 6);
    const prepared = await network(model, { optimizer });
    const weights = Array.from(weightsFor(model));
    const state = { weights, slots: [weights.map(() => 0), weights.map(() => 0)] };
    const decayed = parametersOf(model).flatMap(({ size, role }) => new Array<boolean>(size).fill(role === 'weights'));
    const losses: number[] = [];
    for (let step = 0; step < steps; step++) {
      losses.push(reference.loss(model, state.weights, batch));
      const slopes = reference.gradients(model, state.weights, batch);
      reference.update(state, slopes, { step: step + 1, learningRate: 0.03, decayed, optimizer });
      prepared.step(batch.inputs, batch.targets, batch.rows, 0.03);
    }
    check('optimizer', item, 'curve', [...(await prepared.losses()), ...(await prepared.weights())], [...losses, ...state.weights]);
  });

  it.each(layers.cases)('computes as PyTorch does: $name', async ({ model: spec, rows: count, ...given }) => {
    const model = ModelSpec.parse(spec);
    const [inputs, targets, weights] = [given.inputs, given.targets, given.weights].map((values) => Float32Array.from(values));
    const prepared = await network(model, { optimizer: { kind: 'adam', beta1: 0, beta2: 0.9, epsilon: 1, weightDecay: 0 } });
    prepared.setWeights(weights);
    expect(largestDifference(await prepared.forward(inputs, count), given.answers)).toBeLessThan(tolerances.forward);
    prepared.step(inputs, targets, count, 0);
    expect(largestDifference(await prepared.losses(), [given.loss])).toBeLessThan(tolerances.forward);
    const gradient = (await prepared.optimizerState()).subarray(0, prepared.parameters);
    expect(largestDifference(gradient, given.gradient)).toBeLessThan(tolerances.gradient);
  });

  it.each(golden.curves)('learns as PyTorch does: $name', async ({ optimizer, smoothing, losses, weights }) => {
    const model = perceptron(4, [6], 3, 'tanh');
    const prepared = await network(model, { optimizer: optimizer as OptimizerSpec, labelSmoothing: smoothing });
    prepared.setWeights(Float32Array.from(golden.start));
    const count = Math.min(losses.length, 2 * steps + 1);
    const [inputs, targets] = [Float32Array.from(golden.inputs), Float32Array.from(golden.targets)];
    for (let step = 0; step < count; step++) prepared.step(inputs, targets, targets.length, 0.02);
    expect(largestDifference(await prepared.losses(), losses.slice(0, count))).toBeLessThan(tolerances.curve);
    if (count === losses.length) expect(largestDifference(await prepared.weights(), weights)).toBeLessThan(5e-5);
  });

  it('reports the smoothed loss of a step', async () => {
    const model = perceptron(3, [4], 3, 'tanh');
    const batch = batchFor(model, 6);
    const prepared = await network(model, { optimizer: optimizerCases[0].optimizer, labelSmoothing: 0.3 });
    prepared.step(batch.inputs, batch.targets, batch.rows, 0);
    const expected = reference.loss(model, weightsFor(model), batch, undefined, 0.3);
    expect(largestDifference(await prepared.losses(), [expected])).toBeLessThan(tolerances.forward);
  });

  it('moves the running moments of a batch normalisation, and answers by them', async () => {
    const model = layerCases.find(({ item, variant }) => item === 'batchNormalization' && variant.startsWith('first'))?.model as ModelSpec;
    const batch = batchFor(model, rows);
    const prepared = await network(model, { optimizer: { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 } });
    const before = weightsFor(model);
    prepared.step(batch.inputs, batch.targets, rows, 0);
    const expected = Array.from(before);
    for (let channel = 0; channel < 5; channel++) {
      const values = Array.from(batch.inputs).filter((_, index) => index % 5 === channel);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      expected[10 + channel] = 0.5 * before[10 + channel] + 0.5 * mean;
      expected[15 + channel] = 0.5 * before[15 + channel] + 0.5 * variance;
    }
    expect(largestDifference(await prepared.weights(), expected)).toBeLessThan(tolerances.forward);
    const answers = reference.answers(model, expected, batch.inputs, rows);
    expect(largestDifference(await prepared.forward(batch.inputs, rows), answers)).toBeLessThan(tolerances.forward);
  });

  const maxima: LayerSpec[][] = [[{ kind: 'maxPool2d', size: [2, 2] }, { kind: 'flatten' }], [{ kind: 'globalMaxPool' }]];
  it.each(maxima)('gives the gradient of equal maxima to the first: $kind', async (...layers) => {
    const model: ModelSpec = {
      inputs: 16,
      shape: [4, 4, 1],
      layers: [{ kind: 'layerNormalization' }, ...layers, { kind: 'dense', units: 2, activation: 'linear' }],
      loss: 'softmaxCrossEntropy',
    };
    // A layer normalisation over one channel gives its shift everywhere: all cells are equal, and the shift's gradient is that of one cell a window.
    const batch = batchFor(model, rows);
    const weights = weightsFor(model);
    const prepared = await network(model, {
      batchSize: rows,
      optimizer: { kind: 'adam', beta1: 0, beta2: 0.9, epsilon: 1, weightDecay: 0 },
    });
    prepared.step(batch.inputs, batch.targets, rows, 0);
    const gradient = (await prepared.optimizerState()).subarray(0, prepared.parameters);
    const moved = Float64Array.from(weights);
    const width = 1e-5;
    const lossAt = (shift: number): number => {
      moved[1] = shift;
      return reference.loss(model, moved, batch);
    };
    const slope = (lossAt(weights[1] + width) - lossAt(weights[1] - width)) / (2 * width);
    expect(Math.abs(gradient[1] - slope)).toBeLessThan(tolerances.gradient);
  });
}
