import { expect, test } from 'vitest';
import { textColumn } from '../../../src/data/columns/text.js';
import type { SplitSpec } from '../../../src/spec/training.js';
import { type Divisible, defaultSplit, divide, divideIntoFolds } from '../../../src/train/division.js';

const all = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, row) => row);

/** Rows with these parts and two classes in turn. */
function divided(parts: readonly (string | undefined)[]): Divisible {
  const label = textColumn(parts.map((_, row) => (row % 2 ? 'odd' : 'even')));
  const table = { rows: parts.length, names: ['part', 'label'], columns: [textColumn([...parts]), label] };
  return { table, rows: all(parts.length), target: 'label', task: 'classification', seed: 0 };
}

const split: SplitSpec = { validation: 0.25, test: 0.25, parts: 'part' };
const fourth = (row: number): string => ['train', 'Training', 'val', 'test'][Math.floor(row / 10)];

test('rows stay in the parts that their column names, whatever the shares are', () => {
  const { training, validation, test: held } = divide(divided(Array.from({ length: 40 }, (_, row) => fourth(row))), split);
  expect([...training]).toEqual([...all(20)]);
  expect([...validation]).toEqual([...all(10)].map((row) => row + 20));
  expect([...held]).toEqual([...all(10)].map((row) => row + 30));
});

test('where the column names no validation rows, a share of the training rows validates, of each class as many', () => {
  const of = divided(Array.from({ length: 50 }, (_, row) => (row < 40 ? 'training' : 'test')));
  const { training, validation, test: held } = divide(of, split);
  expect([training.length, validation.length, held.length]).toEqual([30, 10, 10]);
  expect([...training, ...validation].sort((a, b) => a - b)).toEqual([...all(40)]);
  expect(validation.filter((row) => row % 2).length).toBe(5);
  expect(divide(of, split).validation).toEqual(validation);
  expect(divide({ ...of, seed: 1 }, split).validation).not.toEqual(validation);
});

test('where it names no test rows, a share of the training rows tests; rows without a part train', () => {
  const {
    training,
    validation,
    test: held,
  } = divide(divided(Array.from({ length: 40 }, (_, row) => (row < 10 ? 'validation' : undefined))), split);
  expect([...validation]).toEqual([...all(10)]);
  expect(held.length).toBe(8);
  expect([...training, ...held].every((row) => row >= 10)).toBe(true);
  expect(training.length).toBe(22);
});

test('a part that is none is refused with its row', () => {
  const parts = Array.from({ length: 20 }, (_, row) => (row === 7 ? 'holdout' : 'train'));
  expect(() => divide(divided(parts), split)).toThrow(
    expect.objectContaining({ code: 'unknown-part', place: { column: 'part', row: 8, value: 'holdout' } }),
  );
});

test('folds test every row once, also where the source came divided', () => {
  const folds = divideIntoFolds(divided(Array.from({ length: 40 }, (_, row) => fourth(row))), split, 4);
  expect(folds.flatMap(({ test: held }) => [...held]).sort((a, b) => a - b)).toEqual([...all(40)]);
  for (const fold of folds) expect(new Set([...fold.training, ...fold.validation, ...fold.test]).size).toBe(40);
});

test('many rows give a smaller share away, fewer of them where the source has its own test rows', () => {
  expect(defaultSplit(150, {})).toEqual({ validation: 0.15, test: 0.2 });
  expect(defaultSplit(14_000, {})).toEqual({ validation: 0.15, test: 0.15 });
  expect(defaultSplit(14_000, { parts: 'part' }).validation).toBe(0.1);
  expect(defaultSplit(300, { parts: 'part' }).validation).toBe(0.15);
});
