/** How much two columns say of each other: pure functions over rows in which both are there. */
import { logarithm } from '../base/elementary.js';
import { type Contingency, chiSquared } from './contingency.js';

/** Pearson's r; null where one of them does not vary. */
export function pearson(x: Float64Array, y: Float64Array): number | null {
  const rows = x.length;
  if (rows < 2) return null;
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const a = x[row] - meanX;
    const b = y[row] - meanY;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  const scale = Math.sqrt(xx) * Math.sqrt(yy);
  // What rounding leaves of a constant column is no variation.
  if (!(xx > rows * meanX * meanX * 1e-28) || !(yy > rows * meanY * meanY * 1e-28)) return null;
  return Math.max(-1, Math.min(1, xy / scale));
}

/** Ranks from 1, equal values sharing the mean of theirs. */
export function ranks(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  const rankOf = new Map<number, number>();
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1;
    rankOf.set(sorted[start], (start + 1 + end) / 2);
    start = end;
  }
  return values.map((value) => rankOf.get(value) ?? Number.NaN);
}

/** Spearman's ρ. */
export const spearman = (x: Float64Array, y: Float64Array): number | null => pearson(ranks(x), ranks(y));

/**
 * Correlation ratio of numbers by group: the root of the share of variance between groups, corrected for what groups of chance would have
 * (Kelley's ε²), so that many groups of few rows say nothing. On ranks it is that of Kruskal and Wallis.
 * @param groups each row's, from 0
 */
export function correlationRatio(values: Float64Array, groups: Int32Array, groupCount: number): number | null {
  const rows = values.length;
  const sums = new Float64Array(groupCount);
  const counts = new Float64Array(groupCount);
  const all = mean(values);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const distance = values[row] - all;
    sums[groups[row]] += distance;
    counts[groups[row]] += 1;
    total += distance * distance;
  }
  let between = 0;
  let used = 0;
  for (let group = 0; group < groupCount; group++) {
    if (counts[group] === 0) continue;
    used += 1;
    between += (sums[group] * sums[group]) / counts[group];
  }
  if (used < 2 || rows <= used || !(total > rows * all * all * 1e-28)) return null;
  const within = Math.max(0, total - between);
  return Math.sqrt(Math.max(0, 1 - within / (rows - used) / (total / (rows - 1))));
}

/** Cramér's V, corrected for bias (Bergsma 2013, doi 10.1016/j.jkss.2012.10.002). */
export function cramersV(table: Contingency): number | null {
  const { rows, usedOne, usedOther } = table;
  if (usedOne < 2 || usedOther < 2 || rows < 2) return null;
  const [one, other] = [usedOne - 1, usedOther - 1];
  const phi = Math.max(0, chiSquared(table) / rows - (one * other) / (rows - 1));
  const freedom = Math.min(usedOne - (one * one) / (rows - 1), usedOther - (other * other) / (rows - 1)) - 1;
  return freedom > 0 ? Math.min(1, Math.sqrt(phi / freedom)) : 0;
}

/** In nats. */
export function mutualInformation({ rows, cells, sumsOne, sumsOther }: Contingency): number {
  let sum = 0;
  cells((count, one, other) => {
    sum += (count / rows) * (logarithm(count) + logarithm(rows) - logarithm(sumsOne[one]) - logarithm(sumsOther[other]));
  });
  return Math.max(0, sum);
}

/** Of counts, in nats. */
export function entropy(counts: Float64Array): number {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count) => (count > 0 ? sum - (count / rows) * (logarithm(count) - logarithm(rows)) : sum), 0);
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += values[row];
  return sum / values.length;
}
