import { describe, expect, test } from 'vitest';
import type { ScheduleSettings } from '../../../src/spec/optimisation.js';
import { ratesAfter, type Schedule, scheduleFor } from '../../../src/train/schedule.js';
import golden from '../../golden/engine/pytorch-training.json' with { type: 'json' };

const cosine: Schedule = { kind: 'cosine', peak: 0.1, warmup: 10, steps: 110, floor: 0 };
const rateAt = (schedule: Schedule, step: number): number => ratesAfter(schedule, [])(step);

test('rises linearly, then falls as half a cosine from its peak to zero', () => {
  expect(rateAt(cosine, 0)).toBeCloseTo(0.1 / 11, 12);
  expect(rateAt(cosine, 9)).toBeCloseTo((0.1 * 10) / 11, 12);
  expect(rateAt(cosine, 10)).toBe(0.1);
  expect(rateAt(cosine, 60)).toBeCloseTo(0.05, 12);
  expect(rateAt(cosine, 35)).toBeCloseTo(0.05 * (1 + Math.SQRT1_2), 12);
  expect(rateAt(cosine, 110)).toBeCloseTo(0, 12);
  expect(rateAt(cosine, 500)).toBeCloseTo(0, 12);
});

test('a constant one stays at its peak after warming up', () => {
  const constant: Schedule = { kind: 'constant', peak: 0.1, warmup: 10, steps: 110 };
  expect(rateAt(constant, 3)).toBeLessThan(0.1);
  expect([10, 60, 110, 500].map((step) => rateAt(constant, step))).toEqual([0.1, 0.1, 0.1, 0.1]);
});

test.each(['cosine', 'constant', 'oneCycle', 'plateau'] as const)(
  '%s is positive at every step of a training, be it of a single step',
  (kind) => {
    for (const epochs of [1, 3, 50]) {
      const schedule = scheduleFor({ schedule: kind, learningRate: 0.01, epochs }, 2);
      expect(schedule.steps).toBe(epochs * 2);
      for (let step = 0; step < schedule.steps; step++) {
        expect(rateAt(schedule, step)).toBeGreaterThan(0);
        expect(rateAt(schedule, step)).toBeLessThanOrEqual(0.01);
      }
    }
  },
);

test('a twentieth of the steps warms up, 100 at most, unless told otherwise', () => {
  const warmup = (schedule: ScheduleSettings, epochs: number): number | undefined => {
    const decided = scheduleFor({ schedule, learningRate: 0.01, epochs }, 10);
    return decided.kind === 'oneCycle' ? undefined : decided.warmup;
  };
  expect(warmup({ kind: 'constant' }, 10)).toBe(5);
  expect(warmup({ kind: 'plateau' }, 1000)).toBe(100);
  expect(warmup({ kind: 'cosine', warmup: 0 }, 1000)).toBe(0);
  expect(warmup({ kind: 'cosine', warmup: 777 }, 1000)).toBe(777);
  expect(warmup({ kind: 'oneCycle' }, 10)).toBeUndefined();
});

describe('as PyTorch', () => {
  const close = (actual: number[], expected: number[]): void => {
    expect(actual).toHaveLength(expected.length);
    for (const [index, rate] of expected.entries()) expect(Math.abs(actual[index] - rate) / rate, `step ${index}`).toBeLessThan(1e-9);
  };

  test.each([
    ['cosine', { kind: 'cosine', warmup: 0, floor: 0.2 }, 40],
    ['oneCycle', { kind: 'oneCycle' }, 40],
    ['oneCycleOwn', { kind: 'oneCycle', rise: 0.45, divideBy: 10, finalDivideBy: 50 }, 37],
  ] as const)('%s, step by step', (name, schedule, steps) => {
    const rates = ratesAfter(scheduleFor({ schedule, learningRate: 0.1, epochs: steps }, 1), []);
    close(
      golden.schedules[name].map((_, step) => rates(step)),
      golden.schedules[name],
    );
  });

  test('plateau, epoch by epoch, from the curve alone', () => {
    const curve = golden.validationLosses.map((validationLoss) => ({ validationLoss }));
    const schedule = scheduleFor(
      { schedule: { kind: 'plateau', warmup: 0, factor: 0.5, patience: 2, threshold: 1e-3, floor: 0.1 }, learningRate: 0.1, epochs: 20 },
      3,
    );
    close(
      golden.schedules.plateau.map((_, epoch) => ratesAfter(schedule, curve.slice(0, epoch))(3 * epoch + 1)),
      golden.schedules.plateau,
    );
    expect(new Set(golden.schedules.plateau).size).toBe(5);
  });
});
