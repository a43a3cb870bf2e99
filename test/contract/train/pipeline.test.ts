/** Trainings by a pipeline of one's own: what is asked for is learnt by, saved with the model, and used again on raw rows. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec.js';
import { stripedFolder } from '../stripes.js';
import { failureOf, resultOf, workplace } from './workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

const csv = (names: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [names, ...rows].map((row) => row.join(',')).join('\n');

test('derived columns, target means and words are part of the model, which reads the raw columns', async () => {
  const random = new Random(1);
  const good = ['fresh and crisp', 'a lovely sweet one', 'ripe; would buy again', 'juicy, crisp and sweet'];
  const bad = ['soft and brown', 'a sour one', 'rotten; never again', 'bitter, brown and soft'];
  const rows = Array.from({ length: 240 }, (_, row) => {
    const liked = random.uniform() < 0.5;
    const width = random.uniform() * 4 + 1;
    return [
      `"${(liked ? good : bad)[random.integer(4)]} ${row}"`,
      width,
      3 * width + random.uniform(),
      `shop ${random.integer(6)}`,
      liked ? 'yes' : 'no',
    ];
  });
  const dataset = await place.table(csv(['review', 'width', 'height', 'shop', 'liked'], rows));
  const pipeline: PipelineSpec = {
    derive: [{ name: 'slim', expression: 'height / width' }],
    columns: [
      { column: 'review', step: { as: 'words', ngrams: 2, most: 200 } },
      { column: 'shop', step: { as: 'target' } },
      { column: 'height', step: { as: 'leave-out' } },
    ],
  };
  const { run } = await place.train(dataset, { target: 'liked', seed: 3, epochs: 12, device: 'wasm', pipeline });
  expect(run.pipeline).toMatchObject({ reads: expect.arrayContaining(['review', 'width', 'height', 'shop']) as unknown });
  expect(run.pipeline.steps.map(({ kind, column }) => `${column}: ${kind}`)).toEqual([
    'review: words',
    'width: number',
    'shop: target',
    'slim: number',
  ]);
  expect(JSON.stringify(run.pipeline)).not.toContain('outOfFold');
  expect((run.scores!.test as { accuracy: number }).accuracy).toBeGreaterThan(0.95);
  const model = await place.models.get(run.modelId as string);
  expect(model.fields.map(({ name }) => name)).toEqual(['review', 'width', 'height', 'shop']);
  const answers = await place.models.predict(model.id, [
    { review: 'Crisp, sweet and JUICY', width: 2, height: 6.5, shop: 'shop 1' },
    { review: 'brown & rotten', width: 2, height: 6.5, shop: 'a new shop' },
    { review: null, width: null, height: 6.5, shop: null },
  ]);
  expect(answers.slice(0, 2).map(({ prediction }) => prediction)).toEqual(['yes', 'no']);
  const bare = await place.train(dataset, { target: 'liked', seed: 3, epochs: 12, device: 'wasm' });
  expect((bare.run.scores!.test as { accuracy: number }).accuracy).toBeLessThan(0.8);
});

/** Two series of 160 days each; what comes next follows from the last days alone. */
const seriesRows = (): (string | number)[][] => {
  const random = new Random(2);
  return ['north', 'south'].flatMap((group, index) => {
    const values = [1, index ? -1 : 0.5];
    return Array.from({ length: 160 }, (_, day) => {
      values.push(1.6 * values[day + 1] - 0.9 * values[day] + 0.05 * random.normal());
      return [new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10), group, values[day + 2].toFixed(4)];
    });
  });
};

test('windows of a time series foretell what lies ahead; a file is answered as it comes, and evaluated against what came', async () => {
  const rows = seriesRows();
  const text = csv(['day', 'place', 'level'], rows);
  const dataset = await place.table(text);
  const windows = { time: 'day', group: 'place', columns: ['level'], length: 4, horizon: 1 };
  const { run } = await place.train(dataset, { target: 'level', seed: 1, epochs: 40, device: 'wasm', pipeline: { windows } });
  expect(run.split.time).toBe('day');
  expect(run.pipeline).toMatchObject({ windows, reads: ['day', 'place', 'level'] });
  expect(run.pipeline.steps.map(({ column }) => column)).toEqual([
    'level (3 before)',
    'level (2 before)',
    'level (1 before)',
    'level (now)',
    'place',
  ]);
  // Of 320 rows those without four days behind them or a day ahead, and those beside a later part, are in none.
  const { training, validation, test: tested } = run.rows;
  expect(training + validation + tested).toBeLessThan(320 - 2 * 3 - 2 * 1);
  expect((run.scores!.test as { r2: number }).r2).toBeGreaterThan(0.85);
  const id = run.modelId as string;
  const source = { kind: 'text', name: 'later.csv', text } as const;
  const report = await place.evaluator.evaluate(id, source);
  expect(report.rows).toBe(318);
  expect((report.metrics as { r2: number }).r2).toBeGreaterThan(0.85);
  const pieces: string[] = [];
  await resultOf(place.models.predictFile(id, source), ({ csv: piece }) => pieces.push(piece));
  const last = rows.slice(-6).map(([day, group, level]) => ({ day: String(day), place: String(group), level: Number(level) }));
  const answers = await place.models.predict(id, last);
  expect(answers.length).toBe(6);
  const written = pieces.join('').trim().split('\n').at(-1)?.split(',');
  expect(Number(written?.[3])).toBeCloseTo(Number(answers[5].prediction), 4);
});

