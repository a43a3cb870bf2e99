/** How sure a share is that was counted on few rows. */
import { InputError } from '../base/errors.js';

export type Confidence = 0.9 | 0.95 | 0.99;

/** Two-sided quantiles of the standard normal distribution: within ± this many standard deviations lies that share of it. */
const deviationsWithin: Readonly<Record<Confidence, number>> = {
  0.9: 1.6448536269514722,
  0.95: 1.959963984540054,
  0.99: 2.5758293035489004,
};

export interface Interval {
  lower: number;
  upper: number;
}

/**
 * Wilson's score interval of a share, without continuity correction: the shares from which the counted one is no further
 * than `confidence` allows. It stays within [0, 1] and holds for few trials and for shares near 0 or 1, where the share
 * ± standard errors does not.
 *
 * Source: Wilson (1927), "Probable inference, the law of succession, and statistical inference", Journal of the American
 * Statistical Association 22; recommended by Brown, Cai and DasGupta (2001), "Interval estimation for a binomial proportion".
 * @param successes a count in [0, trials]
 * @param trials at least 1
 * @throws InputError `invalid-share`
 */
export function wilsonInterval(successes: number, trials: number, confidence: Confidence = 0.95): Interval {
  if (!(trials >= 1 && successes >= 0 && successes <= trials)) {
    throw new InputError('invalid-share', `${successes} of ${trials} is no share.`, {
      advice: 'Give at least one trial, and successes between 0 and the number of trials.',
    });
  }
  return wilsonBounds(successes, trials, deviationsWithin[confidence]);
}

/** As `wilsonInterval`, of checked counts; `successes` need not be whole. @param deviations of the standard normal distribution: 1.96 for 95% */
export function wilsonBounds(successes: number, trials: number, deviations: number): Interval {
  const square = deviations * deviations;
  const middle = 2 * successes + square;
  const reach = deviations * Math.sqrt(square + (4 * successes * (trials - successes)) / trials);
  const scale = 2 * (trials + square);
  // Rounding may lead past the ends by a last digit.
  return { lower: Math.max(0, (middle - reach) / scale), upper: Math.min(1, (middle + reach) / scale) };
}
