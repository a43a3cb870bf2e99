/** The naive forecasts of several steps, by hand: the last value, and the latest of the same place in a season. */
import { expect, test } from 'vitest';
import { finished } from '../../../src/base/in-turns.js';
import { naiveForecasts } from '../../../src/data/naive.js';
import { makingSeries } from '../../../src/data/windows.js';

test('beyond one season the latest season that is known comes again', () => {
  const values = Float64Array.of(1, 2, 3, 4, 5, 6, 7);
  const series = finished(makingSeries(Float64Array.from(values.keys())));
  const { naive, seasonalNaive } = naiveForecasts(series, values, Uint32Array.of(5, 1), { horizon: 7, season: 3 });
  expect([...naive]).toEqual([...new Array(7).fill(6), ...new Array(7).fill(2)]);
  // The second origin has no season behind it but for its own value and the one before.
  expect([...seasonalNaive]).toEqual([4, 5, 6, 4, 5, 6, 4, 2, 1, 2, 2, 1, 2, 2]);
});

test('a value that is missing a season before gives way to the last one', () => {
  const values = Float64Array.of(1, Number.NaN, 3, 4);
  const series = finished(makingSeries(Float64Array.from(values.keys())));
  expect([...naiveForecasts(series, values, Uint32Array.of(3), { horizon: 2, season: 3 }).seasonalNaive]).toEqual([4, 3]);
});
