/**
 * After how many rows a series repeats itself. A season is believed where the autocorrelation at its lag is beyond what chance gives: the test
 * that the benchmarks of the M4 competition use (Makridakis, Spiliotis & Assimakopoulos, 2020), here of the differences from row to row, so
 * that a trend is not taken for a season.
 */
import { squared } from '../base/elementary.js';

/** Of the normal distribution, one-sided 95 %. */
const critical = 1.645;
/** So many whole seasons have to be seen. */
const fewestSeasons = 3;
/** Longest season that is looked for where none is usual. */
const longestSought = 400;
/** The latest values tell enough. */
const mostValues = 20_000;
/** Of the strongest autocorrelation: a multiple of a season is as strong as the season itself. */
const nearlyAsStrong = 0.9;

/**
 * @param all of one series in the order of time, NaN where missing
 * @param usual the seasons to test; none: every lag is tested
 * @returns 1 where there is no season
 */
export function seasonOf(all: Float64Array, usual: readonly number[]): number {
  const values = all.subarray(Math.max(0, all.length - mostValues));
  const differences = Float64Array.from({ length: Math.max(0, values.length - 1) }, (_, index) => values[index + 1] - values[index]);
  const longest = Math.floor(values.length / fewestSeasons);
  const isSought = usual.length === 0;
  const most = isSought ? Math.min(longest, longestSought) : Math.min(longest, Math.max(...usual));
  const correlations = autocorrelations(differences, most);
  const believed = (lag: number): boolean => {
    let sum = 1;
    for (let before = 1; before < lag; before++) sum += 2 * squared(correlations[before]);
    return correlations[lag] > critical * Math.sqrt(sum / differences.length);
  };
  const isPeak = (lag: number): boolean =>
    correlations[lag] > correlations[lag - 1] && !(correlations[lag] < (correlations[lag + 1] ?? Number.NEGATIVE_INFINITY));
  const candidates = isSought ? Array.from({ length: Math.max(0, most - 1) }, (_, index) => index + 2).filter(isPeak) : usual;
  const seen = candidates.filter((lag) => lag <= longest && believed(lag));
  const strongest = Math.max(...seen.map((lag) => correlations[lag]));
  return seen.find((lag) => correlations[lag] >= nearlyAsStrong * strongest) ?? 1;
}

/** [lags + 1], by pairs that are both there; 0 for a constant series. */
function autocorrelations(values: Float64Array, lags: number): Float64Array {
  const present = values.filter((value) => !Number.isNaN(value));
  const mean = present.reduce((sum, value) => sum + value / present.length, 0);
  const spread = present.reduce((sum, value) => sum + squared(value - mean), 0);
  return Float64Array.from({ length: Math.max(0, lags) + 1 }, (_, lag) => {
    let sum = 0;
    for (let place = lag; place < values.length; place++) {
      const product = (values[place] - mean) * (values[place - lag] - mean);
      if (!Number.isNaN(product)) sum += product;
    }
    return spread > 0 ? sum / spread : 0;
  });
}
