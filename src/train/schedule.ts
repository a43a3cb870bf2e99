/** The learning rate as a pure function of the step: nothing to store, nothing to restore. */

import { cosine } from '../base/elementary.js';
import type { Recipe } from './recipe.js';

export interface Schedule {
  kind: Recipe['schedule'];
  /** The highest learning rate. */
  peak: number;
  /** Steps over which the rate rises linearly from near zero to its peak. */
  warmup: number;
  /** Steps in all; a cosine ends here at zero. */
  steps: number;
}

/** The learning rate of a step, counted from 0. Cosine annealing without restarts: 1608.03983, equation 5. */
export function learningRateAt(schedule: Schedule, step: number): number {
  const { kind, peak, warmup, steps } = schedule;
  if (step < warmup) return (peak * (step + 1)) / (warmup + 1);
  if (kind === 'constant') return peak;
  const share = Math.min(1, (step - warmup) / Math.max(1, steps - warmup));
  return (peak * (1 + cosine(Math.PI * share))) / 2;
}

const longestWarmup = 100;

/** A recipe's schedule over all of its epochs; a twentieth of it warms up, so that Adam's first estimates do no harm. */
export function scheduleFor(recipe: Pick<Recipe, 'schedule' | 'learningRate' | 'epochs'>, stepsPerEpoch: number): Schedule {
  const steps = recipe.epochs * stepsPerEpoch;
  return { kind: recipe.schedule, peak: recipe.learningRate, warmup: Math.min(longestWarmup, Math.floor(steps / 20)), steps };
}
