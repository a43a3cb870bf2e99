/** Pixels as a network's inputs: normalised by what the training rows show, one row at a time. */
import { expect, test } from 'vitest';
import { textColumn } from '../../../src/data/columns/text.js';
import { fitPipeline } from '../../../src/data/fit.js';
import { wholeInputs } from '../../../src/data/inputs.js';
import { pictureStep, transformInputs, transformRows } from '../../../src/data/pipeline.js';
import type { PictureColumn, Table } from '../../../src/data/table.js';
import type { Field } from '../../../src/spec/field.js';
import { FittedPipeline } from '../../../src/spec/pipeline.js';

const size = { height: 2, width: 1, channels: 3 } as const;
const fields: Field[] = [
  { name: 'picture', type: 'picture', missing: 0, distinct: 3, reason: '', picture: size },
  { name: 'label', type: 'category', missing: 0, distinct: 2, reason: '' },
  { name: 'note', type: 'category', missing: 0, distinct: 2, reason: '' },
];

function table(pixels: readonly number[]): Table {
  const rows = pixels.length / 6;
  const texts = textColumn(Array.from({ length: rows }, (_, row) => (row % 2 ? 'b' : 'a')));
  const picture: PictureColumn = { kind: 'picture', size, pixels: Uint8Array.from(pixels) };
  return { rows, names: ['picture', 'label', 'note'], columns: [picture, texts, texts] };
}

// Red 0, 255, 51, 204; green 10 everywhere; blue 0, 0, 255, 255. The last row is of the test.
const known = [0, 10, 0, 255, 10, 0, 51, 10, 255, 204, 10, 255];
const fitted = (pixels: readonly number[]): FittedPipeline =>
  fitPipeline({ table: table(pixels), fields, target: 'label', task: 'classification', rows: Uint32Array.of(0, 1) });

test('mean and deviation are those of each channel over the training rows alone', () => {
  const pipeline = fitted([...known, 255, 255, 255, 255, 255, 255]);
  expect(FittedPipeline.parse(pipeline)).toEqual(pipeline);
  expect(pipeline).toEqual(fitted([...known, 0, 0, 0, 1, 2, 3]));
  expect(pipeline).toMatchObject({
    inputs: 6,
    steps: [{ kind: 'picture', column: 'picture', size }],
    ignored: [{ column: 'note', reason: 'The model learns from "picture" alone.' }],
  });
  const step = pictureStep(pipeline);
  const red = [0, 1, 0.2, 0.8];
  expect(step?.mean[0]).toBeCloseTo(0.5, 12);
  expect(step?.deviation[0]).toBeCloseTo(Math.sqrt(red.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / 4), 12);
  // A channel that never changes is divided by 1, not by 0.
  expect([step?.mean[1], step?.deviation[1]]).toEqual([10 / 255, 1]);
  expect([step?.mean[2], step?.deviation[2]]).toEqual([0.5, 0.5]);
});

test('a row is normalised where it is copied to, in the order that was chosen', () => {
  const pipeline = fitted(known);
  const inputs = transformRows(pipeline, table(known), Uint32Array.of(1, 0));
  expect([inputs.rows, inputs.width]).toEqual([2, 6]);
  const target = new Float32Array(8).fill(7);
  inputs.copy(0, target, 1);
  const { mean, deviation } = pictureStep(pipeline) ?? { mean: [], deviation: [] };
  const expected = known.slice(6).map((value, place) => Math.fround((value / 255 - mean[place % 3]) / deviation[place % 3]));
  expect([...target]).toEqual([7, ...expected, 7]);
  expect(wholeInputs(inputs).subarray(0, 6)).toEqual(Float32Array.from(expected));
  expect(transformInputs(pipeline, table(known), Uint32Array.of(1, 0))).toEqual(wholeInputs(inputs));
});

test('pictures of another size, values in their place and pictures without a change are refused', () => {
  const pipeline = fitted(known);
  const other = table(known);
  other.columns[0] = { kind: 'picture', size: { height: 1, width: 2, channels: 3 }, pixels: Uint8Array.from(known) };
  expect(() => transformRows(pipeline, other, Uint32Array.of(0))).toThrow(expect.objectContaining({ code: 'picture-size' }));
  expect(() => transformRows(pipeline, { ...other, columns: [other.columns[1], ...other.columns.slice(1)] }, Uint32Array.of(0))).toThrow(
    expect.objectContaining({ code: 'not-pictures', place: { column: 'picture' } }),
  );
  expect(() => fitted(known.map(() => 9))).toThrow(
    expect.objectContaining({
      code: 'no-inputs',
      advice: expect.stringContaining('All pixels of the training rows are the same.') as string,
    }),
  );
});
