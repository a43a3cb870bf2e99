import { expect, test } from 'vitest';
import type { RegressionMetrics } from '../../../src/spec/metrics.js';
import { outdone } from '../../../src/train/outdone.js';

const scores = (r2: number): { validation: RegressionMetrics; test: RegressionMetrics } => {
  const figures = { rmse: 1, mae: 1, r2 };
  return { validation: { ...figures, r2: 0.99 }, test: figures };
};
const codes = (own: number, baseline: number, linear: number): string[] =>
  outdone(scores(own), scores(baseline), scores(linear)).map(({ code }) => code);

test('a result is held against the baseline first, then against the linear model, on test rows', () => {
  expect(codes(0.8, 0, 0.7)).toEqual([]);
  expect(codes(0.7, 0, 0.7)).toEqual([]);
  expect(codes(0.6, 0, 0.7)).toEqual(['linear-is-better']);
  expect(codes(0, 0, 0.7)).toEqual(['no-better-than-baseline']);
  expect(outdone(scores(0.6), scores(0), scores(0.7))[0].message).toBe(
    "On the test rows the model's R² is 0.600; a linear model's is 0.700.",
  );
});
