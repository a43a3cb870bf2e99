import { expect, test } from 'vitest';
import { denseRows } from '../../../src/data/inputs.js';
import { BatchReader, epochOrder, stepsPerEpoch } from '../../../src/train/batches.js';

const examples = (rows: number) => ({
  rows,
  inputs: denseRows(
    Float32Array.from({ length: rows * 2 }, (_, index) => index),
    rows,
  ),
  targets: Float32Array.from({ length: rows }, (_, row) => row),
});

test('an epoch is a shuffle of all rows that depends on seed and epoch alone', () => {
  const order = epochOrder(50, 3, 7);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, row) => row));
  expect(epochOrder(50, 3, 7)).toEqual(order);
  expect(epochOrder(50, 3, 8)).not.toEqual(order);
  expect(epochOrder(50, 4, 7)).not.toEqual(order);
});

test.each([
  [1, 32],
  [33, 32],
  [97, 32],
  [64, 32],
  [5, 1],
])('%i rows in batches of at most %i: every row once, sizes even', (rows, batchSize) => {
  const reader = new BatchReader(examples(rows), batchSize);
  const order = epochOrder(rows, 0, 0);
  const seen: number[] = [];
  const sizes: number[] = [];
  for (let index = 0; index < stepsPerEpoch(rows, batchSize); index++) {
    const batch = reader.read(order, index);
    expect(batch.inputs.length).toBe(batch.rows * 2);
    batch.targets.forEach((target, position) => {
      expect([...batch.inputs.subarray(position * 2, position * 2 + 2)]).toEqual([target * 2, target * 2 + 1]);
    });
    seen.push(...batch.targets);
    sizes.push(batch.rows);
  }
  expect(seen).toEqual([...order]);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(batchSize);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
});

test('several targets of a row stay together', () => {
  const targets = Float32Array.from({ length: 14 }, (_, index) => Math.floor(index / 2) + (index % 2) / 10);
  const reader = new BatchReader({ ...examples(7), targets }, 4);
  const order = epochOrder(7, 1, 0);
  const seen = [0, 1].flatMap((index) => {
    const batch = reader.read(order, index);
    expect(batch.targets).toHaveLength(2 * batch.rows);
    return [...batch.targets];
  });
  expect(seen).toEqual([...order].flatMap((row) => [row, Math.fround(row + 0.1)]));
});
