/** The losses of a rising learning rate: smoothed, ended where they diverge, and read for a rate to train with. */
import { exponential, logarithm } from '../../base/elementary.js';
import type { RatePoint, RateSearch } from '../../spec/learning-rate.js';

const usual = { from: 1e-7, to: 10, steps: 200 };
/** What stays of the running mean in a step. */
const kept = 0.95;
/** The smoothed loss may grow to so many times its smallest. */
const mostGrowth = 4;
/** Points at the beginning whose running mean is hardly one. */
const settling = 10;

export type RatePlan = Required<RateSearch>;

export const ratePlan = ({ from = usual.from, to = usual.to, steps = usual.steps }: RateSearch): RatePlan => ({ from, to, steps });

/** The rate of a step, from 0: equal factors from one to the next (1506.01186, section 3.3, by steps and by factors instead of sums). */
export const rateOf = ({ from, to, steps }: RatePlan, step: number): number =>
  from * exponential((logarithm(to / from) * step) / Math.max(1, steps - 1));

export class RateCurve {
  readonly points: RatePoint[] = [];
  diverged = false;
  readonly #plan: RatePlan;
  #mean = 0;
  /** kept^steps: what the running mean still lacks. */
  #missing = 1;
  #lowest = Number.POSITIVE_INFINITY;

  constructor(plan: RatePlan) {
    this.#plan = plan;
  }

  get isOver(): boolean {
    return this.diverged || this.points.length >= this.#plan.steps;
  }

  /** @returns the point, or undefined where the loss is not a number any more */
  add(loss: number): RatePoint | undefined {
    if (!Number.isFinite(loss)) {
      this.diverged = true;
      return undefined;
    }
    this.#mean = kept * this.#mean + (1 - kept) * loss;
    this.#missing *= kept;
    const smoothed = this.#mean / (1 - this.#missing);
    const point = { rate: rateOf(this.#plan, this.points.length), loss, smoothed };
    this.points.push(point);
    this.#lowest = Math.min(this.#lowest, smoothed);
    this.diverged = this.points.length > settling && smoothed > mostGrowth * this.#lowest;
    return point;
  }
}

export interface RateReading {
  suggestion: number;
  lowest: number;
  steepest: number;
}

/**
 * A tenth of the rate at which the smoothed loss is lowest: at the lowest itself it is about to grow, and the rate is an order of magnitude too
 * high to stay at (fastai's `lr_find`, "minimum / 10", after Smith 1506.01186). The steepest descent, which PyTorch Lightning suggests, is told
 * as well; it follows the noise of small batches more.
 * @returns undefined where the loss never fell
 */
export function readRates(points: readonly RatePoint[]): RateReading | undefined {
  const read = points.slice(settling);
  if (read.length < settling) return undefined;
  const lowest = read.reduce((best, point) => (point.smoothed < best.smoothed ? point : best));
  if (lowest === read[0]) return undefined;
  let steepest = read[0];
  let fall = 0;
  // The rates lie evenly by their logarithm: differences are slopes.
  for (let at = 1; at < read.length - 1; at++) {
    const slope = read[at + 1].smoothed - read[at - 1].smoothed;
    if (slope < fall) [fall, steepest] = [slope, read[at]];
  }
  const legible = (rate: number): number => Number(rate.toPrecision(3));
  return { suggestion: legible(lowest.rate / 10), lowest: legible(lowest.rate), steepest: legible(steepest.rate) };
}
