/** Every kind of target, and which of them a task learns. */
import type { FittedTarget } from '../../spec/pipeline.js';
import type { Task } from '../../spec/task.js';
import { anomalyTarget } from './anomaly.js';
import { classesTarget } from './classes.js';
import { labelsTarget } from './labels.js';
import { seriesTarget } from './series.js';
import type { TargetFitter, TargetKind, TargetOptions } from './target-kind.js';
import { valueTarget } from './value.js';

type Kind = FittedTarget['kind'];

const kinds: { [Each in Kind]: TargetKind<Extract<FittedTarget, { kind: Each }>> } = {
  classes: classesTarget,
  value: valueTarget,
  series: seriesTarget,
  labels: labelsTarget,
  anomaly: anomalyTarget,
};

const ofTasks: Record<Task, Kind> = {
  classification: 'classes',
  regression: 'value',
  forecast: 'series',
  multilabel: 'labels',
  anomaly: 'anomaly',
};

export const kindOfTask = (task: Task): Kind => ofTasks[task];

/** What a model answers whose target is of this kind. */
export const taskOfKind = (kind: Kind): Task => (Object.keys(ofTasks) as Task[]).find((task) => ofTasks[task] === kind) as Task;

export const targetFitter = (column: string, task: Task, asked: TargetOptions): TargetFitter =>
  kinds[kindOfTask(task)].fitter(column, asked);

/** @returns what is called with the target itself */
export const targetKind = (target: FittedTarget): TargetKind<FittedTarget> => kinds[target.kind] as TargetKind<FittedTarget>;
