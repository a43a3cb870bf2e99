/** The preset `transfer`: features once for each picture, a head in seconds, and one network afterwards that answers as both did. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTable } from '../../../src/data/whole.js';
import { openPredictor } from '../../../src/infer/predictor.js';
import type { DatasetRecord } from '../../../src/spec/dataset.js';
import type { TrainingSpec } from '../../../src/spec/training.js';
import { keptFeatures } from '../../../src/storage/names.js';
import { createTrainer } from '../../../src/train/create.js';
import { stripedFolder } from '../stripes.js';
import { failureOf, resultOf, workplace } from './workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

const wish: TrainingSpec = { target: 'label', preset: 'transfer', epochs: 3, seed: 1 };

async function accuracyOnTestRows(model: string, dataset: DatasetRecord): Promise<number> {
  const table = await readTable(place.store, dataset);
  const text = (name: string, row: number): string => {
    const column = table.columns[table.names.indexOf(name)];
    return column.kind === 'text' ? column.dictionary[column.codes[row]] : '';
  };
  const predictor = await openPredictor(place, model);
  const { outputs, classes = [], rows } = await predictor.answer(table).finally(() => predictor.dispose());
  const testing = Array.from({ length: rows }, (_, row) => row).filter((row) => text('part', row) === 'test');
  const answer = (row: number) => classes[outputs[row * classes.length] >= outputs[row * classes.length + 1] ? 0 : 1];
  return testing.filter((row) => answer(row) === text('label', row)).length / testing.length;
}

test.each([
  ['of the size and colour that it knows', 28, 1],
  ['in colour, and twice as large', 56, 3],
  ['smaller', 8, 1],
] as const)('pictures %s are learnt from behind the extractor, and the saved model says the same by itself', async (_, side, channels) => {
  const dataset = await place.pictures(stripedFolder(12, side, channels));
  const { run, events } = await place.train(dataset, wish);
  expect(run.preset).toBe('transfer');
  const { model, lineage, pipeline } = await place.models.get(run.modelId ?? '');
  expect(lineage.extractor).toMatchObject({
    name: expect.stringContaining('Fashion-MNIST'),
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(model.layers.length).toBe((lineage.extractor?.layers ?? 0) + run.model.layers.length);
  expect(pipeline.steps[0]).toMatchObject(
    channels === 1 ? { mean: [0.286], deviation: [0.353] } : { mean: [0, 0, 0], deviation: [1, 1, 1] },
  );
  expect(run.scores?.test).toMatchObject({ accuracy: await accuracyOnTestRows(run.modelId ?? '', dataset) });
  expect(events.findIndex(({ kind }) => kind === 'epoch')).toBeGreaterThan(0);
});

test('each picture is computed once: a second training finds the features, and comes to the same bits', async () => {
  const dataset = await place.pictures(stripedFolder(12));
  const first = (await place.train(dataset, wish)).run;
  const kept = (await place.store.list('setting')).filter(({ id }) => id.startsWith(keptFeatures('')));
  expect(kept).toHaveLength(1);
  const second = (await place.train(dataset, wish)).run;
  expect((await place.store.list('setting')).filter(({ id }) => id.startsWith(keptFeatures('')))).toEqual(kept);
  expect(second.curve).toEqual(first.curve);
  const [one, other] = await Promise.all([first, second].map(({ modelId }) => place.models.get(modelId ?? '')));
  expect(one.weights).toEqual(other.weights);
  // A new picture is computed, and the others are not.
  await place.train(await place.pictures(stripedFolder(13)), wish);
  const value = await place.store.get('setting', kept[0].id);
  expect(value).toMatchObject({ value: { pieces: [{}, {}] } });
});

test('what a training would be given is told without a picture going through the extractor', async () => {
  const dataset = await place.pictures(stripedFolder(12));
  const { facts } = await place.trainer.plan({ dataset: dataset.id, spec: wish });
  expect((await place.store.list('setting')).filter(({ id }) => id.startsWith(keptFeatures('')))).toEqual([]);
  const { run } = await place.train(dataset, wish);
  expect(facts).toMatchObject({ features: true, inputs: run.model.inputs, rows: run.rows.training });
});

test('features that are damaged in the store are computed again', async () => {
  const dataset = await place.pictures(stripedFolder(12));
  const first = (await place.train(dataset, wish)).run;
  const [kept] = (await place.store.list('setting')).filter(({ id }) => id.startsWith(keptFeatures('')));
  const value = kept.value as { used: number; pieces: { pictures: object; values: object }[] };
  const swapped = value.pieces.map(({ pictures, values }) => ({ pictures: values, values: pictures }));
  for (const damaged of [{ ...value, pieces: swapped }, 'nonsense']) {
    await place.store.commit({ put: [{ kind: 'setting', id: kept.id, value: damaged }] });
    expect((await place.train(dataset, wish)).run.curve).toEqual(first.curve);
  }
});

test('rows that stay in the store give the same model', async () => {
  const dataset = await place.pictures(stripedFolder(12));
  const whole = (await place.train(dataset, wish)).run;
  const { store, devices, readBuiltin } = place;
  const limits = { inMemory: 0, pool: 1000, judged: 1 };
  const streaming = createTrainer({ store, devices, readBuiltin, defaultDevice: 'wasm', limits });
  const streamed = await resultOf(streaming.train({ dataset: dataset.id, spec: { ...wish, split: { parts: 'part', validation: 0.15 } } }));
  expect(streamed.stored).toBeDefined();
  expect(streamed.scores?.test).toEqual(whole.scores?.test);
});

test('a model of our own is an extractor too, at a layer by name or number, for other classes', async () => {
  const dataset = await place.pictures(stripedFolder(12));
  const teacher = (await place.train(dataset, { target: 'label', preset: 'resnet', epochs: 2 })).run.modelId ?? '';
  const behind = async (output?: string | number): Promise<number> => {
    const { run } = await place.train(dataset, { ...wish, extractor: { model: teacher, ...(output === undefined ? {} : { output }) } });
    const record = await place.models.get(run.modelId ?? '');
    expect(run.scores?.test).toMatchObject({ accuracy: await accuracyOnTestRows(record.id, dataset) });
    return run.model.inputs;
  };
  expect(await behind('stage1')).toBe(16 * 16);
  expect(await behind(1)).toBe(16 * 16);
  expect(await behind()).toBeGreaterThan(0);
});

test('what cannot be is refused, naming what was asked for', async () => {
  const pictures = await place.pictures(stripedFolder(12));
  const iris = await place.builtin('iris');
  const plain = (await place.train(iris, { target: 'species', preset: 'linear', epochs: 1 })).run.modelId ?? '';
  const cnn = (await place.train(pictures, { target: 'label', preset: 'cnn', epochs: 1 })).run.modelId ?? '';
  const larger = await place.pictures(stripedFolder(4, 12));
  const refused = (dataset: DatasetRecord, spec: TrainingSpec) => failureOf(place.train(dataset, spec));
  expect(await refused(iris, { target: 'species', preset: 'transfer' })).toMatchObject({ code: 'preset-needs-pictures' });
  expect(await refused(pictures, { ...wish, extractor: { model: 'none' } })).toMatchObject({ code: 'unknown-model' });
  expect(await refused(pictures, { ...wish, extractor: { model: plain } })).toMatchObject({ code: 'extractor-not-pictures' });
  expect(await refused(pictures, { ...wish, extractor: { output: 'elsewhere' } })).toMatchObject({
    code: 'extractor-output',
    message: expect.stringContaining('"elsewhere"'),
    advice: expect.stringContaining('shapes'),
  });
  expect(await refused(larger, { ...wish, extractor: { model: cnn } })).toMatchObject({
    code: 'extractor-size',
    message: expect.stringMatching(/8 × 8; these have 12 × 12/),
  });
  const layers: TrainingSpec['layers'] = [{ kind: 'dense', units: 8, activation: 'relu' }];
  expect(await refused(pictures, { ...wish, task: 'anomaly' })).toMatchObject({ code: 'preset-misfit' });
  expect(await refused(pictures, { ...wish, task: 'anomaly', layers })).toMatchObject({ code: 'preset-misfit' });
  expect(await refused(pictures, { target: 'label', preset: 'cnn', extractor: {} })).toMatchObject({ code: 'extractor-unused' });
});

test('changing pictures at random has no effect, and it is said', async () => {
  const dataset = await place.pictures(stripedFolder(12));
  const pipeline = { columns: [{ column: 'picture', step: { as: 'picture', augment: { flip: true, shift: 0.2 } } }] } as const;
  const changed = (await place.train(dataset, { ...wish, pipeline: { columns: [...pipeline.columns] } })).run;
  expect(changed.warnings.map(({ code }) => code)).toContain('augmentation-unused');
  expect(changed.curve).toEqual((await place.train(dataset, wish)).run.curve);
});

test('layers of one’s own stand behind the extractor, and may name what they read', async () => {
  const dataset = await place.pictures(stripedFolder(12));
  const layers: TrainingSpec['layers'] = [
    { kind: 'dense', units: 8, activation: 'relu', name: 'branch' },
    { kind: 'dense', from: 'input', units: 8, activation: 'relu', name: 'other' },
    { kind: 'add', from: ['branch', 'other'] },
  ];
  const { run } = await place.train(dataset, { ...wish, layers });
  expect(run.scores?.test).toMatchObject({ accuracy: await accuracyOnTestRows(run.modelId ?? '', dataset) });
});
