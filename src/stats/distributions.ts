/** Tails of the normal, Student's and the χ² distribution, and the places where tails begin. */
import { lowerBeta, upperGamma } from './special.js';

/** P(Z > z) of the standard normal distribution. */
export const normalTail = (z: number): number => (z < 0 ? 1 - normalTail(-z) : upperGamma(0.5, (z * z) / 2) / 2);

/** The z beyond which lies this share in (0, ½] of the standard normal distribution: 1.96 for 0.025. */
export const normalBeyond = (share: number): number => placeOf(share, normalTail);

/** P(T > t) of Student's distribution. @param degrees of freedom, at least 1 and not necessarily whole */
export function studentTail(t: number, degrees: number): number {
  if (t < 0) return 1 - studentTail(-t, degrees);
  // There is no difference in seven digits, and the fraction would be long.
  if (degrees > 1e7) return normalTail(t);
  return lowerBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
}

/** The t beyond which lies this share in (0, ½] of Student's distribution. */
export const studentBeyond = (share: number, degrees: number): number => placeOf(share, (t) => studentTail(t, degrees));

/** P(X > x) of χ². @param degrees of freedom, at least 1 */
export const chiSquaredTail = (x: number, degrees: number): number => upperGamma(degrees / 2, x / 2);

/** Where a tail that falls from ½ at 0 has this share, by halving. */
function placeOf(share: number, tail: (place: number) => number): number {
  let [low, high] = [0, 1];
  while (tail(high) > share) [low, high] = [high, high * 2];
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (tail(middle) > share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
