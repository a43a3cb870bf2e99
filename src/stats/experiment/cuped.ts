/**
 * CUPED: what is known of each unit from before the experiment takes its share of the noise away (Deng, Xu, Kohavi and Walker 2013,
 * doi 10.1145/2433396.2433413). The difference stays unbiased, since the arms cannot have changed what was before them.
 */
import type { PairedSample, Sample } from './sample.js';

export interface Adjusted {
  /** In the order of the arms: `mean` is about what it would have been if all arms had had the same units. */
  samples: Sample[];
  /** How much the figure rises with the covariate. */
  theta: number;
  /** Share of the variance that is taken away, in [0, 1]. */
  explained: number;
}

/** @param arms of each the outcome (`one`) and the covariate (`other`) of every unit; the mean of an arm without units is 0 */
export function cuped(arms: readonly PairedSample[]): Adjusted {
  const count = arms.reduce((sum, arm) => sum + arm.count, 0);
  const within = (of: (arm: PairedSample) => number): number => arms.reduce((sum, arm) => sum + (arm.count - 1) * of(arm), 0);
  const [both, covariate, outcome] = [
    within(({ covariance }) => covariance),
    within((arm) => arm.other.variance),
    within((arm) => arm.one.variance),
  ];
  const theta = covariate > 0 ? both / covariate : 0;
  const middle = arms.reduce((sum, arm) => sum + arm.count * arm.other.mean, 0) / count;
  const samples = arms.map(({ count: units, one, other, covariance }) => ({
    count: units,
    mean: units > 0 ? one.mean - theta * (other.mean - middle) : 0,
    variance: Math.max(0, one.variance + theta * theta * other.variance - 2 * theta * covariance),
  }));
  return { samples, theta, explained: outcome > 0 && covariate > 0 ? (both * both) / (covariate * outcome) : 0 };
}
