/** What of one arm's units is needed to compare it with another's. */
import { InputError } from '../../base/errors.js';

export interface Sample {
  /** Units. */
  count: number;
  /** Of a proportion, the share in [0, 1]. */
  mean: number;
  /** Of one unit, with n − 1; 0 of fewer than two. */
  variance: number;
}

/** Two figures of each unit. */
export interface PairedSample {
  count: number;
  one: Sample;
  other: Sample;
  /** Between the two, with n − 1. */
  covariance: number;
}

export function sampleOf(values: ArrayLike<number>): Sample {
  return pairedSample(values, values).one;
}

/** @throws InputError `invalid-share` */
export function sampleOfShare(successes: number, trials: number): Sample {
  if (!(trials >= 0 && successes >= 0 && successes <= trials)) {
    throw new InputError('invalid-share', `${successes} of ${trials} is no share.`, { advice: 'Give successes between 0 and the trials.' });
  }
  const mean = trials === 0 ? 0 : successes / trials;
  return { count: trials, mean, variance: trials > 1 ? (mean * (1 - mean) * trials) / (trials - 1) : 0 };
}

/** @param one [units]; @param other [units] */
export function pairedSample(one: ArrayLike<number>, other: ArrayLike<number>): PairedSample {
  const count = one.length;
  const [meanOne, meanOther] = [meanOf(one), meanOf(other)];
  let [ones, others, both] = [0, 0, 0];
  for (let index = 0; index < count; index++) {
    const [a, b] = [one[index] - meanOne, other[index] - meanOther];
    ones += a * a;
    others += b * b;
    both += a * b;
  }
  const of = (sum: number): number => (count > 1 ? sum / (count - 1) : 0);
  return {
    count,
    one: { count, mean: meanOne, variance: of(ones) },
    other: { count, mean: meanOther, variance: of(others) },
    covariance: of(both),
  };
}

/**
 * A sum over a sum, such as clicks over views, by units: as a mean of units whose variance is that of the ratio (delta method; Deng, Knoblich
 * and Lu 2018, arXiv 1803.06336).
 */
export function ratioSample({ count, one, other, covariance }: PairedSample): Sample {
  const mean = one.mean / other.mean;
  const variance = (one.variance - 2 * mean * covariance + mean * mean * other.variance) / (other.mean * other.mean);
  return { count, mean, variance: Math.max(0, variance) };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index];
  return values.length === 0 ? 0 : sum / values.length;
}
