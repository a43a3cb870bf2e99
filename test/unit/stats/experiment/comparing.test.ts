/** Figures of SciPy 1.10.1 and statsmodels 0.13.5, unless a test says otherwise. */
import { expect, test } from 'vitest';
import { alwaysValidDifference, sequenceReach } from '../../../../src/stats/experiment/always-valid.js';
import { cuped } from '../../../../src/stats/experiment/cuped.js';
import { meanDifference, relativeDifference, shareDifference } from '../../../../src/stats/experiment/difference.js';
import { pairedSample, ratioSample, sampleOf, sampleOfShare } from '../../../../src/stats/experiment/sample.js';
import { sampleRatio } from '../../../../src/stats/experiment/sample-ratio.js';

const one = sampleOf([1.5, 2.25, 3, 4.75, 5, 6.5, 2]);
const other = sampleOf([3, 4.5, 5.25, 8, 1, 9.5, 7, 6, 12]);

test('two means: CompareMeans.tconfint_diff and ttest_ind with unequal variances', () => {
  const { lower, upper, pValue } = meanDifference(one, other);
  expect([lower, upper, pValue]).toEqual([-0.1723795189767, 5.52952237612, 0.0633531826373].map((value) => expect.closeTo(value, 11)));
  const wide = meanDifference(one, other, 0.01);
  expect([wide.lower, wide.upper]).toEqual([expect.closeTo(-1.298259614175, 8), expect.closeTo(6.655402471317, 8)]);
});

test("relative to the control: GrowthBook's two-sided t-test, its formulas in NumPy", () => {
  const { difference, lower, upper, pValue } = relativeDifference(one, other);
  const expected = [0.75, -0.2560680467028, 1.756068046703, 0.1312127047685];
  expect([difference, lower, upper, pValue]).toEqual(expected.map((value) => expect.closeTo(value, 11)));
  const none = relativeDifference(sampleOf([0, 0, 0]), other);
  expect([none.difference, none.lower, none.pValue]).toEqual([Number.NaN, -Infinity, 1]);
});

test.each([
  [56, 70, 48, 80, -0.3338726540369, -0.05243147240236, 0.008045081368197],
  [9, 10, 3, 10, -0.8090179735355, -0.1705227239345, 0.006169899320544],
  [10, 10, 0, 20, -1, -0.6790860371419, 4.320463057828e-8],
  [120, 1000, 150, 1010, -0.001338778616927, 0.05836160504056, 0.06086874662684],
])('two shares, %i of %i and %i of %i: confint_proportions_2indep (newcomb), proportions_ztest', (a, n, b, m, lower, upper, p) => {
  const found = shareDifference(sampleOfShare(a, n), sampleOfShare(b, m));
  expect([found.lower, found.upper, found.pValue]).toEqual([lower, upper, p].map((value) => expect.closeTo(value, 11)));
});

test.each([
  [100, 0.05, 0.6694388617066],
  [5_000, 0.05, 0.04292433718827],
  [100_000, 0.05, 0.01055207003426],
  [1_000, 0.01, 0.1221374237824],
])('a confidence sequence after %i units at %f: equation 9 in NumPy', (n, alpha, reach) => {
  expect(sequenceReach(n, alpha)).toBeCloseTo(reach, 11);
});

test('an always valid interval is wider than the fixed one, and about the same difference', () => {
  const [a, b] = [sampleOfShare(500, 5_000), sampleOfShare(600, 5_000)];
  const [fixed, always] = [shareDifference(a, b), alwaysValidDifference(a, b)];
  expect(always.difference).toBeCloseTo(fixed.difference, 12);
  // Two arms of n have the variance of 2 · 2n units: equation 9 at 10,000 times the deviation of one.
  const deviation = Math.sqrt((a.variance / 5_000 + b.variance / 5_000) * 10_000);
  expect(always.upper - always.difference).toBeCloseTo(deviation * sequenceReach(10_000, 0.05), 12);
  expect(always.upper - always.lower).toBeGreaterThan(1.3 * (fixed.upper - fixed.lower));
});

test('what does not vary, or is seen once, tells nothing', () => {
  const same = sampleOf([2, 2, 2]);
  for (const found of [meanDifference(same, same), alwaysValidDifference(same, same), meanDifference(sampleOf([1]), sampleOf([2]))]) {
    expect([found.lower, found.upper]).toEqual([-Infinity, Infinity]);
  }
  const none = shareDifference(sampleOfShare(0, 10), sampleOfShare(0, 10));
  expect([none.difference, none.pValue]).toEqual([0, 1]);
  expect(() => sampleOfShare(3, 2)).toThrow(expect.objectContaining({ code: 'invalid-share' }));
});

test.each([
  [[500, 550], [50, 50], 0.1228226481014, false],
  [[1_000, 900, 1_130], [1, 1, 1], 1.910172832684e-6, true],
  [[820, 95, 85], [80, 10, 10], 0.2231301601484, false],
])('units %j of weights %j: scipy.stats.chisquare', (counts, weights, pValue, mismatch) => {
  expect(sampleRatio(counts, weights)).toEqual({ pValue: expect.closeTo(pValue, 11), mismatch });
});

test('few units, and arms that should have none, tell nothing of the division', () => {
  expect(sampleRatio([7, 400], [50, 50])).toEqual({ mismatch: false });
  expect(sampleRatio([8, 400], [50, 50]).mismatch).toBe(true);
  expect(sampleRatio([400, 0], [100, 0])).toEqual({ mismatch: false });
});

test('a covariate adjusts as a regression with a term for the arm does: statsmodels OLS', () => {
  const x = [11.04, 12.46, 10.99, 6.09, 12.72, 11.34, 8.39, 11.74, 11.09, 10.88, 10.09, 11.64];
  const y = [8.1, 9.81, 8.31, 5.47, 10.22, 8.78, 5.93, 9.13, 8.88, 8.43, 9.37, 10.32];
  const arms = [pairedSample(y.slice(0, 6), x.slice(0, 6)), pairedSample(y.slice(6), x.slice(6))];
  const { samples, theta, explained } = cuped(arms);
  expect([samples[1].mean - samples[0].mean, theta]).toEqual([expect.closeTo(0.3299513639169, 11), expect.closeTo(0.7527261524709, 11)]);
  expect(samples[0].variance).toBeLessThan(arms[0].one.variance);
  expect(explained).toBeGreaterThan(0.8);
  const none = cuped(arms.map(({ count }) => pairedSample(y.slice(0, count), new Array(count).fill(1))));
  expect([none.theta, none.explained, none.samples[0].mean]).toEqual([0, 0, arms[0].one.mean]);
  const nobody = pairedSample([], []);
  expect(cuped([nobody, nobody]).samples.map(({ mean }) => mean)).toEqual([0, 0]);
  expect(cuped([arms[0], nobody]).samples.map(({ mean }) => mean)).toEqual([arms[0].one.mean, 0]);
});

test('a ratio of two figures of each unit: the delta method in NumPy', () => {
  const ratio = ratioSample(pairedSample([1, 0, 2, 3, 1, 4], [3, 2, 5, 4, 4, 6]));
  expect(ratio).toEqual({ count: 6, mean: expect.closeTo(0.4583333333333, 12), variance: expect.closeTo(0.05855034722222, 12) });
});
