import { expect, test } from 'vitest';
import { chiSquaredTail, normalBeyond, normalTail, studentBeyond, studentTail } from '../../../src/stats/distributions.js';

/** SciPy 1.10.1: `norm.sf`, `norm.isf`, `t.sf`, `t.isf`, `chi2.sf`. */
const close = (given: number, expected: number) => expect(Math.abs(given - expected)).toBeLessThanOrEqual(2e-11 * Math.abs(expected));

test.each([
  [0, 0.5],
  [0.5, 0.308537538726],
  [1.96, 0.02499789514822],
  [5, 2.866515718792e-7],
  [10, 7.61985302416e-24],
])('the normal tail beyond %f', (z, share) => {
  close(normalTail(z), share);
  close(normalTail(-z), 1 - share);
});

test.each([
  [0.1, 1.281551565545],
  [0.025, 1.95996398454],
  [0.0005, 3.290526731492],
  [1e-9, 5.997807015008],
])('a share of %f lies beyond', (share, z) => close(normalBeyond(share), z));

test.each([
  [0.3, 1, 0.4072264209223],
  [2, 3.7, 0.06090860095262],
  [2, 30, 0.02731252248149],
  [-1, 12.5, 0.831861972518],
  [3, 200.5, 0.00152108208395],
])("Student's tail beyond %f with %f degrees", (t, degrees, share) => close(studentTail(t, degrees), share));

test("Student's tail with very many degrees, where the logarithms of Γ leave fewer digits", () => {
  expect(studentTail(5, 1e6)).toBeCloseTo(2.866998935445e-7, 14);
  expect(studentBeyond(0.025, 1e5)).toBeCloseTo(1.959987707535, 8);
});

test.each([
  // In closed form the tangent of 0.475 π; SciPy's has ten digits.
  [0.025, 1, 12.706204736174707],
  [0.025, 4.2, 2.725072722592],
  [0.005, 33.3, 2.731779484175],
])('a share of %f lies beyond, with %f degrees', (share, degrees, t) => close(studentBeyond(share, degrees), t));

test.each([
  [0.1, 1, 0.7518296340458],
  [3.84, 1, 0.05004352124871],
  [10.83, 1, 0.0009986863791803],
  [2, 4, 0.7357588823429],
  [30, 4, 4.894437128029e-6],
  [100, 80, 0.06457036892113],
])('χ² beyond %f with %i degrees', (x, degrees, share) => close(chiSquaredTail(x, degrees), share));
