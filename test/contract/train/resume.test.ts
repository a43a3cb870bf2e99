/** A training that is torn down after every single step and gone on with gives the bits of one that never stopped. */
import { expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import type { Engine } from '../../../src/compute/engine.js';
import { openTfjsEngine } from '../../../src/compute/tfjs/engine.js';
import { openWasmEngine } from '../../../src/compute/wasm/engine.js';
import type { InputRows } from '../../../src/data/inputs.js';
import type { OptimizerSettings, ScheduleSettings } from '../../../src/spec/optimisation.js';
import { rowsInMemory, type TrainingRows } from '../../../src/train/batches.js';
import { type Candidate, type CandidateRequest, trainCandidate } from '../../../src/train/candidate.js';
import { recipesFor } from '../../../src/train/presets/auto.js';
import type { Recipe } from '../../../src/train/recipe.js';
import type { Resumption } from '../../../src/train/state.js';
import { TrainingDevice } from '../../../src/train/training-device.js';
import { resultOf } from './workplace.js';

/** In memory. */
type Rows = CandidateRequest['validation'] & { examples: { inputs: InputRows } };

const seed = 9;
const random = new Random(seed, 'rows');

function part(rows: number): Rows {
  const values = Float32Array.from({ length: rows * 4 }, () => random.normal());
  const targets = Float32Array.from({ length: rows }, (_, row) => (values[4 * row] + 0.3 * random.normal() > 0 ? 1 : 0));
  const inputs = {
    rows,
    width: 4,
    copy: (row: number, target: Float32Array, offset: number) => target.set(values.subarray(4 * row, 4 * row + 4), offset),
  };
  return {
    examples: { rows, inputs, targets },
    truth: { kind: 'classes' as const, actual: Int32Array.from(targets), classes: ['a', 'b'] },
  };
}
const [training, validation] = [part(22), part(9)];

const optimizers: OptimizerSettings[] = [
  { kind: 'adam' },
  { kind: 'adamw', beta1: 0.8 },
  { kind: 'sgd', momentum: 0 },
  { kind: 'sgd', nesterov: true },
  { kind: 'rmsprop' },
];
const schedules: ScheduleSettings[] = [
  { kind: 'constant', warmup: 7 },
  { kind: 'cosine', floor: 0.1 },
  { kind: 'oneCycle' },
  { kind: 'plateau', patience: 0, threshold: 0.2, warmup: 2 },
];
const engines: { device: string; open: () => Promise<Engine> }[] = [
  { device: 'wasm', open: () => openWasmEngine() },
  { device: 'cpu', open: () => openTfjsEngine('cpu') },
];
const cases = engines.flatMap(({ device, open }) =>
  optimizers.flatMap((optimizer) => schedules.map((schedule) => ({ device, open, optimizer, schedule }))),
);

/** Holds a training that is torn down after every step, of which there are 20, to one that is not; answers the whole one. */
async function sameAfterEveryStop(
  open: () => Promise<Engine>,
  recipe: Recipe,
  parts: { training: Rows; validation: Rows },
): Promise<Candidate> {
  const engine = await open();
  const { training, validation } = parts;
  const request: CandidateRequest = {
    device: new TrainingDevice(engine),
    recipe,
    seed,
    training: rowsInMemory(training.examples),
    validation,
  };
  const whole = await resultOf(trainCandidate(request));
  expect(whole.state.steps).toBe(20);

  let kept: Resumption | undefined;
  const keep = async (standing: Resumption): Promise<undefined> => {
    kept = structuredClone(standing);
  };
  let resumed: Candidate | undefined;
  let stops = 0;
  while (!resumed) {
    const cancel = new AbortController();
    const once: TrainingRows = {
      rows: request.training.rows,
      open(...given) {
        const batches = request.training.open(...given);
        const read: typeof batches.read = (...asked) => {
          cancel.abort();
          return batches.read(...asked);
        };
        return { ...batches, read };
      },
    };
    const work = resultOf(trainCandidate({ ...request, training: once, resumption: kept, keep, signals: { signal: cancel.signal } }));
    resumed = await work.catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'cancelled' });
      expect(kept?.state.steps).toBe(++stops);
      return undefined;
    });
  }
  expect(stops).toBe(20);
  expect({ ...resumed.state, seconds: 0 }).toEqual({ ...whole.state, seconds: 0 });
  expect(engine.counters()).toEqual({ tensors: 0, bytes: 0 });
  engine.dispose();
  return whole;
}

test.each(cases)('$device, $optimizer.kind, $schedule.kind', async ({ open, optimizer, schedule }) => {
  const recipe: Recipe = {
    preset: 'custom',
    model: {
      inputs: 4,
      layers: [
        { kind: 'dense', units: 5, activation: 'tanh' },
        { kind: 'batchNormalization' },
        { kind: 'dropout', rate: 0.2 },
        { kind: 'dense', units: 2, activation: 'linear' },
      ],
      loss: 'softmaxCrossEntropy',
    },
    epochs: 5,
    batchSize: 6,
    learningRate: 0.05,
    schedule,
    weightDecay: 0.1,
    optimizer,
    l2: 0.01,
    clip: { norm: 0.5, value: 0.3 },
    labelSmoothing: 0.1,
    patience: 0,
  };
  const whole = await sameAfterEveryStop(open, recipe, { training, validation });
  if (schedule.kind === 'plateau') expect(new Set(whole.state.curve.map(({ learningRate }) => learningRate)).size).toBeGreaterThan(2);
});

/** Texts of up to eight words, as numbers. */
function texts(rows: number): Rows {
  const values = Float32Array.from({ length: rows * 8 }, (_, place) => (place % 8 < 3 + ((place >> 3) % 5) ? 1 + random.integer(11) : 0));
  const inputs = {
    rows,
    width: 8,
    copy: (row: number, target: Float32Array, offset: number) => target.set(values.subarray(8 * row, 8 * row + 8), offset),
  };
  const targets = Float32Array.from({ length: rows }, (_, row) => (values[8 * row] > 5 ? 1 : 0));
  return { examples: { rows, inputs, targets }, truth: { kind: 'classes', actual: Int32Array.from(targets), classes: ['a', 'b'] } };
}

test.each(['text-cnn', 'transformer'] as const)('wasm, the preset %s', async (preset) => {
  const facts = { task: 'classification', inputs: 8, outputs: 2, rows: 22, texts: [{ input: 0, length: 8, vocabulary: 12 }] } as const;
  const { main } = recipesFor({ target: 'y', preset, epochs: 5, batchSize: 6, patience: 0 }, facts);
  const { state } = await sameAfterEveryStop(() => openWasmEngine(), main, { training: texts(22), validation: texts(9) });
  expect(new Set(state.curve.map(({ validationLoss }) => validationLoss)).size).toBe(5);
});
