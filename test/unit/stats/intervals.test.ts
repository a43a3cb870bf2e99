import { expect, test } from 'vitest';
import { type Confidence, wilsonInterval } from '../../../src/stats/intervals.js';

/** Newcombe (1998), "Two-sided confidence intervals for the single proportion", Table I, method 3. */
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i, as published', (successes, trials, lower, upper) => {
  const interval = wilsonInterval(successes, trials);
  expect(interval.lower).toBeCloseTo(lower, 4);
  expect(interval.upper).toBeCloseTo(upper, 4);
});

/** The score test inverted by root finding (SciPy's `brentq` on (p̂ − p)² · n = z² · p · (1 − p), z of `norm.ppf`). */
test.each<[number, number, Confidence, number, number]>([
  [15, 20, 0.95, 0.531299122381, 0.888138298592],
  [178, 180, 0.95, 0.9603989991, 0.996947625154],
  [19_000, 20_000, 0.95, 0.946892130411, 0.952935037138],
  [81, 263, 0.9, 0.263313617188, 0.356566349608],
  [81, 263, 0.99, 0.240136902688, 0.385282502318],
  [30, 30, 0.95, 0.886486606826, 1],
  [1, 1, 0.95, 0.206549314377, 1],
])('%i of %i at %f, as found by inverting the test', (successes, trials, confidence, lower, upper) => {
  const interval = wilsonInterval(successes, trials, confidence);
  expect(interval.lower).toBeCloseTo(lower, 11);
  expect(interval.upper).toBeCloseTo(upper, 11);
});

test('never leaves [0, 1], also where every trial succeeds or none', () => {
  for (let trials = 1; trials <= 400; trials++) {
    expect(wilsonInterval(0, trials).lower).toBe(0);
    expect(wilsonInterval(trials, trials).upper).toBeLessThanOrEqual(1);
  }
});

test.each([
  [0, 0],
  [-1, 5],
  [6, 5],
  [Number.NaN, 5],
])('%f of %f is refused', (successes, trials) => {
  expect(() => wilsonInterval(successes, trials)).toThrow(expect.objectContaining({ code: 'invalid-share' }));
});
