/** Networks and trainings of one's own: every word of the specification from the table to the saved model. */
import { expect, test } from 'vitest';
import type { LayerSpec } from '../../../src/spec/layer.js';
import { TrainingSpec } from '../../../src/spec/training.js';
import { resultOf, workplace } from './workplace.js';

const place = workplace();

const residual: LayerSpec[] = [
  { kind: 'dense', units: 16, activation: 'gelu', name: 'start' },
  { kind: 'layerNormalization' },
  { kind: 'dense', units: 16, activation: 'gelu' },
  { kind: 'dropout', rate: 0.1 },
  { kind: 'dense', units: 16, activation: 'linear', name: 'branch' },
  { kind: 'add', from: ['start', 'branch'] },
];

test('a residual network, with Nesterov momentum, one cycle, clipping and smoothing, learns flowers and predicts them', async () => {
  const iris = await place.builtin('iris');
  const spec: TrainingSpec = TrainingSpec.parse({
    target: 'species',
    layers: residual,
    optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true },
    schedule: { kind: 'oneCycle', rise: 0.4 },
    learningRate: 0.1,
    weightDecay: 0.01,
    clip: { norm: 1 },
    labelSmoothing: 0.1,
    epochs: 30,
    batchSize: 16,
    patience: 0,
    seed: 1,
    device: 'wasm',
  });
  const { run } = await place.train(iris, spec);
  expect(run).toMatchObject({ status: 'finished', preset: 'custom', spec });
  expect(run.model.layers.map(({ kind }) => kind)).toEqual([...residual.map(({ kind }) => kind), 'dense']);
  expect((run.scores!.test as { accuracy: number }).accuracy).toBeGreaterThan(0.85);
  const rates = run.curve.map(({ learningRate }) => learningRate);
  const peak = rates.indexOf(Math.max(...rates));
  expect(peak).toBeGreaterThan(8);
  expect(peak).toBeLessThan(16);
  expect(rates[29]).toBeLessThan(1e-4);
  // No network costs less than the entropy of the smoothed targets; the validation loss is that of the targets themselves.
  expect(run.curve[29].trainingLoss).toBeGreaterThan(0.291);
  expect(Math.min(...run.curve.map(({ validationLoss }) => validationLoss))).toBeLessThan(0.291);
  const { run: again } = await place.train(iris, spec);
  expect(again.curve).toEqual(run.curve);
  await place.expectTidy();
});

test('a plateau lowers the rate where the validation loss stays, and a loss for values is minimised and told', async () => {
  const rows = Array.from({ length: 160 }, (_, row) => `${row % 13},${row % 7},${(row % 13) * 2 - (row % 7) + (row % 40 === 0 ? 500 : 0)}`);
  const table = await place.table(`a,b,value\n${rows.join('\n')}\n`);
  const { run } = await place.train(table, {
    target: 'value',
    preset: 'mlp',
    loss: 'huber',
    optimizer: 'adamw',
    schedule: { kind: 'plateau', patience: 1, factor: 0.5, threshold: 0.5, warmup: 0 },
    epochs: 12,
    patience: 0,
    seed: 2,
    device: 'wasm',
  });
  expect(run.model.loss).toBe('huber');
  const rates = run.curve.map(({ learningRate }) => learningRate);
  expect(rates).toEqual(rates.toSorted((a, b) => b - a));
  expect(rates[0] / rates[11]).toBeGreaterThan(2);
  expect(Math.log2(rates[0] / rates[11]) % 1).toBe(0);
});

test('a network that cannot be is refused before anything is trained, by the number of its layer', async () => {
  const iris = await place.builtin('iris');
  const layers: LayerSpec[] = [...residual.slice(0, 5), { kind: 'add', from: ['start', 'stem'] }];
  const work = resultOf(place.trainer.train({ dataset: iris.id, spec: { target: 'species', layers, device: 'wasm' } }));
  await expect(work).rejects.toMatchObject({
    name: 'InputError',
    code: 'layer-name',
    message: expect.stringMatching(/Layer 6 \("add"\).*"stem"/),
  });
});

test('what a training would be given is told without training, and is what it is then given', async () => {
  const iris = await place.builtin('iris');
  const { facts, lookedUp } = await place.trainer.plan({ dataset: iris.id, spec: { target: 'species' } });
  const { run } = await place.train(iris, { target: 'species', layers: [], epochs: 1, device: 'wasm' });
  expect(facts).toMatchObject({ task: 'classification', inputs: run.model.inputs, outputs: 3, rows: run.rows.training });
  expect(lookedUp).toEqual([]);
  const towns = await place.table(`town,value\n${Array.from({ length: 120 }, (_, row) => `town ${row % 30},${row % 2}`).join('\n')}\n`);
  const spec: TrainingSpec = { target: 'value', pipeline: { columns: [{ column: 'town', step: { as: 'embedding' } }] } };
  const planned = await place.trainer.plan({ dataset: towns.id, spec });
  expect(planned.lookedUp).toEqual([{ column: 'town', as: 'embedding' }]);
  expect(planned.facts.indices).toEqual([{ input: 0, vocabulary: expect.any(Number) }]);
  await expect(place.trainer.plan({ dataset: towns.id, spec }, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  await expect(place.trainer.plan({ dataset: iris.id, spec: { target: 'none' } })).rejects.toMatchObject({ code: 'target-missing' });
});

test('where a layer of one’s own does not fit, its place in the spec is told, also where something was put before it', async () => {
  const pictures = await place.builtin('digits');
  const layers: LayerSpec[] = [
    { kind: 'dense', units: 8, activation: 'relu' },
    { kind: 'conv2d', filters: 2, kernel: [3, 3], activation: 'relu' },
  ];
  const refused = resultOf(place.trainer.train({ dataset: pictures.id, spec: { target: 'label', layers, device: 'wasm' } }));
  await expect(refused).rejects.toMatchObject({ code: 'layer-shape', place: { field: 'layers.1' } });
});
