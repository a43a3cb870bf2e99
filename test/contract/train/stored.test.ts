/** Training on rows that stay in the store: as good as in memory, the same bits after every interruption, and nothing left behind. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import type { ChunkRef } from '../../../src/spec/chunk.js';
import type { DatasetRecord } from '../../../src/spec/dataset.js';
import { optimizers } from '../../../src/spec/optimisation.js';
import type { RunRecord } from '../../../src/spec/run.js';
import type { TrainingSpec } from '../../../src/spec/training.js';
import type { Store } from '../../../src/storage/store.js';
import { createTrainer } from '../../../src/train/create.js';
import { failureOf, resultOf, workplace } from './workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

/** Two classes that no line divides, and a value; sorted by class, which is the worst order to learn in. */
const csv = (rows: number): string => {
  const random = new Random(7);
  const lines = Array.from({ length: rows }, (_, row) => {
    const [a, b] = [random.normal(), random.normal()];
    const inside = a * a + b * b < 1.4;
    return [a.toFixed(5), b.toFixed(5), 'red green blue'.split(' ')[row % 3], (a * 2 + b * b).toFixed(5), inside ? 'in' : 'out'];
  });
  lines.sort((one, other) => (one[4] < other[4] ? -1 : one[4] > other[4] ? 1 : 0));
  return [['a', 'b', 'colour', 'value', 'side'], ...lines].map((line) => line.join(',')).join('\n');
};

/** Nothing fits in memory, and few rows are shuffled together. */
const stored = (pool = 6000, judged = 2000, store: Store = place.store) =>
  createTrainer({
    store,
    devices: place.devices,
    readBuiltin: place.readBuiltin,
    defaultDevice: 'wasm',
    limits: { inMemory: 0, pool, judged },
  });

const trained = (dataset: DatasetRecord, spec: TrainingSpec, trainer = stored()): Promise<RunRecord> =>
  resultOf(trainer.train({ dataset: dataset.id, spec }));

test('it divides rows as in memory, learns as well, and says that it stayed stored', async () => {
  const dataset = await place.inChunks(await place.table(csv(1500)), 90);
  const scores: number[][] = [];
  for (const seed of [1, 2, 3]) {
    const spec: TrainingSpec = { target: 'side', seed, preset: 'mlp', epochs: 25, device: 'wasm', ignore: ['value'] };
    const { run: inMemory } = await place.train(dataset, spec);
    const run = await trained(dataset, spec);
    expect(inMemory.stored).toBeUndefined();
    expect(run.stored?.chunks).toBe(17);
    expect(run.stored?.pool).toBeLessThan(run.rows.training / 2);
    expect(run.rows).toEqual(inMemory.rows);
    expect(run.baseline?.test).toEqual(inMemory.baseline?.test);
    expect(run.steps).toBeGreaterThan(100);
    scores.push([run, inMemory].map(({ scores: of }) => (of!.test as { accuracy: number }).accuracy));
  }
  const [own, theirs] = [0, 1].map((which) => scores.reduce((sum, pair) => sum + pair[which] / scores.length, 0));
  expect(theirs).toBeGreaterThan(0.9);
  expect(own).toBeGreaterThan(theirs - 0.02);
});

test('categories become learnt vectors as they do in memory', async () => {
  const dataset = await place.inChunks(await place.table(csv(300)), 40);
  const columns: NonNullable<TrainingSpec['pipeline']>['columns'] = [{ column: 'colour', step: { as: 'embedding' } }];
  const spec: TrainingSpec = { target: 'side', seed: 1, preset: 'residual', epochs: 3, device: 'wasm', pipeline: { columns } };
  const [run, { run: inMemory }] = [await trained(dataset, spec), await place.train(dataset, spec)];
  expect(run.stored?.chunks).toBe(8);
  expect(run.pipeline.steps.find(({ kind }) => kind === 'embedding')).toMatchObject({ categories: ['blue', 'green', 'red'] });
  expect(run.pipeline.steps).toEqual(inMemory.pipeline.steps);
  expect(run.model).toEqual(inMemory.model);
});

test('texts are read word by word as they are in memory', async () => {
  const dataset = await place.inChunks(await place.table(csv(120).replaceAll(/red|green/g, (colour) => `"a ${colour} one, not blue"`)), 40);
  const columns: NonNullable<TrainingSpec['pipeline']>['columns'] = [{ column: 'colour', step: { as: 'tokens' } }];
  const spec: TrainingSpec = { target: 'side', seed: 1, preset: 'text-cnn', epochs: 1, device: 'wasm', pipeline: { columns } };
  const [run, { run: inMemory }] = [await trained(dataset, spec), await place.train(dataset, spec)];
  expect(run.stored?.chunks).toBe(3);
  expect(run.pipeline.steps.find(({ kind }) => kind === 'tokens')).toMatchObject({ terms: ['a', 'blue', 'green', 'not', 'one', 'red'] });
  expect(run.pipeline.steps).toEqual(inMemory.pipeline.steps);
  expect(run.model).toEqual(inMemory.model);
});

