/** What every device promises, as tests over a way to open it. Node runs them on wasm and cpu, Chromium on wasm and webgpu. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.js';
import type { Engine, Network, NetworkOptions, OptimizerSpec } from '../../../src/compute/engine.js';
import { indexColumnsOf } from '../../../src/compute/plan/graph.js';
import { initialWeights } from '../../../src/compute/plan/initial-weights.js';
import { outputWidth, parametersOf } from '../../../src/compute/plan/parameters.js';
import { type Activation, activations, type LayerSpec } from '../../../src/spec/layer.js';
import type { Loss, ModelSpec } from '../../../src/spec/model.js';
import golden from '../../golden/engine/sklearn-mlp.json' with { type: 'json' };
import { layerConformance } from './conformance-layers.js';
import * as reference from './reference.js';

export const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 } as const satisfies OptimizerSpec;

export function perceptron(
  inputs: number,
  hidden: number[],
  units: number,
  activation: Activation = 'relu',
  loss: Loss = 'softmaxCrossEntropy',
  rate = 0,
): ModelSpec {
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
  const inputs = Float32Array.from({ length: rows * model.inputs }, () => random.normal());
  const indices = indexColumnsOf(model);
  for (let row = 0; row < rows; row++) {
    for (const { column, vocabulary } of indices) inputs[row * model.inputs + column] = random.integer(vocabulary);
  }
  if (model.layers.some(({ kind }) => kind === 'mask')) padEnds(model, inputs);
  const target = {
    softmaxCrossEntropy: () => random.integer(width),
    meanSquaredError: () => random.normal(),
    meanAbsoluteError: () => random.normal(),
    huber: () => random.normal(),
    sigmoidCrossEntropy: () => random.integer(2),
  };
  const count = model.loss === 'softmaxCrossEntropy' ? rows : rows * width;
  return { rows, inputs, targets: Float32Array.from({ length: count }, target[model.loss]) };
}

/** Sequences of different lengths: nothing of the first row, of the second all, of the others a part in the middle and at the end. */
function padEnds({ inputs: width, shape = [width] }: ModelSpec, inputs: Float32Array): void {
  const [places, channels = 1] = shape;
  for (let row = 0; row * width < inputs.length; row++) {
    const isPadding = (place: number): boolean => row === 0 || (row > 1 && (place === 1 || place >= places - row + 1));
    for (let place = 0; place < places; place++) {
      if (isPadding(place)) inputs.fill(0, row * width + place * channels, row * width + (place + 1) * channels);
    }
  }
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
  /** Of training, where a curve is compared. */
  steps: number;
  /** Whether every variant of every layer is tried, or one of each. */
  everyVariant?: boolean;
}

export const whole: Extent = { widths: [1, 3, 5, 7, 9, 17], activations, steps: 12, everyVariant: true };

