/** What cannot be trained on is refused before anything is kept, with the place and the remedy. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import type { TrainingSpec } from '../../../src/spec/training.js';
import type { TrainingRequest } from '../../../src/train/trainer.js';
import { failureOf, workplace } from './workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

/** A table of 40 rows: x counts, the other columns are as given. */
const table = (columns: Record<string, (row: number) => string | number>): string => {
  const names = Object.keys(columns);
  const rows = Array.from({ length: 40 }, (_, row) => [row / 4, ...names.map((name) => columns[name](row))].join(','));
  return `x,${names.join(',')}\n${rows.join('\n')}\n`;
};

const classes = (row: number): string => (row % 3 === 0 ? 'yes' : 'no');

test.each<[string, string, Record<string, (row: number) => string | number>, TrainingSpec, Record<string, unknown>]>([
  ['a target that is not there', 'target-missing', { label: classes }, { target: 'lable' }, { column: 'lable' }],
  ['a constant target', 'target-constant', { price: () => 7.5 }, { target: 'price' }, { column: 'price' }],
  ['one class', 'one-class', { label: () => 'same' }, { target: 'label' }, { column: 'label' }],
  [
    'one class among those that train',
    'one-class',
    { label: (row) => (row < 38 ? 'a' : 'b'), day: (row) => row + 0.5 },
    { target: 'label', split: { time: 'day' } },
    { column: 'label' },
  ],
  ['no column to learn from', 'no-inputs', { label: classes }, { target: 'label', ignore: ['x'] }, { column: 'label' }],
  ['a column to leave out that is not there', 'missing-column', { label: classes }, { target: 'label', ignore: ['z'] }, { column: 'z' }],
  ['the target left out', 'target-left-out', { label: classes }, { target: 'label', ignore: ['label'] }, { column: 'label' }],
  [
    'no validation rows',
    'no-validation-rows',
    { label: classes },
    { target: 'label', split: { validation: 0 } },
    { field: 'split.validation' },
  ],
  [
    'shares that leave nothing to train on',
    'split-impossible',
    { label: classes },
    { target: 'label', split: { validation: 0.5, test: 0.5 } },
    {},
  ],
  [
    'a learning rate that is none',
    'invalid-training-spec',
    { label: classes },
    { target: 'label', learningRate: -1 },
    { field: 'learningRate' },
  ],
])('%s', async (_, code, columns, spec, where) => {
  const dataset = await place.table(table(columns));
  const error = await failureOf(place.train(dataset, spec));
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ code, place: where });
  expect((error as InputError).advice).not.toBe('');
  expect(await place.trainer.runs()).toEqual([]);
});

const requests: [unknown, string][] = [
  [undefined, ''],
  ['iris', ''],
  [{}, 'dataset'],
  [{ dataset: 'iris', spec: { target: 'y' }, resume: 7 }, 'resume'],
];

test.each(requests)('%j is no request', async (request, field) => {
  const refusal = { name: 'InputError', code: 'invalid-training-request', place: { field } };
  expect(await failureOf(place.trainer.train(request as TrainingRequest).next())).toMatchObject(refusal);
  expect(await failureOf(place.trainer.crossValidate(request as TrainingRequest, 3).next())).toMatchObject(refusal);
});

test('a dataset that is not there, or was deleted', async () => {
  const dataset = await place.table(table({ label: classes }));
  await place.store.commit({ put: [{ ...dataset, deleted: 1 }] });
  expect(await failureOf(place.train(dataset, { target: 'label' }))).toMatchObject({
    code: 'unknown-dataset',
    place: { dataset: dataset.id },
  });
});

test('groups stay together and, like times, are not learnt from', async () => {
  const dataset = await place.table(table({ label: classes, family: (row) => `f${Math.floor(row / 4)}` }));
  const { run } = await place.train(dataset, { target: 'label', split: { group: 'family' }, epochs: 1 });
  expect(run.split).toMatchObject({ group: 'family', validation: 0.15, test: 0.2 });
  expect(run.pipeline.steps.map(({ column }) => column)).toEqual(['x']);
  expect(run.rows.test % 4).toBe(0);
  expect(run.rows.validation % 4).toBe(0);
});

test('a test dataset of its own: all other rows train and validate; a wrong one is refused before training', async () => {
  const dataset = await place.table(table({ label: classes }));
  const held = await place.table(`label,x\nyes,0\nno,1\nno,2\n,3\nyes,4\nnever-seen,5\n`, 'held.csv');
  const { run } = await place.train(dataset, { target: 'label', epochs: 2 }, { testDataset: held.id });
  expect(run.rows).toEqual({ training: 34, validation: 6, test: 5 });
  expect(run.confusion?.counts.flat().reduce((sum, count) => sum + count)).toBe(5);
  expect(run.confusion?.classes).toContain('(not in the training rows)');

  const narrow = await place.table('label\nyes\nno\n', 'narrow.csv');
  expect(await failureOf(place.train(dataset, { target: 'label' }, { testDataset: narrow.id }))).toMatchObject({
    code: 'test-columns',
    place: { dataset: 'narrow', column: 'x' },
  });
  const wrong = await place.table('label,x\nyes,0\nno,much\n', 'wrong.csv');
  expect(await failureOf(place.train(dataset, { target: 'label' }, { testDataset: wrong.id }))).toMatchObject({
    code: 'not-a-number',
    place: { column: 'x' },
  });
});

test('without test rows the figures are those of validation, and it is said', async () => {
  const { run } = await place.train(await place.table(table({ label: classes })), { target: 'label', split: { test: 0 }, epochs: 2 });
  expect(run.rows).toEqual({ training: 34, validation: 6, test: 0 });
  expect(run.scores?.test).toEqual(run.scores?.validation);
  expect(run.warnings).toContainEqual(expect.objectContaining({ code: 'no-test-rows' }));
});

test('a model that is no better than knowing nothing says so', async () => {
  const coin = (row: number): string => ('0110100110010110100101100110100110010110'[row] === '1' ? 'heads' : 'tails');
  const { run } = await place.train(await place.table(table({ side: coin })), {
    target: 'side',
    preset: 'linear',
    epochs: 1,
    learningRate: 1e-6,
  });
  expect(run.warnings).toContainEqual(expect.objectContaining({ code: 'no-better-than-baseline' }));
});

test('a preset linear is beside itself; layers of one’s own are used as they are', async () => {
  const dataset = await place.table(table({ label: classes }));
  const linear = (await place.train(dataset, { target: 'label', preset: 'linear', epochs: 2, batchSize: 7 })).run;
  expect(linear).toMatchObject({ preset: 'linear', epochs: 2, batchSize: 7, parameters: 4 });
  expect(linear.curve.length).toBe(2);
  expect(linear.linear).toEqual(linear.scores);
  const own = (await place.train(dataset, { target: 'label', layers: [{ kind: 'dense', units: 5, activation: 'tanh' }], epochs: 2 })).run;
  expect(own).toMatchObject({
    preset: 'custom',
    model: {
      inputs: 1,
      layers: [
        { kind: 'dense', units: 5, activation: 'tanh' },
        { kind: 'dense', units: 2, activation: 'linear' },
      ],
    },
  });
});