test('values are learnt as well, by a group and in time', async () => {
  const dataset = await place.inChunks(await place.table(csv(900)), 64);
  for (const split of [{}, { group: 'colour' }, { time: 'a' }]) {
    const spec: TrainingSpec = { target: 'value', seed: 1, preset: 'mlp', epochs: 20, device: 'wasm', ignore: ['side'], split };
    const { run: inMemory } = await place.train(dataset, spec);
    const run = await trained(dataset, spec);
    expect(run.rows).toEqual(inMemory.rows);
    if ('time' in split) continue;
    expect((run.scores!.test as { r2: number }).r2).toBeGreaterThan((inMemory.scores!.test as { r2: number }).r2 - 0.05);
  }
});

test.each(optimizers)('broken off at any step and gone on with, %s ends with the same bits', async (optimizer) => {
  const dataset = await place.inChunks(await place.table(csv(400)), 50);
  const spec: TrainingSpec = {
    target: 'side',
    seed: 5,
    epochs: 4,
    optimizer,
    learningRate: 0.01,
    preset: 'mlp',
    device: 'wasm',
    pipeline: { classWeights: 'balanced' },
  };
  const whole = await trained(dataset, spec, stored(1500));
  const random = new Random(3, optimizer);
  for (let attempt = 0; attempt < 4; attempt++) {
    const cancel = new AbortController();
    let [reads, id] = [Number.POSITIVE_INFINITY, ''];
    const after = random.integer(16) + 1;
    // In the midst of an epoch: while a chunk is read.
    const getChunk = (ref: ChunkRef): Promise<Uint8Array> => {
      reads--;
      if (reads === 0) cancel.abort();
      return place.store.getChunk(ref);
    };
    const real = place.store;
    const store = new Proxy(real, {
      get: (_, name: keyof Store) => {
        if (name === 'getChunk') return getChunk;
        const value = real[name];
        return typeof value === 'function' ? value.bind(real) : value;
      },
    });
    const broken = await failureOf(
      resultOf(stored(1500, 2000, store).train({ dataset: dataset.id, spec }, { signal: cancel.signal }), (event) => {
        if (event.kind === 'stage') id = event.run;
        if (event.kind === 'stage' && event.stage === 'training') reads = after;
      }),
    );
    expect(broken).toMatchObject({ code: 'cancelled' });
    const resumed = await resultOf(stored(1500).train({ dataset: dataset.id, spec, resume: id }));
    expect(resumed.curve).toEqual(whole.curve);
    expect(await weightsOf(resumed)).toEqual(await weightsOf(whole));
  }
});

const weightsOf = async ({ modelId }: RunRecord): Promise<Uint8Array> =>
  place.store.getChunk((await place.models.get(modelId as string)).weights);

test('what is judged may be too large for memory, too: the figures are the same', async () => {
  const dataset = await place.inChunks(await place.table(csv(500)), 60);
  const spec: TrainingSpec = { target: 'side', seed: 2, epochs: 3, device: 'wasm' };
  const [kept, read] = [await trained(dataset, spec, stored(6000, 1e6)), await trained(dataset, spec, stored(6000, 0))];
  expect(read.scores).toEqual(kept.scores);
  expect(read.curve).toEqual(kept.curve);
});

test('folds and a test dataset stay stored as well', async () => {
  const dataset = await place.inChunks(await place.table(csv(400)), 50);
  const spec: TrainingSpec = { target: 'side', seed: 2, epochs: 6, device: 'wasm', ignore: ['value'] };
  const report = await resultOf(stored().crossValidate({ dataset: dataset.id, spec }, 3));
  const inMemory = await resultOf(place.trainer.crossValidate({ dataset: dataset.id, spec }, 3));
  expect(report.folds).toHaveLength(3);
  expect(report.rows).toEqual(inMemory.rows);
  const inTime = await resultOf(stored().crossValidate({ dataset: dataset.id, spec: { ...spec, split: { time: 'a' } } }, 3));
  expect(inTime.folds).toHaveLength(3);
  const run = await resultOf(stored().train({ dataset: dataset.id, spec, testDataset: dataset.id }));
  expect(run.rows.test).toBe(400);
  expect(run.warnings).toMatchObject([{ code: 'rows-in-two-parts', place: { part: 'test', rows: 400, sameTarget: 400 } }]);
});

