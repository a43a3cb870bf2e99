/** The figure by which trials are compared: which way is better, and which fits a task. */
import { InputError } from '../../base/errors.js';
import { smallerIsBetter } from '../../spec/smaller-is-better.js';
import type { SweepMetric } from '../../spec/sweep.js';
import type { Task } from '../../spec/task.js';

const ofValues: ReadonlySet<SweepMetric> = new Set(['rmse', 'mae', 'r2']);

/** @throws InputError `sweep-metric` */
export function metricFor(task: Task, asked: SweepMetric | undefined): SweepMetric {
  const isForValues = task !== 'classification';
  if (asked === undefined) return isForValues ? 'rmse' : 'logLoss';
  if (ofValues.has(asked) === isForValues) return asked;
  throw new InputError('sweep-metric', `The metric "${asked}" is for ${isForValues ? 'classes' : 'values'}, and this is a ${task}.`, {
    advice: `Choose ${isForValues ? 'rmse, mae or r2' : 'logLoss, accuracy or another of classes'}, or leave it out.`,
    place: { field: 'metric' },
  });
}

/** Whether one figure is better than another; none is worse than any. */
export function isBetter(metric: SweepMetric, one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one !== null && other === null;
  return smallerIsBetter(metric) ? one < other : one > other;
}
