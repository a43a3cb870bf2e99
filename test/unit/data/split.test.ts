import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldRows, type Split, type SplitRequest, splitRows } from '../../../src/data/split.js';

const counts = (classes: Int32Array, rows: Uint32Array): number[] => {
  const found: number[] = [];
  for (const row of rows) found[classes[row]] = (found[classes[row]] ?? 0) + 1;
  return found;
};

const isAscending = (rows: Uint32Array): boolean => rows.every((row, index) => index === 0 || row > rows[index - 1]);

const everyRowOnce = (parts: readonly Uint32Array[], rows: number): void => {
  expect(parts.flatMap((part) => Array.from(part)).sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row));
  expect(parts.every(isAscending)).toBe(true);
};

const all = ({ training, validation, test: held }: Split): Uint32Array[] => [training, validation, held];

test('every row is in one part, the shares are met, and each class has its share of each', () => {
  const request = fc.record({
    seed: fc.nat(),
    validation: fc.double({ min: 0, max: 0.4, noNaN: true }),
    held: fc.double({ min: 0, max: 0.4, noNaN: true }),
    classes: fc.array(fc.nat(3), { minLength: 10, maxLength: 200 }).map((list) => Int32Array.from(list)),
  });
  fc.assert(
    fc.property(request, ({ seed, validation, held, classes }) => {
      const rows = classes.length;
      const split = splitRows({ rows, seed, split: { validation, test: held }, classes });
      everyRowOnce(all(split), rows);
      const size = counts(classes, Uint32Array.from(classes.keys()));
      const trained = counts(classes, split.training);
      size.forEach((count, name) => {
        expect(trained[name]).toBeGreaterThanOrEqual(1);
        if (count > 3) expect(Math.abs(trained[name] - count * (1 - validation - held))).toBeLessThan(3.5);
      });
      if (rows - size.filter(Boolean).length > rows * (validation + held) + 2) {
        expect(Math.abs(split.test.length - held * rows)).toBeLessThanOrEqual(1);
        expect(Math.abs(split.validation.length - validation * rows)).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('the same seed divides the same, another seed otherwise', () => {
  const request: SplitRequest = { rows: 100, seed: 4, split: { validation: 0.2, test: 0.2 } };
  expect(splitRows(request)).toEqual(splitRows(request));
  expect(splitRows({ ...request, seed: 5 })).not.toEqual(splitRows(request));
  // Pinned: a saved run's split must come out again in any later version.
  expect(Array.from(splitRows({ rows: 12, seed: 1, split: { validation: 0.25, test: 0.25 } }).test)).toEqual([2, 5, 8]);
});

test('groups stay together, whatever else', () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.integer({ min: -1, max: 20 }), { minLength: 60, maxLength: 200 }), (seed, list) => {
      const groups = Int32Array.from(list);
      const split = splitRows({ rows: groups.length, seed, split: { validation: 0.2, test: 0.2 }, groups });
      everyRowOnce(all(split), groups.length);
      const partOf = new Map<number, number>();
      all(split).forEach((part, index) => {
        for (const row of part) {
          if (groups[row] < 0) continue;
          expect(partOf.get(groups[row]) ?? index).toBe(index);
          partOf.set(groups[row], index);
        }
      });
    }),
  );
});

test('where rows are wanted, there is at least one group', () => {
  const groups = Int32Array.from({ length: 30 }, (_, row) => row % 3);
  const split = splitRows({ rows: 30, seed: 1, split: { validation: 0.1, test: 0.1 }, groups });
  expect(all(split).map((part) => part.length)).toEqual([10, 10, 10]);
});

test('in time order the earliest train and the latest test; rows without a time train', () => {
  const times = Float64Array.from([5, 1, NaN, 4, 2, 3, 9, 8, 7, 6]);
  const split = splitRows({ rows: 10, seed: 1, split: { validation: 0.2, test: 0.3 }, times });
  expect(split).toEqual({ training: Uint32Array.of(1, 2, 3, 4, 5), validation: Uint32Array.of(0, 9), test: Uint32Array.of(6, 7, 8) });
});

test('a part that would be empty is named', () => {
  const split = { validation: 0.2, test: 0.2 };
  expect(() => splitRows({ rows: 2, seed: 1, split })).toThrow(
    expect.objectContaining({ code: 'split-impossible', place: { rows: 2, part: 'validation' } }),
  );
  expect(() => splitRows({ rows: 9, seed: 1, split, groups: new Int32Array(9) })).toThrow(
    expect.objectContaining({ code: 'split-impossible' }),
  );
  expect(() => splitRows({ rows: 9, seed: 1, split, classes: Int32Array.from({ length: 9 }, (_, row) => row) })).toThrow(
    expect.objectContaining({
      code: 'split-impossible',
      message: expect.stringMatching(/^Nearly every row is a class of its own: 9 classes in 9 rows\./) as string,
      advice: expect.stringContaining('values repeat') as string,
      place: { rows: 9, classes: 9, part: 'validation' },
    }),
  );
  expect(() => splitRows({ rows: 2, seed: 1, split, classes: Int32Array.of(0, 1) })).toThrow(/too few/);
  expect(() => splitRows({ rows: 9, seed: 1, split: { validation: 0.5, test: 0.5 } })).toThrow(/no rows to train on/);
  expect(splitRows({ rows: 9, seed: 1, split: { validation: 0, test: 0 } })).toMatchObject({
    training: { length: 9 },
    validation: { length: 0 },
  });
});

test('folds: every row once, sizes and classes even to one row', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 2, max: 10 }), fc.array(fc.nat(2), { minLength: 10, maxLength: 120 }), (seed, folds, list) => {
      const classes = Int32Array.from(list);
      const parts = foldRows({ rows: classes.length, folds, seed, classes });
      everyRowOnce(parts, classes.length);
      const within = (values: number[]): number => Math.max(...values) - Math.min(...values);
      expect(within(parts.map((part) => part.length))).toBeLessThanOrEqual(1);
      for (const name of new Set(classes)) expect(within(parts.map((part) => counts(classes, part)[name] ?? 0))).toBeLessThanOrEqual(1);
    }),
  );
});

test('folds keep groups together, and cannot be more than there are groups', () => {
  const groups = Int32Array.from({ length: 40 }, (_, row) => row % 8);
  const parts = foldRows({ rows: 40, folds: 4, seed: 2, groups });
  everyRowOnce(parts, 40);
  for (const part of parts) expect([part.length, new Set(Array.from(part, (row) => groups[row])).size]).toEqual([10, 2]);
  expect(() => foldRows({ rows: 40, folds: 9, seed: 2, groups })).toThrow(expect.objectContaining({ code: 'too-many-folds' }));
  expect(() => foldRows({ rows: 3, folds: 1, seed: 2 })).toThrow(/1 folds/);
});
