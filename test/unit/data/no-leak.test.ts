/** That nothing outside the training rows is learnt from, for every step; that rows stand alone; that no row's own target is in its inputs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textColumn } from '../../../src/data/columns/text.js';
import { fitPipeline } from '../../../src/data/fit.js';
import { transformInputs } from '../../../src/data/pipeline.js';
import type { Column, Table } from '../../../src/data/table.js';
import type { FieldType } from '../../../src/spec/field-type.js';
import type { FittedPipeline } from '../../../src/spec/pipeline.js';
import type { ColumnStep } from '../../../src/spec/pipeline-spec.js';
import type { Task } from '../../../src/spec/task.js';

const numeric: ColumnStep[] = [
  ...(['standard', 'robust', 'min-max', 'none'] as const).map((scale): ColumnStep => ({ as: 'number', scale })),
  ...(['mean', 'most-frequent', 3] as const).map((impute): ColumnStep => ({ as: 'number', impute, transform: 'signed-log' })),
  { as: 'date' },
  { as: 'one-hot', fewest: 1 },
];
const textual: ColumnStep[] = [
  { as: 'one-hot', fewest: 2, most: 3 },
  { as: 'one-hot', impute: 'most-frequent' },
  { as: 'embedding' },
  { as: 'embedding', fewest: 1, most: 2 },
  { as: 'ordinal' },
  { as: 'hashing', features: 4 },
  { as: 'target', folds: 3, smoothing: 2 },
  { as: 'words', fewest: 1, ngrams: 2, mostShare: 0.8 },
  { as: 'words', fewest: 1, associated: true, atLeast: 2 },
  { as: 'hashed-words', features: 8 },
  { as: 'tokens', fewest: 1, length: 3 },
  { as: 'tokens', most: 2 },
];

const number = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { freq: 6, nil: undefined });
const text = fc.option(fc.constantFrom('a', 'b', 'c', 'a b', 'B c d', 'zebra', '東京'), { freq: 6, nil: undefined });
interface Row {
  number: number | undefined;
  text: string | undefined;
  class: string;
  value: number;
}
const row: fc.Arbitrary<Row> = fc.record({
  number,
  text,
  class: fc.constantFrom('yes', 'no', 'maybe'),
  value: fc.double({ min: -9, max: 9, noNaN: true }),
});

function tableOf(rows: readonly Row[], step: ColumnStep): Table {
  const isText = textual.includes(step);
  const values: Column = isText
    ? textColumn(rows.map((each) => each.text))
    : { kind: 'number', values: Float64Array.from(rows, (each) => each.number ?? Number.NaN) };
  return {
    rows: rows.length,
    names: ['x', 'class', 'value', 'alike'],
    columns: [
      values,
      textColumn(rows.map((each) => each.class)),
      { kind: 'number', values: Float64Array.from(rows, (each) => each.value) },
      { kind: 'number', values: Float64Array.from(rows, (_, index) => index) },
    ],
  };
}

function fitted(rows: readonly Row[], step: ColumnStep, training: Uint32Array, task: Task): FittedPipeline | string {
  const field = (name: string, type: FieldType) => ({ name, type, missing: 0, distinct: 5, reason: '' });
  try {
    return fitPipeline({
      table: tableOf(rows, step),
      fields: [
        field('x', textual.includes(step) ? 'category' : step.as === 'date' ? 'datetime' : 'number'),
        field('class', 'category'),
        field('value', 'number'),
        field('alike', 'number'),
      ],
      target: task === 'classification' ? 'class' : 'value',
      task,
      rows: training,
      pipeline: {
        columns: [{ column: 'x', step }],
        select: ['x', 'more'],
        derive: [{ name: 'more', expression: 'alike % 3 + if(isMissing(x), 1, 0)' }],
      },
      seed: 5,
    });
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const tasks = ['classification', 'regression'] as const;
const steps = [...numeric, ...textual];

test.each(steps)('%o: changing rows that do not train, in any way, changes nothing that was fitted', (step) => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 6, maxLength: 24 }),
      fc.array(row, { minLength: 24, maxLength: 24 }),
      fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
      (rows, others, trains) => {
        const training = Uint32Array.from(rows.keys()).filter((index) => trains[index]);
        const changed = rows.map((each, index) => (trains[index] ? each : others[index]));
        for (const task of tasks) expect(fitted(changed, step, training, task)).toEqual(fitted(rows, step, training, task));
      },
    ),
    { numRuns: 40 },
  );
});

test.each(steps)('%o: what a row becomes depends on no other row', (step) => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 12, maxLength: 24 }),
      fc.array(row, { minLength: 24, maxLength: 24 }),
      fc.nat(11),
      (rows, others, place) => {
        const pipeline = fitted(
          rows,
          step,
          Uint32Array.from(rows.keys()).filter((index) => index % 3 !== 0),
          'regression',
        );
        if (typeof pipeline === 'string') return;
        const alone = rows.map((each, index) => (index === place ? each : others[index]));
        const one = Uint32Array.of(place);
        expect(transformInputs(pipeline, tableOf(alone, step), one)).toEqual(transformInputs(pipeline, tableOf(rows, step), one));
        const many = transformInputs(pipeline, tableOf(rows, step), Uint32Array.of(11, place, 0));
        expect(many.subarray(pipeline.inputs, 2 * pipeline.inputs)).toEqual(transformInputs(pipeline, tableOf(rows, step), one));
      },
    ),
    { numRuns: 30 },
  );
});

test("target means: a training row's own target changes nothing in its own inputs, and does change others'", () => {
  const step = textual.find(({ as }) => as === 'target') as ColumnStep;
  let others = 0;
  fc.assert(
    fc.property(fc.array(row, { minLength: 12, maxLength: 24 }), fc.nat(11), row, (rows, place, other) => {
      // All classes occur in every fold's own rest, so that which there are does not hang on one row.
      const base = [
        ...rows,
        ...Array.from(
          { length: 12 },
          (_, index): Row => ({ number: 1, text: 'a', class: ['yes', 'no', 'maybe'][index % 3], value: index }),
        ),
      ];
      const changed = base.with(place, { ...base[place], class: other.class, value: other.value });
      const training = Uint32Array.from(base.keys());
      for (const task of tasks) {
        const [before, after] = [fitted(base, step, training, task), fitted(changed, step, training, task)];
        if (typeof before === 'string' || typeof after === 'string') throw new Error('expected a pipeline');
        const inputs = (pipeline: FittedPipeline, rows: Uint32Array) =>
          transformInputs(pipeline, tableOf(base, step), rows, { training: true });
        expect(inputs(after, Uint32Array.of(place))).toEqual(inputs(before, Uint32Array.of(place)));
        if (String(inputs(after, training)) !== String(inputs(before, training))) others++;
      }
    }),
    { numRuns: 60 },
  );
  expect(others).toBeGreaterThan(20);
});
