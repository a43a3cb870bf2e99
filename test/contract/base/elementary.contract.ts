/** What `base/elementary` promises wherever it runs: the same bits, and hardly an error. */
import { expect, test } from 'vitest';
import { cosine, exponential, exponentialMinus1, logarithm, logarithm1p, power } from '../../../src/base/elementary.js';
import { sha256 } from '../../../src/base/hash.js';
import { Random } from '../../../src/base/random.js';

const cases: [compute: (x: number) => number, reference: (x: number) => number, draw: (random: Random) => number, hash: string][] = [
  [
    logarithm,
    Math.log,
    (random) => (random.uniform() * power(10, random.integer(40))) / 1e20,
    'ac4187641fc965ecbc1e491cd82a9c41ab4b6630bbfc0d135c222b5021d70ff9',
  ],
  [
    logarithm1p,
    Math.log1p,
    (random) => (random.uniform() * power(10, random.integer(30))) / 1e20,
    'a845a5835ef4dca235ff300a15e045c3076cd7622189b591b74f9b8e31332128',
  ],
  [exponential, Math.exp, (random) => (random.uniform() - 0.5) * 1400, '8f26d81948c21abb6d9dea21ec3199c7fa3d4372b9d4ebcc7333ebc20d08bbd6'],
  [
    exponentialMinus1,
    Math.expm1,
    (random) => ((random.uniform() - 0.5) * power(10, random.integer(12))) / 1e10,
    '3b36ff15c68e55641ecf2344d45b46093a70ed8d1f469b1f0379645d343b706c',
  ],
  [
    cosine,
    Math.cos,
    (random) => (random.uniform() - 0.5) * 4 * Math.PI,
    '1bb3c2633e8fe992697123f2841ad1911d3eb751e9e4ff066a069d9a49c1f8cf',
  ],
];

export function elementaryContract(): void {
  test.each(cases.map(([compute, ...rest]) => [compute.name, compute, ...rest] as const))(
    '%s has the same bits everywhere and is nearly that of the platform',
    async (name, compute, reference, draw, hash) => {
      const random = new Random(1, name);
      const values = new Float64Array(20_000);
      let worst = 0;
      for (let index = 0; index < values.length; index++) {
        const x = draw(random);
        values[index] = compute(x);
        const expected = reference(x);
        // A cosine near 0 is judged by the size of its angle's own rounding.
        const unit = Math.max(Math.abs(expected), name === 'cosine' ? 1 : Number.MIN_VALUE) * 2 ** -52;
        worst = Math.max(worst, Math.abs(values[index] - expected) / unit);
      }
      expect(worst).toBeLessThan(2);
      expect(await sha256(new Uint8Array(values.buffer))).toBe(hash);
    },
  );

  test('at the edges', () => {
    expect([logarithm(0), logarithm(1), logarithm(-1), logarithm(Number.POSITIVE_INFINITY)]).toEqual([
      Number.NEGATIVE_INFINITY,
      0,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]);
    expect(logarithm(5e-324)).toBeCloseTo(Math.log(5e-324), 10);
    expect([logarithm1p(0), logarithm1p(1e-300), logarithm1p(-1)]).toEqual([0, 1e-300, Number.NEGATIVE_INFINITY]);
    expect([exponential(0), exponential(710), exponential(-746), exponential(Number.NaN)]).toEqual([
      1,
      Number.POSITIVE_INFINITY,
      0,
      Number.NaN,
    ]);
    expect([exponentialMinus1(0), exponentialMinus1(-800), exponentialMinus1(800)]).toEqual([0, -1, Number.POSITIVE_INFINITY]);
    expect([cosine(0), cosine(Math.PI)]).toEqual([1, -1]);
    expect([power(0.9, 0), power(2, 10), power(0.5, 3)]).toEqual([1, 1024, 0.125]);
    expect(power(0.999, 12_345)).toBeCloseTo(0.999 ** 12_345, 15);
  });
}