test('rows in two parts are told, and dropped where that is asked for, stored or not', async () => {
  const lines = Array.from({ length: 60 }, (_, row) => `${row},${row % 7},${row % 2 ? 'x' : 'y'}`);
  const dataset = await place.inChunks(await place.table(['a,b,side', ...lines, ...lines.slice(0, 30)].join('\n')), 25);
  const spec: TrainingSpec = { target: 'side', seed: 2, epochs: 2, device: 'wasm' };
  const { run } = await place.train(dataset, spec);
  const found = run.warnings.filter(({ code }) => code === 'rows-in-two-parts');
  expect(found.length).toBeGreaterThan(0);
  expect((await trained(dataset, spec)).warnings.filter(({ code }) => code === 'rows-in-two-parts')).toEqual(found);
  const drop: TrainingSpec = { ...spec, split: { duplicates: 'drop' } };
  const { run: dropped } = await place.train(dataset, drop);
  const lost = found.reduce((sum, { place: where }) => sum + Number(where.rows), 0);
  expect(dropped.rows.training).toBe(run.rows.training);
  expect(dropped.rows.validation + dropped.rows.test).toBe(run.rows.validation + run.rows.test - lost);
  expect((await trained(dataset, drop)).rows).toEqual(dropped.rows);
});

/** Sums are taken in another order. */
const rounded = (figures: unknown): string =>
  JSON.stringify(figures, (_, value: unknown) => (typeof value === 'number' ? value.toPrecision(9) : value));

/** Two places measured each day, of which three in four days are known; the level follows from the last days. In time order, or not. */
function series(days: number, shuffled: boolean): string {
  const random = new Random(11);
  const rows = ['north', 'south'].flatMap((name, index) => {
    const values = [1, index ? -1 : 0.5];
    return Array.from({ length: days }, (_, day) => {
      values.push(1.6 * values[day + 1] - 0.9 * values[day] + 0.05 * random.normal());
      const state = values[day + 2] > 0 ? 'high' : 'low';
      return {
        day,
        line: [
          new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10),
          name,
          day % 17 ? values[day + 2].toFixed(4) : '',
          state,
        ].join(','),
      };
    });
  });
  const ordered = shuffled ? random.shuffle(rows) : rows.sort((a, b) => a.day - b.day);
  return ['day,place,level,state', ...ordered.map(({ line }) => line)].join('\n');
}

test.each([
  ['in time order', false, 'level', undefined],
  ['in any order', true, 'level', 2],
  ['of classes', false, 'state', undefined],
] as const)(
  'a time series %s stays stored as well, with the rows and the pipeline that it has in memory',
  async (_, shuffled, target, step) => {
    const dataset = await place.inChunks(await place.table(series(260, shuffled)), 25);
    const windows = { time: 'day', group: 'place', columns: ['level', 'state'], length: 4, horizon: 2, ...(step ? { step } : {}) };
    const spec: TrainingSpec = { target, seed: 1, epochs: 8, preset: 'linear', device: 'wasm', pipeline: { windows } };
    const { run: inMemory } = await place.train(dataset, spec);
    const run = await trained(dataset, spec);
    expect(inMemory.stored).toBeUndefined();
    expect(run.stored?.chunks).toBeGreaterThan(5);
    expect(run.rows).toEqual(inMemory.rows);
    expect(run.pipeline).toEqual(inMemory.pipeline);
    expect(rounded(run.baseline)).toEqual(rounded(inMemory.baseline));
    const folds = await resultOf(stored().crossValidate({ dataset: dataset.id, spec: { ...spec, epochs: 1 } }, 3));
    const foldsInMemory = await resultOf(place.trainer.crossValidate({ dataset: dataset.id, spec: { ...spec, epochs: 1 } }, 3));
    expect(folds.rows).toEqual(foldsInMemory.rows);
    expect(rounded(folds.baseline)).toEqual(rounded(foldsInMemory.baseline));
  },
);

test('of a stored time series no more chunks are read than a pass over it has, and their neighbours', async () => {
  const dataset = await place.inChunks(await place.table(series(400, false)), 20);
  let reads = 0;
  const store = new Proxy(place.store, {
    get: (real, name: keyof Store) => {
      if (name === 'getChunk') reads++;
      const value = real[name];
      return typeof value === 'function' ? value.bind(real) : value;
    },
  });
  const windows = { time: 'day', group: 'place', columns: ['level'], length: 5, horizon: 1 };
  const spec: TrainingSpec = { target: 'level', seed: 1, epochs: 2, preset: 'linear', device: 'wasm', pipeline: { windows } };
  await trained(dataset, spec, stored(1e6, 1e6, store));
  // Times; what divides; what is fitted on; three parts; two epochs, and one read ahead: of each the chunk and three beside it at most.
  expect(reads).toBeLessThan(40 * (1 + 4 * 8));
});

test('windows reach into what is kept in memory when they are looked for by size', async () => {
  const { sizeInMemory } = await import('../../../src/train/streamed/limits.js');
  const dataset = await place.table(series(100, false));
  const windows = { time: 'day', columns: ['level'], length: 100, horizon: 1 };
  expect(sizeInMemory(dataset, windows)).toBeGreaterThan(4 * 200 * 100);
  expect(sizeInMemory(dataset, windows)).toBeGreaterThan(5 * sizeInMemory(dataset));
});
