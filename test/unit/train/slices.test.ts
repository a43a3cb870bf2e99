import { expect, test } from 'vitest';
import { Slices } from '../../../src/train/slices.js';

/** Steps that it settles on when each step takes so long. */
function settled(millisecondsPerStep: number): number {
  const slices = new Slices();
  for (let round = 0; round < 50; round++) slices.record(slices.steps, slices.steps * millisecondsPerStep);
  return slices.steps;
}

test('begins with one step, whatever a device may turn out to be', () => {
  expect(new Slices().steps).toBe(1);
});

test.each([0.001, 0.1, 1, 7, 30, 2000])('steps of %d ms block for at most 25 ms, or for a single step', (cost) => {
  const steps = settled(cost);
  expect(steps === 1 || steps * cost <= 25).toBe(true);
  expect(steps).toBe(Math.max(1, Math.min(1024, Math.floor(20 / cost))));
});

test('a clock too coarse to see a step does not stop it', () => {
  expect(settled(0)).toBe(1024);
});
