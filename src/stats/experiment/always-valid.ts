/** How far two means are apart, with an interval that may be looked at as often as one likes, and acted on at any time. */
import { logarithm } from '../../base/elementary.js';
import type { Interval } from '../intervals.js';
import { welch } from './difference.js';
import type { Sample } from './sample.js';

/** Units at which the interval is narrowest, against one that is looked at once. */
export const tunedFor = 5_000;

/**
 * An asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, arXiv 2103.06476, equation 9), tuned for `tuned` units
 * by their equation for ρ. Its share of misses over all looks together approaches at most `alpha` as the first look comes later, so that it
 * should not be looked at before each arm has a hundred units or so.
 * @param alpha how often it may miss over all looks together, in (0, 1)
 */
export function alwaysValidDifference(
  control: Sample,
  treatment: Sample,
  alpha = 0.05,
  tuned = tunedFor,
): Interval & { difference: number } {
  const difference = treatment.mean - control.mean;
  const count = control.count + treatment.count;
  const { square } = welch(control, treatment);
  // Without any spread there is no telling what it would be.
  if (!(square > 0)) return { difference, lower: -Infinity, upper: Infinity };
  // The difference's variance is that of a mean over all units, each of `count` times that variance.
  const reach = Math.sqrt(square * count) * sequenceReach(count, alpha, tuned);
  return { difference, lower: difference - reach, upper: difference + reach };
}

/** Half the width over n units of unit variance. */
export function sequenceReach(n: number, alpha: number, tuned = tunedFor): number {
  const bits = -2 * logarithm(alpha);
  const rho = (bits + logarithm(bits + 1)) / tuned;
  const grown = n * rho + 1;
  return Math.sqrt((2 * grown * logarithm(Math.sqrt(grown) / alpha)) / (n * n * rho));
}
