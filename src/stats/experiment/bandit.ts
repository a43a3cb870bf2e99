/** Weights that follow what is known of the arms: a good one gets more units while it is still being compared. */
import { Random } from '../../base/random.js';
import type { Sample } from './sample.js';

export interface BanditSettings {
  /** From how many units an arm on average weights are changed at all. Default: 100 */
  fewestUnits?: number;
  /** No arm's weight is below it before all are made to sum to 1: each goes on being seen. Default: 0.01 */
  floor?: number;
  /** Default: 10,000 */
  draws?: number;
  /** Whether less is better. */
  smallerIsBetter?: boolean;
  seed: number;
}

export interface BanditWeights {
  /** In [0, 1], summing to 1; undefined where there are too few units. */
  weights?: number[];
  /** How often each arm is the best one among what it may be. */
  best: number[];
}

/**
 * Top-two Thompson sampling (Russo 2016, arXiv 1602.08448): each arm's mean is drawn from the normal distribution of what it may be (flat prior),
 * and an arm's weight is its share of first and second places, so that the best one's rivals go on being told apart from it. Of two arms
 * both would always be among the first two: there the weight is the share of first places. Defaults as GrowthBook has them.
 */
export function banditWeights(
  samples: readonly Sample[],
  { fewestUnits = 100, floor = 0.01, draws = 10_000, smallerIsBetter = false, seed }: BanditSettings,
): BanditWeights {
  const random = new Random(seed, 'bandit');
  const errors = samples.map(({ count, variance }) => Math.sqrt(variance / Math.max(1, count)));
  const sign = smallerIsBetter ? -1 : 1;
  const [firsts, seconds] = [new Float64Array(samples.length), new Float64Array(samples.length)];
  for (let draw = 0; draw < draws; draw++) {
    let [first, second] = [-1, -1];
    let [most, next] = [-Infinity, -Infinity];
    for (const [arm, { mean }] of samples.entries()) {
      const value = sign * (mean + errors[arm] * random.normal());
      if (value > most) [second, next, first, most] = [first, most, arm, value];
      else if (value > next) [second, next] = [arm, value];
    }
    firsts[first] += 1;
    if (second >= 0) seconds[second] += 1;
  }
  const best = Array.from(firsts, (count) => count / draws);
  const units = samples.reduce((sum, { count }) => sum + count, 0);
  if (units < fewestUnits * samples.length || samples.some(({ count }) => count < 2)) return { best };
  const shares = samples.length > 2 ? best.map((share, arm) => (share + seconds[arm] / draws) / 2) : best;
  const raised = shares.map((share) => Math.max(share, floor));
  const sum = raised.reduce((all, share) => all + share, 0);
  return { best, weights: raised.map((share) => share / sum) };
}
