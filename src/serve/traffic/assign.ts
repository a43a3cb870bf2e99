/** Which arm a caller goes to: always the same one, for as long as the weights are. */
import { murmur3 } from '../../data/steps/murmur.js';
import type { Arm } from '../../spec/traffic.js';

/** A caller's place in [0, 1), by a hash; callers of one salt are spread evenly, and those of another independently of them. */
export const placeOf = (salt: string, unit: string): number => (murmur3(`${salt}\n${unit}`) >>> 0) / 2 ** 32;

/** @param place in [0, 1). Who moves when weights change is whom the change takes or gives, no one else, of two arms */
export function armAt<Some extends Pick<Arm, 'weight'>>(arms: readonly Some[], place: number): Some {
  const all = arms.reduce((sum, { weight }) => sum + weight, 0);
  let end = 0;
  for (const arm of arms) {
    end += arm.weight / all;
    if (place < end) return arm;
  }
  // Weights that do not quite add up to the whole leave a last digit over.
  return arms.findLast(({ weight }) => weight > 0) ?? arms[0];
}
