/** Whether units were divided among arms as they should have been. If not, something loses units of one arm, and no figure can be trusted. */
import { chiSquaredTail } from '../distributions.js';

/** Below this the division is not chance: rare enough that looking often does no harm. */
export const mismatchBelow = 0.001;
const fewestUnits = 8;

export interface SampleRatio {
  /** χ² of the counts against the weights; undefined with fewer than 8 units in any arm, where it cannot be told. */
  pValue?: number;
  mismatch: boolean;
}

/** @param counts units of each arm; @param weights of each arm, whatever they sum to; arms of weight 0 are left out */
export function sampleRatio(counts: readonly number[], weights: readonly number[]): SampleRatio {
  const arms = counts.flatMap((count, index) => (weights[index] > 0 ? [{ count, weight: weights[index] }] : []));
  if (arms.length < 2 || arms.some(({ count }) => count < fewestUnits)) return { mismatch: false };
  const all = arms.reduce((sum, { count }) => sum + count, 0);
  const whole = arms.reduce((sum, { weight }) => sum + weight, 0);
  let statistic = 0;
  for (const { count, weight } of arms) {
    const expected = (all * weight) / whole;
    statistic += ((count - expected) * (count - expected)) / expected;
  }
  const pValue = chiSquaredTail(statistic, arms.length - 1);
  return { pValue, mismatch: pValue < mismatchBelow };
}
