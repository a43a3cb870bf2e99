/** At how many epochs trials are compared. */
import { power } from '../../base/elementary.js';
import type { SweepSpec } from '../../spec/sweep.js';

const usualFactor = 3;
/** Where no first rung is asked for, it has so many reductions below all epochs. */
const usualReductions = 3;

export const reductionFactorOf = (sweep: SweepSpec): number =>
  (sweep.method === 'successiveHalving' ? sweep.reductionFactor : undefined) ?? usualFactor;

/** Epochs of each rung, growing by the factor; the last are all. Without halving there is one rung. */
export function rungsFor(sweep: SweepSpec, epochs: number): number[] {
  if (sweep.method !== 'successiveHalving') return [epochs];
  const factor = reductionFactorOf(sweep);
  const first = Math.min(epochs, sweep.firstRung ?? Math.max(1, Math.round(epochs / power(factor, usualReductions))));
  const rungs: number[] = [];
  // A rung that would be nearly all epochs gives way to all of them.
  for (let rung = first; rung * factor <= epochs; rung *= factor) rungs.push(rung);
  return [...rungs, epochs];
}

/** About how many epochs all trials together take, each rung counted from the one before. */
export function expectedEpochs(own: readonly number[], rungs: readonly number[], factor: number): number {
  let sum = 0;
  let before = 0;
  let count = own.length;
  for (const rung of rungs) {
    const share = count / own.length;
    for (const epochs of own) sum += share * Math.max(0, Math.min(rung, epochs) - before);
    before = rung;
    count = Math.max(1, Math.floor(count / factor));
  }
  return sum;
}
