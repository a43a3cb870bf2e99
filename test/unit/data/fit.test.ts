/** Fitting chunk by chunk: the same as at once while it fits, within the stated bounds beyond; and pipelines of earlier versions. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import { textColumn } from '../../../src/data/columns/text.js';
import { fitPipeline, PipelineFitter } from '../../../src/data/fit.js';
import { transformInputs } from '../../../src/data/pipeline.js';
import type { FitLimits } from '../../../src/data/steps/fitter.js';
import type { Table } from '../../../src/data/table.js';
import { sliceChunk } from '../../../src/data/whole.js';
import type { Field } from '../../../src/spec/field.js';
import type { FieldType } from '../../../src/spec/field-type.js';
import { currentPipeline } from '../../../src/spec/migrate-pipeline.js';
import type { FittedPipeline } from '../../../src/spec/pipeline.js';
import type { PipelineSpec } from '../../../src/spec/pipeline-spec.js';

const field = (name: string, type: FieldType): Field => ({ name, type, missing: 0, distinct: 5, reason: '' });
const fields = [
  field('even', 'number'),
  field('tail', 'number'),
  field('when', 'datetime'),
  field('place', 'category'),
  field('grade', 'category'),
  field('y', 'number'),
];
const spec: PipelineSpec = {
  columns: [
    { column: 'when', step: { as: 'date' } },
    { column: 'place', step: { as: 'target' } },
    { column: 'grade', step: { as: 'ordinal' } },
  ],
};

function made(rows: number): Table {
  const random = new Random(3);
  const numbers = (make: () => number) => ({
    kind: 'number' as const,
    values: Float64Array.from({ length: rows }, () => (random.uniform() < 0.1 ? NaN : make())),
  });
  const texts = (most: number) =>
    textColumn(Array.from({ length: rows }, () => (random.uniform() < 0.1 ? undefined : `t${random.integer(most)}`)));
  return {
    rows,
    names: fields.map(({ name }) => name),
    columns: [
      numbers(() => random.normal()),
      numbers(() => 1 / (random.uniform() + 1e-4)),
      numbers(() => Math.floor(random.uniform() * 1e12)),
      texts(9),
      texts(4),
      numbers(() => random.normal() * 3 + 100),
    ],
  };
}

/** Every fourth row does not train. */
const trains = (row: number): boolean => row % 4 !== 1;

function fitInChunks(table: Table, size: number, limits?: FitLimits): FittedPipeline {
  const fitter = new PipelineFitter({ fields, target: 'y', task: 'regression', pipeline: spec, seed: 7 }, limits);
  for (let from = 0; from < table.rows; from += size) {
    const to = Math.min(table.rows, from + size);
    const rows = Uint32Array.from({ length: to - from }, (_, row) => row).filter((row) => trains(from + row));
    fitter.add({ names: table.names, ...sliceChunk(table, from, to) }, rows);
  }
  return fitter.finish();
}

const trainingRows = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, row) => row).filter(trains);

test.each([1, 37, 400, 5000])('chunks of %i rows give the pipeline that the whole table gives, to the bit', (size) => {
  const table = made(size === 1 ? 150 : 2500);
  const whole = fitPipeline({
    table,
    fields,
    target: 'y',
    task: 'regression',
    rows: trainingRows(table.rows),
    pipeline: spec,
    seed: 7,
  });
  expect(fitInChunks(table, size)).toEqual(whole);
});

test('a chunk is transformed as the whole table is, in training and after', () => {
  const table = made(900);
  const pipeline = fitInChunks(table, 200);
  for (const training of [true, false]) {
    const whole = transformInputs(pipeline, table, Uint32Array.of(650, 400, 899), { training });
    const part = { names: table.names, ...sliceChunk(table, 400, 900) };
    expect(transformInputs(pipeline, part, Uint32Array.of(250, 0, 499), { training, firstRow: 400 })).toEqual(whole);
  }
});

test('beyond the limits means and deviations stay what they are, and medians keep to the bound', () => {
  const table = made(40_000);
  const whole = fitInChunks(table, 40_000);
  const limited = fitInChunks(table, 4096, { values: 4096, texts: 1000 });
  expect(fitInChunks(table, 777, { values: 4096, texts: 1000 })).toEqual(limited);
  for (const index of [0, 1]) {
    const [one, other] = [whole.steps[index], limited.steps[index]];
    if (one.kind !== 'number' || other.kind !== 'number') throw new Error('expected numbers');
    expect(other.transform).toBe(one.transform);
    const { values } = table.columns[index] as { values: Float64Array };
    const present = values.filter((value, row) => trains(row) && !Number.isNaN(value));
    const below = present.filter((value) => value < other.fill).length / present.length;
    expect(Math.abs(below - 0.5)).toBeLessThan(Math.sqrt(7.3 / 4096));
    // The filled-in median differs a little, and with it what a tenth of the rows adds to the mean.
    expect(Math.abs(other.centre - one.centre)).toBeLessThan(0.01);
    expect(other.scale / one.scale).toBeCloseTo(1, 2);
  }
  expect(limited.steps.slice(3)).toEqual(whole.steps.slice(3));
});

test('a pipeline of version 1 is read as what it meant', () => {
  const stored = JSON.parse(readFileSync(new URL('../../golden/pipeline/version-1.json', import.meta.url), 'utf8')) as { version: number };
  const pipeline = currentPipeline(stored);
  expect(pipeline).toMatchObject({ version: 2, reads: ['bill_length_mm', 'island'], derived: [], inputs: 5 });
  const table: Table = {
    rows: 2,
    names: ['island', 'bill_length_mm'],
    columns: [textColumn(['Dream', undefined]), { kind: 'number', values: Float64Array.of(49.3, NaN) }],
  };
  const expected = [(49.3 - 43.9) / 5.4, 0, 0, 1, 0, (44.5 - 43.9) / 5.4, 1, 0, 0, 1];
  expect(transformInputs(pipeline, table, Uint32Array.of(0, 1))).toEqual(Float32Array.from(expected));
  expect(currentPipeline(pipeline)).toBe(pipeline);
  expect(() => currentPipeline({ version: 3 })).toThrow(expect.objectContaining({ code: 'invalid-pipeline' }));
});
