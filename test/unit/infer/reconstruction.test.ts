/** A row's score: its columns' errors, each by what is usual of it. */
import { expect, it } from 'vitest';
import { scoreParts, scoresOfRows, scoreWeights, usualParts } from '../../../src/infer/reconstruction.js';
import type { FittedStep } from '../../../src/spec/fitted-steps.js';

/** Four rows of a column that nobody can tell and one that others tell well. */
const parts = Float32Array.from([2, 0.01, 4, 0.03, 1, 0.02, 1, 0.02]);

it('is 1 on average of the rows that say what is usual', () => {
  const usual = usualParts(parts, 2);
  expect(usual).toEqual([2, expect.closeTo(0.02, 6)]);
  const scores = scoresOfRows(parts, 2, usual);
  expect([...scores].map((score) => Number(score.toFixed(4)))).toEqual([0.75, 1.75, 0.75, 0.75]);
  expect(scores.reduce((sum, score) => sum + score, 0) / 4).toBeCloseTo(1, 6);
});

it('takes a small error for odder where errors are smaller, and is the sum of its parts', () => {
  const usual = usualParts(parts, 2);
  const [first, second] = [
    [2.5, 0.02],
    [2, 0.2],
  ].map((row) => scoreParts(row, usual));
  expect(second[0] + second[1]).toBeGreaterThan(first[0] + first[1]);
  expect(scoresOfRows([2, 0.2], 2, usual)[0]).toBeCloseTo(second[0] + second[1], 6);
  expect(scoreParts([2, 0.2])).toEqual([2, 0.2]);
});

it('does not divide by nothing where a column is always given back', () => {
  const usual = usualParts(Float32Array.from([1, 0, 3, 0]), 2);
  expect(usual).toEqual([2, 0.001]);
  expect(usualParts(new Float32Array(4), 2).every((value) => value > 0)).toBe(true);
});

it('weighs each input as its column, and all alike where nothing is known to be usual', () => {
  const number = { kind: 'number' } as FittedStep;
  const category = { kind: 'category', categories: ['a', 'b'] } as FittedStep;
  expect(scoreWeights([number, category], [2, 0.5])).toEqual([0.25, 1, 1]);
  expect(scoreWeights([number, category])).toEqual([1, 1, 1]);
});
