/** How far one arm's mean is from another's, with an interval that holds if it is looked at once, at a time that was settled beforehand. */
import { normalBeyond, normalTail, studentBeyond, studentTail } from '../distributions.js';
import { type Interval, wilsonBounds } from '../intervals.js';
import type { Sample } from './sample.js';

export interface Difference extends Interval {
  /** Treatment less control. */
  difference: number;
  /** Two-sided, of there being none. */
  pValue: number;
}

/**
 * Two means, by Welch's test (1947) with Satterthwaite's degrees of freedom.
 * @param alpha how often the interval may miss, in (0, 1)
 */
export function meanDifference(control: Sample, treatment: Sample, alpha = 0.05): Difference {
  const { square, degrees } = welch(control, treatment);
  return around(treatment.mean - control.mean, Math.sqrt(square), degrees, alpha);
}

/**
 * Relative to the control's mean: 0.1 is a tenth more. By the delta method with Welch's degrees of freedom, as GrowthBook computes it. Of a
 * mean of 0 there is none: NaN.
 */
export function relativeDifference(control: Sample, treatment: Sample, alpha = 0.05): Difference {
  const [square, ratio] = [control.mean * control.mean, treatment.mean / control.mean];
  const [a, b] = [((control.variance / control.count) * ratio * ratio) / square, treatment.variance / treatment.count / square];
  const { degrees } = welch(control, treatment);
  if (square === 0) return { difference: NaN, lower: -Infinity, upper: Infinity, pValue: 1 };
  return around(ratio - 1, Math.sqrt(a + b), degrees, alpha);
}

/**
 * Two shares: Newcombe's hybrid of two score intervals (1998, "Interval estimation for the difference between independent proportions", method
 * 10), which holds for few units and for shares near 0 or 1; the p-value by the pooled z test.
 */
export function shareDifference(control: Sample, treatment: Sample, alpha = 0.05): Difference {
  const deviations = normalBeyond(alpha / 2);
  const difference = treatment.mean - control.mean;
  const [one, other] = [control, treatment].map(({ mean, count }) => wilsonBounds(mean * count, count, deviations));
  const reach = (a: number, b: number): number => Math.sqrt(a * a + b * b);
  const pooled = (control.mean * control.count + treatment.mean * treatment.count) / (control.count + treatment.count);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / control.count + 1 / treatment.count));
  return {
    difference,
    lower: difference - reach(treatment.mean - other.lower, one.upper - control.mean),
    upper: difference + reach(other.upper - treatment.mean, control.mean - one.lower),
    pValue: error === 0 ? 1 : Math.min(1, 2 * normalTail(Math.abs(difference) / error)),
  };
}

/** The difference's squared standard error, and its degrees of freedom. */
export function welch(control: Sample, treatment: Sample): { square: number; degrees: number } {
  const [a, b] = [control.variance / control.count, treatment.variance / treatment.count];
  const square = a + b;
  return { square, degrees: (square * square) / ((a * a) / (control.count - 1) + (b * b) / (treatment.count - 1)) };
}

/** Without any spread there is no telling what it would be: an interval of everything. */
function around(difference: number, error: number, degrees: number, alpha: number): Difference {
  if (!(error > 0 && degrees >= 1)) return { difference, lower: -Infinity, upper: Infinity, pValue: 1 };
  const reach = studentBeyond(alpha / 2, degrees) * error;
  return {
    difference,
    lower: difference - reach,
    upper: difference + reach,
    pValue: Math.min(1, 2 * studentTail(Math.abs(difference) / error, degrees)),
  };
}
