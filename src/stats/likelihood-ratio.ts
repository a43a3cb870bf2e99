/** Likelihood ratio tests of two groups, and how unlikely their outcome is. Unlike χ² they can be trusted where counts are small. */
import { logarithm } from '../base/elementary.js';

/** G of a table of two rows of counts, one column a class; 0 where a row is empty. Columns may be missing at the end. */
export function likelihoodRatio(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const columns = Math.max(one.length, other.length);
  const [ones, others] = [sumOf(one), sumOf(other)];
  const rows = ones + others;
  if (ones === 0 || others === 0) return 0;
  let ratio = 0;
  for (let column = 0; column < columns; column++) {
    const [here, there] = [one[column] ?? 0, other[column] ?? 0];
    const share = (here + there) / rows;
    ratio += surplus(here, ones * share) + surplus(there, others * share);
  }
  return 2 * ratio;
}

const surplus = (observed: number, expected: number): number => (observed === 0 ? 0 : observed * logarithm(observed / expected));

function sumOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < counts.length; index++) sum += counts[index] ?? 0;
  return sum;
}

/** The logarithm of a bound of the probability that χ² of so many degrees of freedom is as great (Chernoff): never too small. */
export const chiSquaredTailBound = (statistic: number, degrees: number): number =>
  statistic <= degrees ? 0 : (degrees / 2) * logarithm(statistic / degrees) + (degrees - statistic) / 2;
