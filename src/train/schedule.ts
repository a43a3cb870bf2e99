/** The learning rate as a pure function of the step and of the curve so far: nothing to store, nothing to restore. */

import { cosine } from '../base/elementary.js';
import type { ScheduleName, ScheduleSettings } from '../spec/optimisation.js';
import type { CurvePoint } from '../spec/run.js';

/** Settings with everything decided. `peak` is the highest learning rate, `steps` counts those of all epochs. */
export type Schedule = { peak: number; steps: number } & (
  | { kind: 'constant'; warmup: number }
  | { kind: 'cosine'; warmup: number; floor: number }
  | { kind: 'oneCycle'; rise: number; divideBy: number; finalDivideBy: number }
  | { kind: 'plateau'; warmup: number; factor: number; patience: number; threshold: number; floor: number }
);

export interface ScheduleRequest {
  /** A name stands for its usual settings. */
  schedule: ScheduleName | ScheduleSettings;
  learningRate: number;
  epochs: number;
}

const longestWarmup = 100;

/** A recipe's schedule over all of its epochs. Unless told otherwise a twentieth of it warms up, so that Adam's first estimates do no harm. */
export function scheduleFor({ schedule, learningRate, epochs }: ScheduleRequest, stepsPerEpoch: number): Schedule {
  const settings: ScheduleSettings = typeof schedule === 'string' ? { kind: schedule } : schedule;
  const steps = epochs * stepsPerEpoch;
  const shared = { peak: learningRate, steps };
  if (settings.kind === 'oneCycle') return { rise: 0.3, divideBy: 25, finalDivideBy: 1e4, ...settings, ...shared };
  const warmup = settings.warmup ?? Math.min(longestWarmup, Math.floor(steps / 20));
  switch (settings.kind) {
    case 'constant':
      return { ...settings, ...shared, warmup };
    case 'cosine':
      return { floor: 0, ...settings, ...shared, warmup };
    case 'plateau':
      return { factor: 0.5, patience: 5, threshold: 1e-4, floor: 0, ...settings, ...shared, warmup };
  }
}

/**
 * The learning rate by step, counted from 0, for the steps until the next epoch is complete.
 * @param curve of the epochs completed; only `plateau` looks at it
 */
export function ratesAfter(schedule: Schedule, curve: readonly Pick<CurvePoint, 'validationLoss'>[]): (step: number) => number {
  const { peak, steps } = schedule;
  if (schedule.kind === 'oneCycle') return (step) => oneCycle(schedule, step);
  const { warmup } = schedule;
  const settled = schedule.kind === 'plateau' ? peak * plateauShare(schedule, curve) : peak;
  const last = Math.max(1, steps - warmup);
  return (step) => {
    if (step < warmup) return (settled * (step + 1)) / (warmup + 1);
    if (schedule.kind !== 'cosine') return settled;
    return between(peak, schedule.floor * peak, Math.min(1, (step - warmup) / last));
  };
}

/** Half a cosine from one value to another. */
const between = (from: number, to: number, share: number): number => to + ((from - to) * (1 + cosine(Math.PI * share))) / 2;

/** As PyTorch's OneCycleLR: the peak stands at step rise · steps − 1, the lowest rate at the last step. */
function oneCycle({ peak, steps, rise, divideBy, finalDivideBy }: Schedule & { kind: 'oneCycle' }, step: number): number {
  const lowest = peak / divideBy;
  const top = rise * steps - 1;
  if (step <= top) return between(lowest, peak, top > 0 ? step / top : 1);
  const fall = steps - 1 - Math.max(0, top);
  return between(peak, lowest / finalDivideBy, Math.min(1, fall > 0 ? (step - Math.max(0, top)) / fall : 1));
}

/** What is left of the peak after the epochs of a curve, as PyTorch's ReduceLROnPlateau with a relative threshold. */
function plateauShare(
  { factor, patience, threshold, floor }: Schedule & { kind: 'plateau' },
  curve: readonly Pick<CurvePoint, 'validationLoss'>[],
): number {
  let share = 1;
  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  for (const { validationLoss } of curve) {
    if (validationLoss < best * (1 - threshold)) {
      best = validationLoss;
      waited = 0;
    } else if (++waited > patience) {
      share = Math.max(floor, share * factor);
      waited = 0;
    }
  }
  return share;
}
