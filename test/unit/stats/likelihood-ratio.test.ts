import { expect, test } from 'vitest';
import { chiSquaredTailBound, likelihoodRatio } from '../../../src/stats/likelihood-ratio.js';

/** scipy.stats.chi2_contingency(table, correction=False, lambda_='log-likelihood'): statistic, logarithm of the p-value. */
const golden = [
  {
    table: [
      [12, 3],
      [40, 145],
    ],
    statistic: 21.042180498523805,
    chance: -12.313028542015692,
  },
  {
    table: [
      [5, 0, 0],
      [30, 40, 50],
    ],
    statistic: 13.277894653354618,
    chance: -6.638947326677309,
  },
  {
    table: [
      [7, 1, 2],
      [10, 20, 30, 40],
    ],
    statistic: 20.98181406613881,
    chance: -9.150227243946981,
  },
] as const;

test.each(golden)('G of $table as scipy has it, and never less likely than it says', ({ table: [one, other], statistic, chance }) => {
  expect(likelihoodRatio(one, other)).toBeCloseTo(statistic, 9);
  const bound = chiSquaredTailBound(statistic, other.length - 1);
  expect(bound).toBeGreaterThanOrEqual(chance);
  expect(bound).toBeLessThan(chance / 2);
});

test('nothing is told by what is everywhere or nowhere', () => {
  expect(likelihoodRatio([], [3, 4])).toBe(0);
  expect(likelihoodRatio([3, 4], [])).toBe(0);
  expect(chiSquaredTailBound(0.5, 1)).toBe(0);
});
