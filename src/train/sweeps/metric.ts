/** The figure by which trials are compared: which way is better, and which fits a task. */
import { InputError } from '../../base/errors.js';
import { smallerIsBetter } from '../../spec/smaller-is-better.js';
import type { SweepMetric } from '../../spec/sweep.js';
import type { Task } from '../../spec/task.js';

/** The first is taken where nobody chose. */
const ofTask: Record<Task, readonly SweepMetric[]> = {
  classification: ['logLoss', 'accuracy', 'balancedAccuracy', 'f1Macro', 'precisionMacro', 'recallMacro', 'mcc', 'rocAuc'],
  regression: ['rmse', 'mae', 'r2'],
  forecast: ['rmse', 'mae', 'r2'],
  multilabel: ['f1Micro', 'f1Macro', 'subsetAccuracy', 'hammingLoss', 'rocAuc', 'averagePrecision'],
  anomaly: ['reconstructionError', 'explained', 'rocAuc', 'averagePrecision'],
};

/** @throws InputError `sweep-metric` */
export function metricFor(task: Task, asked: SweepMetric | undefined): SweepMetric {
  const known = ofTask[task];
  if (asked === undefined) return known[0];
  if (known.includes(asked)) return asked;
  throw new InputError('sweep-metric', `The metric "${asked}" is not one of the task ${task}.`, {
    advice: `Choose ${known.join(', ')}, or leave it out.`,
    place: { field: 'metric' },
  });
}

/** Whether one figure is better than another; none is worse than any. */
export function isBetter(metric: SweepMetric, one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one !== null && other === null;
  return smallerIsBetter(metric) ? one < other : one > other;
}
