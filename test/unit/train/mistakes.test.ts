import { expect, test } from 'vitest';
import { mistakesOf, type Truth } from '../../../src/train/tasks/table.js';

const truth = (...actual: number[]): Truth => ({ kind: 'classes', actual: Int32Array.from(actual), classes: ['a', 'b'] });

test('the surest come first, equally sure ones in the order of rows, and each names its row', () => {
  const outputs = Float32Array.of(0.75, 0.25, 0.25, 0.75, 0.125, 0.875, 0.25, 0.75, 0.5, 0.5);
  // Rows 3 and 4 are right; the last has a class that training did not have.
  expect(mistakesOf(truth(1, 0, 0, 1, -1), outputs, Uint32Array.of(9, 4, 6, 3, 5))).toEqual([
    { row: 6, actual: 'a', predicted: 'b', probability: 0.875 },
    { row: 4, actual: 'a', predicted: 'b', probability: 0.75 },
    { row: 9, actual: 'b', predicted: 'a', probability: 0.75 },
  ]);
});

test('no more than 200 are kept, and values have none', () => {
  const rows = Uint32Array.from({ length: 300 }, (_, row) => row);
  const outputs = Float32Array.from({ length: 600 }, (_, index) => (index % 2 ? 1 / (index + 3) : 1 - 1 / (index + 4)));
  const kept = mistakesOf(truth(...Array.from(rows, () => 1)), outputs, rows) ?? [];
  expect(kept.map(({ row }) => row)).toEqual(Array.from({ length: 200 }, (_, index) => 299 - index));
  const values: Truth = { kind: 'value', actual: Float64Array.of(1), restore: (scaled) => Float64Array.from(scaled) };
  expect(mistakesOf(values, Float32Array.of(2), Uint32Array.of(0))).toBeUndefined();
});
