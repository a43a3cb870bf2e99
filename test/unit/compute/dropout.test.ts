import { expect, it } from 'vitest';
import { dropoutKey, dropoutMask } from '../../../src/compute/plan/dropout.js';

const count = 20_000;
const share = (mask: Float32Array): number => mask.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0) / count;

it.each([0.1, 0.5, 0.9])('drops a share of %d and keeps the mean', (rate) => {
  const mask = dropoutMask(dropoutKey(1, 2, 3), rate, count);
  // Four standard errors.
  expect(Math.abs(share(mask) - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / count));
  expect(mask.find((value) => value !== 0)).toBeCloseTo(1 / (1 - rate), 5);
});

it('is another one for another seed, step or layer, and does not repeat along the row', () => {
  const first = dropoutMask(dropoutKey(1, 2, 3), 0.5, count);
  const others = [dropoutKey(2, 2, 3), dropoutKey(1, 3, 3), dropoutKey(1, 2, 4), dropoutKey(1 + 2 ** 32, 2, 3), dropoutKey(2, 1, 3)].map(
    (key) => dropoutMask(key, 0.5, count),
  );
  others.push(Float32Array.from([...first.subarray(1), first[0]]));
  for (const other of others) {
    const agreeing = first.reduce((sum, value, index) => sum + (value === other[index] ? 1 : 0), 0) / count;
    expect(Math.abs(agreeing - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / count));
  }
});

it('is the same one every time', () => {
  expect(dropoutMask(dropoutKey(7, 0, 1), 0.25, 64)).toEqual(dropoutMask(dropoutKey(7, 0, 1), 0.25, 64));
});
