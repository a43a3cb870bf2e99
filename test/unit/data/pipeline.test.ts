/** The pipeline against scikit-learn, and that nothing outside the training rows is looked at. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textColumn } from '../../../src/data/columns/text.js';
import { type FitRequest, fitPipeline } from '../../../src/data/fit.js';
import { restoreTarget, transformInputs, transformTarget } from '../../../src/data/pipeline.js';
import { moments } from '../../../src/data/steps/moments.js';
import type { Column, Table } from '../../../src/data/table.js';
import type { Field } from '../../../src/spec/field.js';
import type { FieldType } from '../../../src/spec/field-type.js';
import { FittedPipeline } from '../../../src/spec/pipeline.js';
import { golden } from './json.js';

const field = (name: string, type: FieldType): Field => ({ name, type, missing: 0, distinct: 5, reason: '' });
const number = (values: readonly (number | null)[]): Column => ({
  kind: 'number',
  values: Float64Array.from(values, (value) => value ?? NaN),
});
const text = (values: readonly (string | null)[]): Column => textColumn(values.map((value) => value ?? undefined));

const tableOf = (columns: Record<string, Column>, rows: number): Table => ({
  names: Object.keys(columns),
  columns: Object.values(columns),
  rows,
});
const allRows = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, row) => row);

interface Golden {
  numbers: (number | null)[][];
  categories: string[];
  training: number[];
  fill: number[];
  mean: number[];
  deviation: number[];
  scaled: number[][];
  vocabulary: string[];
  oneHot: number[][];
}

test('imputed, standardised and one-hot values are those of scikit-learn', () => {
  const expected = golden<Golden>('preprocessing.json');
  const columns = {
    a: number(expected.numbers.map((row) => row[0])),
    b: number(expected.numbers.map((row) => row[1])),
    c: number(expected.numbers.map((row) => row[2])),
    colour: text(expected.categories),
    y: number(expected.categories.map((_, row) => row)),
  };
  const table = tableOf(columns, expected.categories.length);
  const fields = [field('a', 'number'), field('b', 'number'), field('c', 'number'), field('colour', 'category'), field('y', 'number')];
  const pipeline = fitPipeline({ table, fields, target: 'y', task: 'regression', rows: Uint32Array.from(expected.training) });
  expect(FittedPipeline.parse(pipeline)).toEqual(pipeline);
  const numbers = pipeline.steps.filter((step) => step.kind === 'number');
  expect(numbers.map((step) => step.indicator)).toEqual([true, true, false]);
  numbers.forEach((step, index) => {
    expect(step.fill).toBe(expected.fill[index]);
    expect(step.centre / expected.mean[index]).toBeCloseTo(1, 12);
    expect(step.scale / expected.deviation[index]).toBeCloseTo(1, 10);
  });
  expect(pipeline.steps[3]).toMatchObject({ categories: expected.vocabulary, other: false });
  const inputs = transformInputs(pipeline, table, allRows(table.rows));
  expect(pipeline.inputs).toBe(3 + 2 + expected.vocabulary.length);
  expected.scaled.forEach((row, index) => {
    const [a, aMissing, b, bMissing, c, ...oneHot] = inputs.subarray(index * pipeline.inputs, (index + 1) * pipeline.inputs);
    for (const [column, value] of [a, b, c].entries()) expect(value).toBeCloseTo(row[column], 5);
    expect([aMissing, bMissing]).toEqual(expected.numbers[index].slice(0, 2).map((value) => (value === null ? 1 : 0)));
    expect(oneHot).toEqual(expected.oneHot[index]);
  });
});

const cellNumber = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { freq: 8 });
const cellText = fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { freq: 8 });
const row = fc.tuple(cellNumber, cellText, cellNumber, cellText, fc.double({ min: -9, max: 9, noNaN: true }));

test('changing rows outside the training rows changes nothing in the fitted pipeline', () => {
  const fields = [field('n', 'number'), field('c', 'category'), field('m', 'datetime'), field('b', 'boolean'), field('y', 'number')];
  const tableFrom = (rows: readonly (readonly [number | null, string | null, number | null, string | null, number])[]): Table =>
    tableOf(
      {
        n: number(rows.map((each) => each[0])),
        c: text(rows.map((each) => each[1])),
        m: number(rows.map((each) => each[2])),
        b: text(rows.map((each) => each[3])),
        y: number(rows.map((each) => each[4])),
      },
      rows.length,
    );
  const fitted = (table: Table, task: FitRequest['task'], rows: Uint32Array): unknown => {
    try {
      return fitPipeline({ table, fields, target: task === 'regression' ? 'y' : 'c', task, rows });
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 8, maxLength: 30 }),
      fc.array(row, { minLength: 30, maxLength: 30 }),
      fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
      (rows, others, isTraining) => {
        const training = Uint32Array.from(rows.keys()).filter((index) => isTraining[index]);
        const changed = rows.map((each, index) => (isTraining[index] ? each : others[index]));
        // Shuffled dictionaries, too: the order in which texts appear outside training must not matter.
        for (const task of ['regression', 'classification'] as const)
          expect(fitted(tableFrom(changed), task, training)).toEqual(fitted(tableFrom(rows), task, training));
      },
    ),
  );
});

test('a long tail is compressed, and only then', () => {
  const values = golden<{ values: number[]; skewness: number }>('profile.json');
  expect(moments(values.values).skewness).toBeCloseTo(values.skewness, 9);
  const even = values.values.map((_, index) => index);
  const table = tableOf({ tail: number(values.values), even: number(even), y: number(even) }, even.length);
  const pipeline = fitPipeline({
    table,
    fields: ['tail', 'even', 'y'].map((name) => field(name, 'number')),
    target: 'y',
    task: 'regression',
    rows: allRows(table.rows),
  });
  expect(pipeline.steps).toMatchObject([{ transform: 'signed-log' }, { transform: 'none' }]);
  const inputs = transformInputs(pipeline, table, allRows(table.rows));
  const tail = Float64Array.from(even, (index) => inputs[2 * index]);
  expect(moments(tail).mean).toBeCloseTo(0, 5);
  expect(moments(tail).deviation).toBeCloseTo(1, 5);
});

test('a value far beyond those of training is kept within eight deviations', () => {
  const table = tableOf(
    {
      a: number([...Array.from({ length: 20 }, (_, index) => index % 5), 1e12, -1e12]),
      y: number(Array.from({ length: 22 }, (_, index) => index)),
    },
    22,
  );
  const pipeline = fitPipeline({
    table,
    fields: [field('a', 'number'), field('y', 'number')],
    target: 'y',
    task: 'regression',
    rows: allRows(20),
  });
  expect(Array.from(transformInputs(pipeline, table, Uint32Array.of(20, 21)))).toEqual([8, -8]);
});

test('rare, missing and unseen categories share the last input; without them in training they set none', () => {
  const seen = ['a', 'a', 'a', 'b', 'b', 'b', 'rare', null, 'unseen'];
  const y = number(seen.map((_, index) => index));
  const table = tableOf({ c: text(seen), y }, seen.length);
  const fields = [field('c', 'category'), field('y', 'number')];
  const withOther = fitPipeline({ table, fields, target: 'y', task: 'regression', rows: allRows(8) });
  expect(withOther).toMatchObject({ inputs: 3, steps: [{ categories: ['a', 'b'], other: true }] });
  expect(Array.from(transformInputs(withOther, table, Uint32Array.of(0, 6, 7, 8)))).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1]);
  const without = fitPipeline({ table, fields, target: 'y', task: 'regression', rows: allRows(6) });
  expect(Array.from(transformInputs(without, table, Uint32Array.of(0, 8)))).toEqual([1, 0, 0, 0]);
});

test('columns that cannot be learnt from are left out with a reason, and none left is an error', () => {
  const columns = {
    id: text(['r', 's', 't', 'u']),
    note: text(['x', 'y', 'z', 'w']),
    same: number([1, 1, 1, 1]),
    only: text(['k', 'k', 'k', 'k']),
    skip: number([1, 2, 3, 4]),
    none: number([null, null, null, null]),
    y: number([1, 2, 3, 4]),
  };
  const table = tableOf(columns, 4);
  const fields = [
    field('id', 'identifier'),
    field('note', 'text'),
    field('same', 'number'),
    field('only', 'category'),
    field('skip', 'number'),
    field('none', 'number'),
    field('y', 'number'),
  ];
  const request: FitRequest = { table, fields, target: 'y', task: 'regression', rows: allRows(4), ignore: ['skip'] };
  expect(() => fitPipeline(request)).toThrow(
    expect.objectContaining({ code: 'no-inputs', advice: expect.stringContaining('"same" (It is 1 in every training row.)') as string }),
  );
  const { ignored, steps } = fitPipeline({ ...request, ignore: [] });
  expect(steps.map((step) => step.column)).toEqual(['skip']);
  expect(ignored.map(({ column }) => column)).toEqual(['id', 'note', 'same', 'only', 'none']);
});

test('classes are those of the training rows, numbers by size; others are −1', () => {
  const table = tableOf({ a: number([1, 2, 3, 4, 5]), y: number([10, 9, 2, 10, null]), z: text(['b', 'a', 'b', 'c', null]) }, 5);
  const fields = [field('a', 'number'), field('y', 'integer'), field('z', 'category')];
  const byNumber = fitPipeline({ table, fields, target: 'y', task: 'classification', rows: allRows(3), ignore: ['z'] });
  expect(byNumber.target).toEqual({ kind: 'classes', column: 'y', classes: ['2', '9', '10'] });
  expect(Array.from(transformTarget(byNumber, table, allRows(5)))).toEqual([2, 1, 0, 2, -1]);
  const byText = fitPipeline({ table, fields, target: 'z', task: 'classification', rows: allRows(3), ignore: ['y'] });
  expect(Array.from(transformTarget(byText, table, allRows(5)))).toEqual([1, 0, 1, -1, -1]);
});

test('scaled target values are restored', () => {
  const values = golden<{ values: number[] }>('profile.json').values;
  const table = tableOf({ a: number(values.map((_, index) => index)), y: number(values) }, values.length);
  const pipeline = fitPipeline({
    table,
    fields: [field('a', 'number'), field('y', 'number')],
    target: 'y',
    task: 'regression',
    rows: allRows(values.length),
  });
  expect(pipeline.target).toMatchObject({ kind: 'value', transform: 'signed-log' });
  const restored = restoreTarget(pipeline, transformTarget(pipeline, table, allRows(values.length)));
  for (const [index, value] of values.entries()) expect(Math.abs(restored[index] - value)).toBeLessThan(1e-5 * (1 + value));
  expect(restoreTarget(pipeline, [1e30]).every(Number.isFinite)).toBe(true);
});

test('a column that another file holds as text, or as numbers, means the same', () => {
  const table = tableOf({ a: number([1, 2, 3, 2, 1, 3]), c: text(['1', '2', '1', '2', '1', '2']), y: number([1, 2, 3, 4, 5, 6]) }, 6);
  const fields = [field('a', 'number'), field('c', 'category'), field('y', 'number')];
  const pipeline = fitPipeline({ table, fields, target: 'y', task: 'regression', rows: allRows(6) });
  const swapped = tableOf({ c: number([1, 2, 1, 2, 1, 2]), a: text(['1', '2', '3', '2', '1', '3']) }, 6);
  expect(transformInputs(pipeline, swapped, allRows(6))).toEqual(transformInputs(pipeline, table, allRows(6)));
  expect(() => transformInputs(pipeline, tableOf({ a: text(['1', 'x']), c: number([1, 2]) }, 2), allRows(2))).toThrow(
    expect.objectContaining({ code: 'not-a-number', place: { column: 'a', row: 2 } }),
  );
  expect(() => transformInputs(pipeline, tableOf({ a: number([1]) }, 1), allRows(1))).toThrow(
    expect.objectContaining({ code: 'missing-column', place: { column: 'c' } }),
  );
});