test('a time series is measured as it comes, in batches, as all at once, and in any order', async () => {
  const rows = seriesRows();
  const head = ['day', 'place', 'level'];
  const dataset = await place.table(csv(head, rows));
  const windows = { time: 'day', group: 'place', columns: ['level'], length: 4, horizon: 3 };
  const { run } = await place.train(dataset, { target: 'level', seed: 1, epochs: 5, device: 'wasm', pipeline: { windows } });
  const id = run.modelId as string;
  const report = (of: (string | number)[][], group?: string) =>
    place.evaluator.evaluate(id, { kind: 'text', name: 'rows.csv', text: csv(head, of) }, group === undefined ? {} : { group });
  const byDay = rows.toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const [inOrder, byGroup, anyhow] = [await report(byDay), await report(rows), await report(new Random(8).shuffle([...rows]))];
  expect(inOrder.rows).toBe(320 - 2 * 3);
  expect(inOrder.leftOut).toBe(2 * 3);
  // The last three days of both places.
  expect(inOrder.warnings).toEqual([expect.objectContaining({ code: 'target-missing-in-rows', place: { column: 'level', row: 315 } })]);
  for (const other of [byGroup, anyhow]) {
    expect(other.rows).toBe(inOrder.rows);
    expect((other.metrics as { rmse: number }).rmse).toBeCloseTo((inOrder.metrics as { rmse: number }).rmse, 9);
  }
  const [north] = (await report(byDay, 'place')).groups ?? [];
  expect(north).toMatchObject({ group: 'north', rows: 157 });
});

test('classes that count the same are found as often, on any device, and a value has none', async () => {
  const random = new Random(4);
  const rows = Array.from({ length: 600 }, () => {
    const rare = random.uniform() < 0.08;
    return [random.normal() + (rare ? 1.3 : 0), random.normal(), rare ? 'rare' : 'usual'];
  });
  const dataset = await place.table(csv(['a', 'b', 'kind'], rows));
  const recalled = async (pipeline: PipelineSpec): Promise<number> => {
    const { run } = await place.train(dataset, { target: 'kind', seed: 1, preset: 'linear', epochs: 30, device: 'wasm', pipeline });
    const { counts } = run.confusion as { counts: number[][] };
    return counts[0][0] / (counts[0][0] + counts[0][1]);
  };
  const bare = await recalled({});
  expect(await recalled({ classWeights: 'balanced' })).toBeGreaterThan(bare + 0.3);
  expect(await recalled({ classWeights: [{ class: 'rare', weight: 12 }] })).toBeGreaterThan(bare + 0.3);
  const error = await failureOf(place.train(dataset, { target: 'kind', pipeline: { classWeights: [{ class: 'rar', weight: 2 }] } }));
  expect(error).toMatchObject({ name: 'InputError', code: 'unknown-class' });
  const value = await failureOf(place.train(dataset, { target: 'a', pipeline: { classWeights: 'balanced' } }));
  expect(value).toMatchObject({ name: 'InputError', code: 'weights-need-classes' });
});

test('augmented pictures give another curve, and the same one again', async () => {
  const dataset = await place.pictures(stripedFolder(40));
  const curve = async (pipeline?: PipelineSpec) => {
    const { run } = await place.train(dataset, {
      target: 'label',
      seed: 2,
      epochs: 2,
      preset: 'linear',
      device: 'wasm',
      ...(pipeline ? { pipeline } : {}),
    });
    return run.curve.map(({ trainingLoss }) => trainingLoss);
  };
  const pipeline: PipelineSpec = {
    types: [{ type: 'picture', step: { as: 'picture', augment: { flip: true, shift: 0.1, rotate: 15, brightness: 0.1, crop: 0.2 } } }],
  };
  const first = await curve(pipeline);
  expect(await curve(pipeline)).toEqual(first);
  expect(await curve()).not.toEqual(first);
});

test.each<[string, string, PipelineSpec]>([
  ['a column that is not there', 'missing-column', { columns: [{ column: 'sepal_lenght', step: { as: 'number' } }] }],
  ['a step that cannot read it', 'step-misfit', { columns: [{ column: 'sepal_length', step: { as: 'picture' } }] }],
  ['an expression that cannot be read', 'expression-syntax', { derive: [{ name: 'x', expression: 'sepal_length *' }] }],
  ['an expression of what is to be learnt', 'target-in-expression', { derive: [{ name: 'x', expression: 'length(species)' }] }],
  ['windows without their time', 'missing-column', { windows: { time: 'day', columns: ['sepal_length'], length: 3, horizon: 1 } }],
  ['a step that there is not', 'invalid-training-spec', { columns: [{ column: 'sepal_length', step: { as: 'magic' as 'number' } }] }],
])('%s is refused', async (_, code, pipeline) => {
  const dataset = await place.builtin('iris');
  const error = await failureOf(place.train(dataset, { target: 'species', pipeline }));
  expect(error).toMatchObject({ name: 'InputError', code });
});
