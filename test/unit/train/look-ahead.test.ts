/** No look-ahead: whatever a value becomes, nothing that was decided, fitted, put in or told before its time changes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import { textColumn } from '../../../src/data/columns/text.js';
import { transformInputs } from '../../../src/data/pipeline.js';
import type { Table } from '../../../src/data/table.js';
import type { DatasetRecord } from '../../../src/spec/dataset.js';
import type { Field } from '../../../src/spec/field.js';
import type { TrainingSpec } from '../../../src/spec/training.js';
import { divide } from '../../../src/train/division.js';
import { fitSubject, prepare, subjectOf } from '../../../src/train/prepare.js';

const days = 90;
const shops = 2;
const fields = (['day', 'shop', 'sold', 'heat'] as const).map(
  (name): Field => ({
    name,
    type: name === 'shop' ? 'category' : name === 'day' ? 'datetime' : 'number',
    missing: 0,
    distinct: 50,
    reason: '',
  }),
);
const record = { name: 'shops', fields, rows: days * shops, chunks: [] } as unknown as DatasetRecord;
const spec: TrainingSpec = { target: 'sold', task: 'forecast', forecast: { group: 'shop', horizon: 2 } };

function made(change: { row: number; sold: number; heat: number } | undefined): Table {
  const random = new Random(4);
  const rows = Array.from({ length: days * shops }, (_, row) => row);
  const sold = Float64Array.from(rows, (row) => 50 + 20 * (row % shops) + [5, 1, 0, 2, 4, -6, -7][(row >> 1) % 7] + random.normal());
  const heat = Float64Array.from(rows, () => random.normal());
  if (change) {
    sold[change.row] = change.sold;
    heat[change.row] = change.heat;
  }
  return {
    rows: rows.length,
    names: ['day', 'shop', 'sold', 'heat'],
    columns: [
      { kind: 'number', values: Float64Array.from(rows, (row) => Date.UTC(2024, 0, 1 + (row >> 1))) },
      textColumn(rows.map((row) => (row % shops ? 'a' : 'b'))),
      { kind: 'number', values: sold },
      { kind: 'number', values: heat },
    ],
  };
}

async function seenBefore(table: Table, day: number) {
  const subject = subjectOf({ record, table }, spec, 1);
  const parts = divide(subject, subject.split);
  const { parts: fitted, pipeline } = await fitSubject(subject, parts);
  const earlier = Uint32Array.from({ length: day * shops }, (_, row) => row);
  const prepared = await prepare(subject, parts);
  return { subject, fitted, pipeline, inputs: transformInputs(pipeline, subject.table, earlier), prepared };
}

test('a value changes nothing of what is told before it is known', async () => {
  const before = made(undefined);
  const whole = await seenBefore(before, days);
  const firstTest = Math.min(...Array.from(whole.fitted.test, (row) => row >> 1));
  expect(firstTest).toBeLessThan(days - 10);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: shops * firstTest, max: days * shops - 1 }),
      fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      async (row, sold, heat) => {
        const day = row >> 1;
        const [one, other] = [await seenBefore(before, day), await seenBefore(made({ row, sold, heat }), day)];
        expect(other.subject.spec).toEqual(one.subject.spec);
        expect(other.subject.forecast).toEqual(one.subject.forecast);
        expect(other.fitted).toEqual(one.fitted);
        expect(other.pipeline).toEqual(one.pipeline);
        expect(other.inputs).toEqual(one.inputs);
        // What is learnt and what chooses the best weights, too.
        expect(other.prepared.trivial).toEqual(one.prepared.trivial);
        expect(other.prepared.validation.examples.targets).toEqual(one.prepared.validation.examples.targets);
      },
    ),
    { numRuns: 25 },
  );
});

test('no part has learnt a value that a later part is asked about', async () => {
  const { fitted, subject } = await seenBefore(made(undefined), days);
  const last = (rows: Uint32Array): number => Math.max(...Array.from(rows, (row) => row >> 1));
  const first = (rows: Uint32Array): number => Math.min(...Array.from(rows, (row) => row >> 1));
  const horizon = subject.spec.pipeline?.windows?.horizon as number;
  expect(last(fitted.training) + horizon).toBeLessThan(first(fitted.validation));
  expect(last(fitted.validation) + horizon).toBeLessThan(first(fitted.test));
});
