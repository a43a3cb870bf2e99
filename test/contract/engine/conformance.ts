/** What every device promises, as tests over a way to open it. Node runs them on wasm and cpu, Chromium on wasm and webgpu. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.js';
import type { Engine, Network, NetworkOptions, OptimizerSpec } from '../../../src/compute/engine.js';
import { initialWeights } from '../../../src/compute/plan/initial-weights.js';
import { parametersOf, outputWidth } from '../../../src/compute/plan/parameters.js';
import { activations, type Activation, type LayerSpec, type Loss, type ModelSpec } from '../../../src/spec/model.js';
import * as reference from './reference.js';

export const adam: OptimizerSpec = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

export function perceptron(inputs: number, hidden: number[], units: number, activation: Activation = 'relu', loss: Loss = 'softmaxCrossEntropy', rate = 0): ModelSpec {
  const layers: LayerSpec[] = hidden.flatMap((width): LayerSpec[] => [
    { kind: 'dense', units: width, activation },
    ...(rate > 0 ? [{ kind: 'dropout' as const, rate }] : []),
  ]);
  return { inputs, layers: [...layers, { kind: 'dense', units, activation: 'linear' }], loss };
}

export interface Batch {
  inputs: Float32Array;
  targets: Float32Array;
  rows: number;
}

/** Seeded numbers of the model's shape; the test's own, so that no device can influence them. */
export function batchFor(model: ModelSpec, rows: number, seed = 1): Batch {
  const random = new Random(seed, 'batch');
  const width = outputWidth(model);
  const classes = model.loss === 'softmaxCrossEntropy';
  return {
    rows,
    inputs: Float32Array.from({ length: rows * model.inputs }, () => random.normal()),
    targets: Float32Array.from({ length: classes ? rows : rows * width }, () => (classes ? random.integer(width) : random.normal())),
  };
}

/** Weights with biases that are not zero, so that a forgotten bias shows. */
export function weightsFor(model: ModelSpec, seed = 1): Float32Array {
  const random = new Random(seed, 'biases');
  return initialWeights(model, seed).map((weight) => weight + 0.1 * random.normal());
}

export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  let largest = 0;
  for (let index = 0; index < actual.length; index++) {
    const difference = Math.abs(actual[index] - expected[index]);
    // NaN must not pass for a small difference.
    largest = difference <= largest ? largest : Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return largest;
}

export interface Extent {
  /** Widths of layers and sizes of batches that are tried. */
  widths: number[];
  activations: readonly Activation[];
  steps: number;
}

export const whole: Extent = { widths: [1, 3, 5, 7, 9, 17], activations, steps: 12 };

/** The suite. `extent` keeps it small where a device is slow. */
export function conformance(name: string, open: () => Promise<Engine>, extent: Extent = whole): void {
  describe(`${name} keeps the engine's contract`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await open();
    });

    const networks: Network[] = [];
    const network = async (model: ModelSpec, options: Partial<NetworkOptions> = {}): Promise<Network> => {
      const prepared = await engine.prepare(model, { batchSize: 32, seed: 7, ...options });
      networks.push(prepared);
      prepared.setWeights(weightsFor(model));
      return prepared;
    };
    afterEach(() => {
      for (const prepared of networks.splice(0)) prepared.dispose();
      expect(engine.counters()).toEqual({ tensors: 0, bytes: 0 });
    });

    /** The gradient of one step, read from the first moment that it leaves: with beta1 = 0 that is the gradient itself. */
    const gradientOf = async (model: ModelSpec, batch: Batch): Promise<Float32Array> => {
      const prepared = await network(model, { batchSize: batch.rows, optimizer: { ...adam, beta1: 0 } });
      prepared.step(batch.inputs, batch.targets, batch.rows, 0);
      return (await prepared.optimizerState()).subarray(0, prepared.parameters);
    };

    describe.each(extent.activations.map((activation) => ({ activation })))('$activation', ({ activation }) => {
      it.each(['softmaxCrossEntropy', 'meanSquaredError'] as const)('answers as the definition says, before %s', async (loss) => {
        const model = perceptron(5, [9], 3, activation, loss);
        const { inputs, rows } = batchFor(model, 7);
        const prepared = await network(model);
        const answers = await prepared.forward(inputs, rows);
        expect(largestDifference(answers, reference.answers(model, weightsFor(model), inputs, rows))).toBeLessThan(2e-6);
      });

      it.each(['softmaxCrossEntropy', 'meanSquaredError'] as const)('has the gradient of finite differences, through %s', async (loss) => {
        const model = perceptron(4, [6, 5], 3, activation, loss);
        const batch = batchFor(model, 5);
        const expected = reference.gradients(model, weightsFor(model), batch);
        expect(largestDifference(await gradientOf(model, batch), expected)).toBeLessThan(2e-6);
      });
    });

    it.each(extent.widths)('has no edge at width %d, forward and backward', async (width) => {
      const model = perceptron(width, [width + 1, width], width, 'tanh');
      const batch = batchFor(model, width);
      const weights = weightsFor(model);
      const prepared = await network(model);
      expect(largestDifference(await prepared.forward(batch.inputs, batch.rows), reference.answers(model, weights, batch.inputs, batch.rows))).toBeLessThan(2e-6);
      expect(largestDifference(await gradientOf(model, batch), reference.gradients(model, weights, batch))).toBeLessThan(3e-6);
    });
  });
}
