/**
 * The figures that a forecast is judged by beside those of any value: MASE (Hyndman & Koehler, "Another look at measures of forecast accuracy",
 * International Journal of Forecasting 22, 2006) and the symmetric MAPE of the M4 competition.
 */
import { requireRows } from './confusion.js';
import { type RegressionFigures, regressionMetrics } from './metrics.js';

export interface ForecastFigures extends RegressionFigures {
  /** Below 1: better than the (seasonal) naive forecast one season ahead was on the training rows. Null where that one made no mistake. */
  mase: number | null;
  /** 0 to 200. */
  smape: number;
}

/**
 * What MASE divides by: the mean absolute difference of a series' values from those one season before, over its training rows.
 * @param values in the order of time, NaN where missing
 * @param season 1 is the plain naive forecast
 * @returns NaN where no two values lie a season apart
 */
export function naiveScale(values: ArrayLike<number>, season: number): number {
  let [sum, count] = [0, 0];
  for (let place = season; place < values.length; place++) {
    const difference = Math.abs(values[place] - values[place - season]);
    if (Number.isNaN(difference)) continue;
    sum += difference;
    count++;
  }
  return sum / count;
}

/**
 * @param given.actual,given.predicted in the target's own unit
 * @param given.scales of each value the `naiveScale` of its series; values whose scale is 0 or NaN are left out of MASE
 * @throws InputError `no-rows` or `row-count`
 */
export function forecastMetrics(given: {
  actual: ArrayLike<number>;
  predicted: ArrayLike<number>;
  scales: ArrayLike<number>;
}): ForecastFigures {
  const { actual, predicted, scales } = given;
  const values = actual.length;
  requireRows(values, scales.length);
  let [scaled, counted, symmetric] = [0, 0, 0];
  for (let index = 0; index < values; index++) {
    const error = Math.abs(actual[index] - predicted[index]);
    const size = Math.abs(actual[index]) + Math.abs(predicted[index]);
    symmetric += size === 0 ? 0 : (200 * error) / size;
    if (!(scales[index] > 0)) continue;
    scaled += error / scales[index];
    counted++;
  }
  return { ...regressionMetrics({ actual, predicted }), mase: counted === 0 ? null : scaled / counted, smape: symmetric / values };
}