/** The suite. `extent` keeps it small where a device is slow. */
export function conformance(name: string, open: () => Promise<Engine>, extent: Extent = whole): void {
  describe(`${name} keeps the engine's contract`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await open();
    });

    afterAll(() => engine.dispose());

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
    const gradientOf = async (model: ModelSpec, batch: Batch, options: Partial<NetworkOptions> = {}): Promise<Float32Array> => {
      const prepared = await network(model, { batchSize: batch.rows, optimizer: { ...adam, beta1: 0 }, ...options });
      prepared.step(batch.inputs, batch.targets, batch.rows, 0);
      return (await prepared.optimizerState()).subarray(0, prepared.parameters);
    };

    layerConformance(name, network, gradientOf, extent);

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
      const model = perceptron(width, [width + 1], width, 'tanh');
      const batch = batchFor(model, 3);
      const weights = weightsFor(model);
      const prepared = await network(model);
      const answers = await prepared.forward(batch.inputs, batch.rows);
      expect(largestDifference(answers, reference.answers(model, weights, batch.inputs, batch.rows))).toBeLessThan(2e-6);
      expect(largestDifference(await gradientOf(model, batch), reference.gradients(model, weights, batch))).toBeLessThan(3e-6);
    });

    it.each(extent.widths)('takes a batch of %d rows where there is room for more', async (rows) => {
      const model = perceptron(3, [5], 2, 'relu', 'meanSquaredError');
      const prepared = await network(model, { optimizer: { ...adam, beta1: 0 } });
      const full = batchFor(model, 32, 2);
      const short = batchFor(model, rows, 3);
      prepared.step(full.inputs, full.targets, 32, 0);
      prepared.step(short.inputs, short.targets, rows, 0);
      const weights = weightsFor(model);
      const losses = [reference.loss(model, weights, full), reference.loss(model, weights, short)];
      expect(largestDifference(await prepared.losses(), losses)).toBeLessThan(2e-6);
      const slopes = (await prepared.optimizerState()).subarray(0, prepared.parameters);
      expect(largestDifference(slopes, reference.gradients(model, weights, short))).toBeLessThan(3e-6);
      const answers = await prepared.forward(short.inputs, rows);
      expect(largestDifference(answers, reference.answers(model, weights, short.inputs, rows))).toBeLessThan(2e-6);
    });

    it('begins with dropout, and drops nothing when it answers', async () => {
      const model: ModelSpec = { ...perceptron(6, [7], 3), layers: [{ kind: 'dropout', rate: 0.5 }, ...perceptron(6, [7], 3).layers] };
      const { inputs, rows } = batchFor(model, 5);
      const prepared = await network(model, { optimizer: adam });
      const expected = reference.answers(model, weightsFor(model), inputs, rows);
      expect(largestDifference(await prepared.forward(inputs, rows), expected)).toBeLessThan(2e-6);
    });

    it('drops what the counter of seed, step and layer says, forward and backward', async () => {
      const model = perceptron(4, [9, 6], 3, 'tanh', 'softmaxCrossEntropy', 0.4);
      const batch = batchFor(model, 6);
      const prepared = await network(model, { seed: 11, optimizer: { ...adam, beta1: 0 } });
      prepared.step(batch.inputs, batch.targets, batch.rows, 0);
      prepared.step(batch.inputs, batch.targets, batch.rows, 0);
      const weights = weightsFor(model);
      const losses = [0, 1].map((step) => reference.loss(model, weights, batch, { seed: 11, step }));
      expect(Math.abs(losses[0] - losses[1])).toBeGreaterThan(1e-3);
      expect(largestDifference(await prepared.losses(), losses)).toBeLessThan(2e-6);
      const slopes = (await prepared.optimizerState()).subarray(0, prepared.parameters);
      expect(largestDifference(slopes, reference.gradients(model, weights, batch, { seed: 11, step: 1 }))).toBeLessThan(3e-6);
    });

    it('trains as double precision does: dropout, decay of weights but not of biases, a changing learning rate', async () => {
      const model = perceptron(3, [5], 2, 'tanh', 'softmaxCrossEntropy', 0.2);
      const optimizer: OptimizerSpec = { kind: 'adam', beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.3 };
      const batch = batchFor(model, 8);
      const prepared = await network(model, { seed: 5, optimizer });
      const weights = Array.from(weightsFor(model));
      const state = { weights, slots: [weights.map(() => 0), weights.map(() => 0)] };
      const decayed = parametersOf(model).flatMap(({ size, role }) => new Array<boolean>(size).fill(role === 'weights'));
      const losses: number[] = [];
      for (let step = 0; step < extent.steps; step++) {
        const learningRate = 0.05 / (step + 1);
        losses.push(reference.loss(model, state.weights, batch, { seed: 5, step }));
        const slopes = reference.gradients(model, state.weights, batch, { seed: 5, step });
        reference.update(state, slopes, { step: step + 1, learningRate, decayed, optimizer });
        prepared.step(batch.inputs, batch.targets, batch.rows, learningRate);
      }
      expect(largestDifference(await prepared.losses(), losses)).toBeLessThan(1e-5);
      expect(largestDifference(await prepared.weights(), state.weights)).toBeLessThan(5e-5);
    });

    it("follows scikit-learn's MLP on iris, from the same weights, step by step", async () => {
      const model = perceptron(4, [6, 5], 3, 'tanh');
      const prepared = await network(model, { optimizer: adam });
      prepared.setWeights(Float32Array.from(golden.weights));
      const [inputs, targets] = [Float32Array.from(golden.inputs), Float32Array.from(golden.targets)];
      const steps = Math.min(golden.losses.length, 2 * extent.steps + 1);
      for (let step = 0; step < steps; step++) prepared.step(inputs, targets, golden.rows, 0.01);
      expect(largestDifference(await prepared.losses(), golden.losses.slice(0, steps))).toBeLessThan(1e-5);
      if (steps < golden.losses.length) return;
      expect(largestDifference(await prepared.weights(), golden.trained)).toBeLessThan(5e-5);
      expect(largestDifference(await prepared.forward(inputs, golden.rows), golden.probabilities)).toBeLessThan(1e-5);
    });

    it('goes on from weights and optimizer state to the last bit, as if it had never stopped', async () => {
      const model = perceptron(5, [9], 3, 'relu', 'softmaxCrossEntropy', 0.3);
      const options = { seed: 3, optimizer: { ...adam, weightDecay: 0.1 } };
      const train = (prepared: Network, from: number, to: number): void => {
        for (let step = from; step < to; step++) {
          const { inputs, targets, rows } = batchFor(model, 4 + (step % 3), step);
          prepared.step(inputs, targets, rows, 0.01);
        }
      };
      const whole = await network(model, options);
      train(whole, 0, extent.steps);
      const first = await network(model, options);
      train(first, 0, extent.steps / 2);
      const [weights, state] = [await first.weights(), await first.optimizerState()];
      train(first, extent.steps / 2, extent.steps);
      const second = await network(model, { ...options, seed: 3 });
      second.setWeights(weights);
      second.setOptimizerState(state);
      train(second, extent.steps / 2, extent.steps);
      expect(await second.weights()).toEqual(await whole.weights());
      expect(await second.optimizerState()).toEqual(await whole.optimizerState());
      expect(await second.losses()).toEqual((await whole.losses()).slice(extent.steps / 2));
      expect(await first.weights()).toEqual(await whole.weights());
    });

    it('tells the gradients of its last step as the optimizer was given them: clipped, without l2', async () => {
      const model = perceptron(4, [6], 3, 'tanh');
      const [first, last] = [batchFor(model, 5), batchFor(model, 4, 2)];
      const weights = weightsFor(model);
      const slopes = reference.gradients(model, weights, last);
      const bounded = slopes.map((slope) => Math.min(0.05, Math.max(-0.05, slope)));
      const length = Math.sqrt(bounded.reduce((sum, slope) => sum + slope * slope, 0));
      const clips = [
        { clip: {}, expected: slopes },
        { clip: { value: 0.05, norm: 0.1 }, expected: bounded.map((slope) => slope * Math.min(1, 0.1 / length)) },
      ];
      expect(length).toBeGreaterThan(0.1);
      for (const { clip, expected } of clips) {
        const prepared = await network(model, { optimizer: { ...adam, l2: 0.5, clip } });
        expect(await prepared.gradients()).toBeUndefined();
        for (const { inputs, targets, rows } of [first, last]) prepared.step(inputs, targets, rows, 0);
        await prepared.forward(first.inputs, first.rows);
        expect(largestDifference((await prepared.gradients()) ?? [], expected)).toBeLessThan(3e-6);
      }
    });

    it('hands every loss over once, in order', async () => {
      const model = perceptron(2, [], 1, 'linear', 'meanSquaredError');
      const batch = batchFor(model, 2);
      const prepared = await network(model, { optimizer: adam });
      expect(await prepared.losses()).toHaveLength(0);
      for (let step = 0; step < 3; step++) prepared.step(batch.inputs, batch.targets, 2, 0.1);
      const losses = await prepared.losses();
      expect(losses).toHaveLength(3);
      expect(losses[2]).toBeLessThan(losses[0]);
      expect(await prepared.losses()).toHaveLength(0);
    });

    it('shows when training diverges: the loss is not a number', async () => {
      const model = perceptron(2, [3], 2);
      const prepared = await network(model, { optimizer: adam });
      prepared.step(Float32Array.of(Number.NaN, 1), Float32Array.of(0), 1, 0.1);
      expect((await prepared.losses())[0]).toBeNaN();
    });

    it('refuses what does not fit, names it, and stays usable', async () => {
      const model = perceptron(2, [3], 2);
      const prepared = await network(model, { batchSize: 4, optimizer: adam });
      const inputs = new Float32Array(8);
      expect(() => prepared.step(inputs, new Float32Array(5), 5, 0.1)).toThrow(/5 rows.*1 to 4/);
      expect(() => prepared.step(inputs, Float32Array.of(0, 1), 4, 0.1)).toThrow(/targets have 2 numbers; 4/);
      expect(() => prepared.step(inputs, Float32Array.of(0, 1, 2, 0), 4, 0.1)).toThrow(/Target 2 in row 2.*2 classes/);
      expect(() => prepared.setWeights(new Float32Array(3))).toThrow(/weights have 3 numbers; 17/);
      expect(() => prepared.setOptimizerState(new Float32Array(3))).toThrow(/3 numbers; this network needs 36/);
      await expect(prepared.forward(inputs, 3)).rejects.toThrow(/inputs have 8 numbers; 6/);
      expect(await prepared.forward(inputs, 4)).toHaveLength(8);
    });

    it('does not train a network that only answers, nor use one after its end', async () => {
      const model = perceptron(2, [3], 2);
      const prepared = await network(model);
      expect(() => prepared.step(new Float32Array(2), new Float32Array(1), 1, 0.1)).toThrow(
        expect.objectContaining({ code: 'no-optimizer' }),
      );
      prepared.dispose();
      prepared.dispose();
      await expect(prepared.forward(new Float32Array(2), 1)).rejects.toMatchObject({ code: 'network-disposed' });
    });

    it('counts what is alive, and no more after many steps than after one', async () => {
      const model = perceptron(3, [4], 2, 'gelu', 'softmaxCrossEntropy', 0.5);
      const batch = batchFor(model, 3);
      const prepared = await network(model, { optimizer: adam });
      const counts = [];
      for (let round = 0; round < 3; round++) {
        prepared.step(batch.inputs, batch.targets, 3, 0.01);
        await prepared.losses();
        await prepared.forward(batch.inputs, 3);
        counts.push(engine.counters());
      }
      expect(counts[0].bytes).toBeGreaterThanOrEqual(3 * 4 * prepared.parameters);
      expect(counts[2]).toEqual(counts[0]);
    });
  });
}
