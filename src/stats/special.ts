/** The incomplete gamma and beta functions, from which the tails of distributions come (Numerical Recipes, 3rd edition, chapter 6). */
import { exponential, logarithm } from '../base/elementary.js';

/** Lanczos' series with g = 7 and nine terms. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** log Γ(x) of x of at least ½, to about 13 digits. */
export function logGamma(x: number): number {
  let sum = lanczos[0];
  for (let index = 1; index < lanczos.length; index++) sum += lanczos[index] / (x - 1 + index);
  const shifted = x + 6.5;
  return logarithm(2.5066282746310002 * sum) + (x - 0.5) * logarithm(shifted) - shifted;
}

const precision = 1e-16;
/** Never reached: fractions and series end by themselves, the slowest after about √a steps. */
const mostSteps = 100_000;

/** Q(a, x): the share of the gamma distribution of shape `a` of at least ½ that lies beyond x. */
export function upperGamma(a: number, x: number): number {
  if (!(x > 0)) return 1;
  const scale = exponential(a * logarithm(x) - x - logGamma(a + 1));
  if (x < a + 1) {
    let [term, sum] = [1, 1];
    for (let step = 1; step < mostSteps && term > sum * precision; step++) {
      term *= x / (a + step);
      sum += term;
    }
    return 1 - scale * sum;
  }
  let b = x + 1 - a;
  const fraction = continued(b, (step) => {
    b += 2;
    return [-step * (step - a), b];
  });
  return (scale * a) / fraction;
}

/** I(x; a, b): the share of the beta distribution of shapes of at least ½ that lies below x. */
export function lowerBeta(x: number, a: number, b: number): number {
  if (!(x > 0)) return 0;
  if (x >= 1) return 1;
  // The fraction is quick on one side of the middle.
  if (x > (a + 1) / (a + b + 2)) return 1 - lowerBeta(1 - x, b, a);
  const scale = exponential(logGamma(a + b) - logGamma(a) - logGamma(b) + a * logarithm(x) + b * logarithm(1 - x));
  const fraction = continued(1, (step) => {
    const half = Math.floor(step / 2);
    const isOdd = step % 2 === 1;
    const numerator = isOdd ? -(a + half) * (a + b + half) * x : half * (b - half) * x;
    return [numerator / ((a + step - 1) * (a + step)), 1];
  });
  return scale / (a * fraction);
}

/** first + n₁ / (d₁ + n₂ / (d₂ + …)), by Lentz's method. @param next numerator and denominator of each step, from 1 */
function continued(first: number, next: (step: number) => [number, number]): number {
  const tiny = 1e-300;
  let value = first === 0 ? tiny : first;
  let [c, d] = [value, 0];
  for (let step = 1; step < mostSteps; step++) {
    const [numerator, denominator] = next(step);
    d = 1 / (denominator + numerator * d || tiny);
    c = denominator + numerator / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < 4 * precision) break;
  }
  return value;
}
