import { expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';

test('follows the published xoshiro128** from a given state', () => {
  const random = new Random(0);
  random.restore(new Uint32Array([1, 2, 3, 4]));
  // First outputs of the reference C program for the state {1, 2, 3, 4}; as in rand_xoshiro's test vectors.
  expect([1, 2, 3, 4, 5].map(() => random.nextUint32())).toEqual([11520, 0, 5927040, 70819200, 2031721883]);
});

test('the same seed and stream repeat; another stream differs', () => {
  const draw = (seed: number, stream: string) =>
    Array.from(
      { length: 5 },
      (
        (random) => () =>
          random.uniform()
      )(new Random(seed, stream)),
    );
  expect(draw(7, 'shuffle')).toEqual(draw(7, 'shuffle'));
  expect(draw(7, 'shuffle')).not.toEqual(draw(7, 'weights'));
  expect(draw(7, 'shuffle')).not.toEqual(draw(8, 'shuffle'));
});

test('a shuffle keeps every item', () => {
  const items = Array.from({ length: 100 }, (_, index) => index);
  const shuffled = new Random(1).shuffle(items.slice());
  expect(shuffled).not.toEqual(items);
  expect(shuffled.sort((a, b) => a - b)).toEqual(items);
});

test('normal numbers have mean 0 and deviation 1 within four standard errors', () => {
  const random = new Random(3);
  const drawn = Array.from({ length: 20_000 }, () => random.normal());
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(drawn.length));
  expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / drawn.length));
});
