/** What can be foretold of a series without a model: the last value, and the value of one season before. */
import { neighbour, type Series } from './windows.js';

export interface NaiveForecasts {
  /** [rows, horizon]: the value of the origin. */
  naive: Float64Array;
  /** [rows, horizon]: the latest value known at the origin that lies whole seasons before; the origin's own where that is missing. */
  seasonalNaive: Float64Array;
}

/**
 * Of the rows after some origins. No value later than its origin is looked at.
 * @param values [rows of the table]
 * @param origins rows of the table
 */
export function naiveForecasts(
  series: Series,
  values: Float64Array,
  origins: Uint32Array,
  { horizon, season }: { horizon: number; season: number },
): NaiveForecasts {
  const naive = new Float64Array(origins.length * horizon);
  const seasonalNaive = new Float64Array(origins.length * horizon);
  origins.forEach((origin, index) => {
    for (let step = 1; step <= horizon; step++) {
      const place = index * horizon + step - 1;
      const before = neighbour(series, origin, step - season * Math.ceil(step / season));
      naive[place] = values[origin];
      seasonalNaive[place] = before < 0 || Number.isNaN(values[before]) ? values[origin] : values[before];
    }
  });
  return { naive, seasonalNaive };
}
