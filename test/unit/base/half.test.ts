/** Half precision: the published examples of IEEE 754 binary16 (as NumPy's float16 has them), and every pattern there and back. */
import { expect, test } from 'vitest';
import { fromHalf, toHalf } from '../../../src/base/half.js';

test.each([
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [0.1, 0x2e66],
  [1 / 3, 0x3555],
  [2 ** -24, 0x0001],
  [2 ** -14, 0x0400],
  [2 ** -25, 0x0000],
  [65_504, 0x7bff],
  [65_519.99, 0x7bff],
  [65_520, 0x7c00],
  [2049, 0x6800],
  [2051, 0x6802],
  [Number.POSITIVE_INFINITY, 0x7c00],
  [Number.NEGATIVE_INFINITY, 0xfc00],
])('%s is %s', (value, bits) => {
  expect(toHalf(value)).toBe(bits);
});

test('every pattern that is a number comes back', () => {
  for (let bits = 0; bits < 2 ** 16; bits++) {
    const value = fromHalf(bits);
    if (!Number.isNaN(value)) expect(toHalf(value)).toBe(bits);
  }
  expect(fromHalf(toHalf(Number.NaN))).toBeNaN();
});
