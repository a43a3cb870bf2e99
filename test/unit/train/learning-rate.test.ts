import { expect, test } from 'vitest';
import type { RatePoint } from '../../../src/spec/learning-rate.js';
import { RateCurve, rateOf, ratePlan, readRates } from '../../../src/train/rates/curve.js';

const plan = ratePlan({ from: 1e-4, to: 1, steps: 81 });

test('rates rise by equal factors from the first to the last', () => {
  expect(rateOf(plan, 0)).toBeCloseTo(1e-4, 12);
  expect(rateOf(plan, 40)).toBeCloseTo(1e-2, 10);
  expect(rateOf(plan, 80)).toBeCloseTo(1, 8);
  expect(ratePlan({})).toEqual({ from: 1e-7, to: 10, steps: 200 });
});

test('losses are smoothed by a running mean that knows its beginning: as the weighted mean of all so far', () => {
  const losses = [3, 2.5, 4, 1, 0.5, 2];
  const curve = new RateCurve(plan);
  for (const [last, loss] of losses.entries()) {
    const weights = losses.slice(0, last + 1).map((_, at) => 0.95 ** (last - at));
    const mean =
      losses.slice(0, last + 1).reduce((sum, each, at) => sum + each * weights[at], 0) / weights.reduce((sum, weight) => sum + weight);
    expect(curve.add(loss)?.smoothed).toBeCloseTo(mean, 10);
  }
});

test('it is over when the loss is no number, has grown to four times its smallest, or the steps are taken', () => {
  const grown = new RateCurve(plan);
  for (let step = 0; step < 20; step++) grown.add(1);
  for (let step = 0; step < 60 && !grown.isOver; step++) grown.add(30);
  expect(grown.diverged).toBe(true);
  expect(grown.points.at(-1)?.smoothed).toBeGreaterThan(4);
  expect(grown.points.at(-2)?.smoothed).toBeLessThanOrEqual(4);
  const broken = new RateCurve(plan);
  broken.add(1);
  expect(broken.add(Number.NaN)).toBeUndefined();
  expect(broken).toMatchObject({ diverged: true, isOver: true });
  const steady = new RateCurve(plan);
  for (let step = 0; step < 81; step++) steady.add(1);
  expect(steady).toMatchObject({ diverged: false, isOver: true });
});

/** A sigmoid down around one rate by its logarithm, then up from another. */
const valley = (fastest: number, lowest: number): RatePoint[] =>
  Array.from({ length: 161 }, (_, step) => {
    const x = -6 + step / 20;
    const loss = 2 / (1 + Math.exp(6 * (x - fastest))) + Math.exp(8 * (x - lowest)) / 60;
    return { rate: 10 ** x, loss, smoothed: loss };
  });

test('the suggestion is a tenth of the rate with the lowest loss, and the steepest descent is told', () => {
  const reading = readRates(valley(-3, -1));
  const points = valley(-3, -1);
  const lowest = points.reduce((best, point) => (point.smoothed < best.smoothed ? point : best)).rate;
  expect(reading?.lowest).toBeCloseTo(lowest, 3);
  expect(reading?.suggestion).toBeCloseTo(lowest / 10, 4);
  expect(Math.log10(reading?.steepest ?? 1)).toBeCloseTo(-3, 1);
});

test('nothing is suggested where the loss only grew, or there were too few steps', () => {
  const rising = Array.from({ length: 60 }, (_, step) => ({ rate: 1.2 ** step, loss: step, smoothed: step }));
  expect(readRates(rising)).toBeUndefined();
  expect(readRates(valley(-3, -1).slice(0, 15))).toBeUndefined();
});
