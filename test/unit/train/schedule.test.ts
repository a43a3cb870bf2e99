import { expect, test } from 'vitest';
import { learningRateAt, scheduleFor } from '../../../src/train/schedule.js';

const cosine = { kind: 'cosine', peak: 0.1, warmup: 10, steps: 110 } as const;

test('rises linearly, then falls as half a cosine from its peak to zero', () => {
  expect(learningRateAt(cosine, 0)).toBeCloseTo(0.1 / 11, 12);
  expect(learningRateAt(cosine, 9)).toBeCloseTo((0.1 * 10) / 11, 12);
  expect(learningRateAt(cosine, 10)).toBe(0.1);
  expect(learningRateAt(cosine, 60)).toBeCloseTo(0.05, 12);
  expect(learningRateAt(cosine, 35)).toBeCloseTo(0.05 * (1 + Math.SQRT1_2), 12);
  expect(learningRateAt(cosine, 110)).toBeCloseTo(0, 12);
  expect(learningRateAt(cosine, 500)).toBeCloseTo(0, 12);
});

test('a constant one stays at its peak after warming up', () => {
  const constant = { ...cosine, kind: 'constant' } as const;
  expect(learningRateAt(constant, 3)).toBeLessThan(0.1);
  expect([10, 60, 110, 500].map((step) => learningRateAt(constant, step))).toEqual([0.1, 0.1, 0.1, 0.1]);
});

test('is positive at every step of a training, be it of a single step', () => {
  for (const epochs of [1, 3, 50]) {
    const schedule = scheduleFor({ schedule: 'cosine', learningRate: 0.01, epochs }, 2);
    expect(schedule.steps).toBe(epochs * 2);
    for (let step = 0; step < schedule.steps; step++) expect(learningRateAt(schedule, step)).toBeGreaterThan(0);
  }
});
