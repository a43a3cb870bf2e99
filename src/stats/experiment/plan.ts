/** How many units an experiment needs, and how long it takes to see them. */
import { InputError } from '../../base/errors.js';
import { normalBeyond, normalTail } from '../distributions.js';
import { sequenceReach, tunedFor } from './always-valid.js';

export interface PlanRequest {
  /** Of a proportion, the control's share decides the spread; of a mean, the standard deviation is given. */
  metric: { kind: 'proportion'; baseline: number } | { kind: 'mean'; deviation: number };
  /** The smallest difference worth finding, in the metric's own unit: 0.02 from 0.10 to 0.12. */
  effect: number;
  /** Of each arm, the control first; whatever they sum to. */
  weights: readonly number[];
  /** How often a difference is found where there is none, over all comparisons with the control. Default: 0.05 */
  alpha?: number;
  /** How often a difference of `effect` is found. Default: 0.8 */
  power?: number;
  unitsPerDay?: number;
}

export interface Plan {
  /** Of each arm, at the time when it is looked at once. */
  units: number[];
  total: number;
  /** Over all arms until the interval that is always valid finds the difference, if it is just as large as `effect`, half of the time. */
  anytime: number;
  days?: number;
}

const most = 1e12;

/** @throws InputError `invalid-plan` naming what cannot be */
export function planExperiment({ metric, effect, weights, alpha = 0.05, power = 0.8, unitsPerDay }: PlanRequest): Plan {
  const refuse = (message: string, field: string): never => {
    throw new InputError('invalid-plan', message, { advice: `Correct "${field}" and try again.`, place: { field } });
  };
  if (weights.length < 2 || !weights.every((weight) => weight > 0))
    refuse('A plan needs two arms or more, each of a weight above 0.', 'weights');
  if (!(alpha > 0 && alpha < 1)) refuse(`alpha is ${alpha}; expected a number between 0 and 1.`, 'alpha');
  if (!(power > 0.5 && power < 1)) refuse(`power is ${power}; expected a number between 0.5 and 1.`, 'power');
  if (!(Math.abs(effect) > 0 && Number.isFinite(effect))) refuse(`The effect is ${effect}; expected a difference other than 0.`, 'effect');
  const [control, treatment] = variances(metric, effect, refuse);
  const each = alpha / (weights.length - 1);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  // The arm of the least weight is the last to be ready.
  const [c, t] = [weights[0] / whole, Math.min(...weights.slice(1)) / whole];
  const pooledMean = metric.kind === 'proportion' ? (metric.baseline * c + (metric.baseline + effect) * t) / (c + t) : 0;
  const [pooled, spread] =
    metric.kind === 'proportion'
      ? [pooledMean * (1 - pooledMean) * (1 / c + 1 / t), control / c + treatment / t]
      : [control / c + treatment / t, control / c + treatment / t];
  const sum = normalBeyond(each / 2) * Math.sqrt(pooled) + normalBeyond(1 - power) * Math.sqrt(spread);
  const total = (sum * sum) / (effect * effect);
  if (!(total < most)) refuse(`A difference of ${effect} is too small to be found.`, 'effect');
  const units = weights.map((weight) => Math.max(2, Math.ceil((total * weight) / whole)));
  const all = units.reduce((count, unit) => count + unit, 0);
  return {
    units,
    total: all,
    anytime: unitsUntil((n) => Math.sqrt(spread) * sequenceReach(n, each, tunedFor) <= Math.abs(effect)),
    ...(unitsPerDay !== undefined && unitsPerDay > 0 ? { days: Math.ceil(all / unitsPerDay) } : {}),
  };
}

/** How often a difference of `effect` is found by looking once at a mean of so many units in each of two arms. */
export function powerOf({
  count,
  effect,
  deviation,
  alpha = 0.05,
}: {
  count: number;
  effect: number;
  deviation: number;
  alpha?: number;
}): number {
  const shift = Math.abs(effect) / (deviation * Math.sqrt(2 / count));
  const bound = normalBeyond(alpha / 2);
  return normalTail(bound - shift) + normalTail(bound + shift);
}

function variances(metric: PlanRequest['metric'], effect: number, refuse: (message: string, field: string) => never): [number, number] {
  if (metric.kind === 'mean') {
    if (!(metric.deviation > 0)) refuse(`The deviation is ${metric.deviation}; expected a number above 0.`, 'deviation');
    return [metric.deviation * metric.deviation, metric.deviation * metric.deviation];
  }
  const [from, to] = [metric.baseline, metric.baseline + effect];
  if (!(from > 0 && from < 1)) refuse(`The baseline is ${from}; expected a share between 0 and 1.`, 'baseline');
  if (!(to > 0 && to < 1)) refuse(`The baseline and the effect make ${to}; expected a share between 0 and 1.`, 'effect');
  return [from * (1 - from), to * (1 - to)];
}

function unitsUntil(isEnough: (count: number) => boolean): number {
  let [low, high] = [1, 2];
  while (!isEnough(high) && high < most) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
