import { expect, test } from 'vitest';
import { fairnessFigures, groupRates } from '../../../src/stats/fairness.js';

/** Fairlearn's definitions (`fairlearn.metrics`, "Common fairness metrics" of its guide), worked out by hand on ten rows. */
const given = {
  //                        a  a  a  a  b  b  b  b  b  b
  actual: Int32Array.of(1, 1, 0, 0, 1, 1, 1, 0, 0, 0),
  predicted: Int32Array.of(1, 0, 1, 0, 1, 1, 0, 0, 0, 0),
  groups: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1, 1, 1),
  groupCount: 2,
  positive: 1,
};

test('rates are counted within each group', () => {
  expect(groupRates(given)).toEqual([
    { rows: 4, selectionRate: 1 / 2, truePositiveRate: 1 / 2, falsePositiveRate: 1 / 2 },
    { rows: 6, selectionRate: 2 / 6, truePositiveRate: 2 / 3, falsePositiveRate: 0 },
  ]);
});

test('differences are largest minus smallest, ratios smallest over largest, equalized odds the worse rate', () => {
  const figures = fairnessFigures(groupRates(given));
  expect(figures.demographicParityDifference).toBeCloseTo(1 / 6, 12);
  expect(figures.demographicParityRatio).toBeCloseTo(2 / 3, 12);
  expect(figures.equalizedOddsDifference).toBeCloseTo(1 / 2, 12);
  expect(figures.equalizedOddsRatio).toBe(0);
});

test('the other class as the positive one swaps the rates', () => {
  expect(groupRates({ ...given, positive: 0 })[1]).toEqual({
    rows: 6,
    selectionRate: 4 / 6,
    truePositiveRate: 1,
    falsePositiveRate: 1 / 3,
  });
});

test('a group without positives has a rate of 0, and equal zeros are a ratio of 1', () => {
  const rates = groupRates({ ...given, actual: new Int32Array(10), predicted: new Int32Array(10) });
  expect(rates.map((group) => group.truePositiveRate)).toEqual([0, 0]);
  expect(fairnessFigures(rates)).toEqual({
    demographicParityDifference: 0,
    demographicParityRatio: 1,
    equalizedOddsDifference: 0,
    equalizedOddsRatio: 1,
  });
});
