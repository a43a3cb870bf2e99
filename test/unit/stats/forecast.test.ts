/**
 * MASE and its neighbours against a published table: quarterly Australian beer production, forecast by the mean, naively and seasonally naively
 * (Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 2nd edition, section 3.4).
 */
import { expect, test } from 'vitest';
import { forecastMetrics, naiveScale } from '../../../src/stats/forecast.js';

/** Megalitres, 1992 to 2007, and the ten quarters after. */
const training = [
  443, 410, 420, 532, 433, 421, 410, 512, 449, 381, 423, 531, 426, 408, 416, 520, 409, 398, 398, 507, 432, 398, 406, 526, 428, 397, 403,
  517, 435, 383, 424, 521, 421, 402, 414, 500, 451, 380, 416, 492, 428, 408, 406, 506, 435, 380, 421, 490, 435, 390, 412, 454, 416, 403,
  408, 482, 438, 386, 405, 491, 427, 383, 394, 473,
];
const actual = [420, 390, 410, 488, 415, 398, 419, 488, 414, 374];
const season = 4;
const scales = actual.map(() => naiveScale(training, season));

const mean = training.reduce((sum, value) => sum + value, 0) / training.length;
const forecasts = {
  mean: actual.map(() => mean),
  naive: actual.map(() => training.at(-1) as number),
  seasonalNaive: actual.map((_, step) => training.at(-season + (step % season)) as number),
};

test.each([
  ['mean', 38.45, 34.83, 2.44],
  ['naive', 62.69, 57.4, 4.01],
  ['seasonalNaive', 14.31, 13.4, 0.94],
] as const)('the %s forecast has the published RMSE, MAE and MASE', (name, rmse, mae, mase) => {
  const figures = forecastMetrics({ actual, predicted: forecasts[name], scales });
  expect(figures.rmse).toBeCloseTo(rmse, 2);
  expect(figures.mae).toBeCloseTo(mae, 2);
  expect(figures.mase).toBeCloseTo(mase, 2);
});

test('the symmetric MAPE is between 0 and 200, and 0 for a zero that was foretold', () => {
  const smape = (one: number, other: number): number => forecastMetrics({ actual: [one], predicted: [other], scales: [1] }).smape;
  expect(smape(0, 0)).toBe(0);
  expect(smape(0, 5)).toBe(200);
  expect(smape(100, 110)).toBeCloseTo((200 * 10) / 210, 12);
});

test('a series that never changed has no MASE, and beside others it is left out of it', () => {
  expect(forecastMetrics({ actual: [1], predicted: [2], scales: [naiveScale([3, 3, 3], 1)] }).mase).toBeNull();
  expect(forecastMetrics({ actual: [1, 1], predicted: [2, 5], scales: [0, 2] }).mase).toBe(2);
  expect(naiveScale([1, Number.NaN, 4, 6], 2)).toBe(3);
});
