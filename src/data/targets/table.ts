/** Every kind of target, and which of them a task learns. */
import type { FittedTarget } from '../../spec/pipeline.js';
import type { Task } from '../../spec/task.js';
import type { FitLimits } from '../steps/fitter.js';
import { classesTarget } from './classes.js';
import { seriesTarget } from './series.js';
import type { TargetFitter, TargetKind } from './target-kind.js';
import { valueTarget } from './value.js';

type Kind = FittedTarget['kind'];

const kinds: { [Each in Kind]: TargetKind<Extract<FittedTarget, { kind: Each }>> } = {
  classes: classesTarget,
  value: valueTarget,
  series: seriesTarget,
};

const ofTasks: Record<Task, Kind> = { classification: 'classes', regression: 'value', forecast: 'series' };

export const kindOfTask = (task: Task): Kind => ofTasks[task];

export const targetFitter = (column: string, task: Task, limits: FitLimits): TargetFitter => kinds[kindOfTask(task)].fitter(column, limits);

/** @returns what is called with the target itself */
export const targetKind = (target: FittedTarget): TargetKind<FittedTarget> => kinds[target.kind] as TargetKind<FittedTarget>;
