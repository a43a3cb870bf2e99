/** Every kind of target's judge, and what is asked of them. */

import type { InputBlocks, InputRows } from '../../data/inputs.js';
import { kindOfTask } from '../../data/targets/table.js';
import type { AnomalyReport } from '../../spec/anomaly.js';
import type { Warning } from '../../spec/dataset.js';
import type { Metrics } from '../../spec/metrics.js';
import type { Loss } from '../../spec/model.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import type { Confusion, Mistake } from '../../spec/run.js';
import type { Task } from '../../spec/task.js';
import { type AnomalyTruth, anomalyJudge, type MeanInputs } from './anomaly.js';
import { type ClassCounts, type ClassTruth, classesJudge } from './classes.js';
import type { Decision, Judge, Judged, ReportedRows, TrivialCounter, TrueRows } from './judge.js';
import { type LabelCounts, type LabelTruth, labelsJudge } from './labels.js';
import { type SeriesTruth, type SeriesWhole, seriesJudge } from './series.js';
import { type MeanValue, type ValueTruth, valueJudge } from './value.js';

/** What is true of some rows, in the target's own terms. */
export type Truth = ClassTruth | ValueTruth | SeriesTruth | LabelTruth | AnomalyTruth;
/** What the training rows' targets are like as a whole. */
export type Trivial = ClassCounts | MeanValue | SeriesWhole | LabelCounts | MeanInputs;

type Kind = FittedTarget['kind'];
type Of<Union, Each extends Kind> = Extract<Union, { kind: Each }>;

const judges: { [Each in Kind]: Judge<Of<FittedTarget, Each>, Of<Truth, Each>, Of<Trivial, Each>> } = {
  classes: classesJudge,
  value: valueJudge,
  series: seriesJudge,
  labels: labelsJudge,
  anomaly: anomalyJudge,
};

/** What it is called with is of the same kind. */
const judgeOf = ({ kind }: { kind: Kind }): Judge<FittedTarget, Truth, Trivial> =>
  judges[kind] as unknown as Judge<FittedTarget, Truth, Trivial>;

export const lossOf = (task: Task): Loss => judgeOf({ kind: kindOfTask(task) }).loss;

export const truthOf = (of: TrueRows<FittedTarget>): Truth => judgeOf(of.target).truth(of);

export const joinTruths = (target: FittedTarget, pieces: readonly Truth[]): Truth => judgeOf(target).join(pieces, target);

/** What answers about validation rows decide for all rows: of anomalies the threshold. */
export const decisionOf = (truth: Truth, outputs: Float32Array): Decision | undefined => judgeOf(truth).decide?.(truth, outputs);

/** @param decided left out, by these rows themselves */
export const metricsOf = (truth: Truth, outputs: Float32Array, decided?: Decision): Metrics =>
  judgeOf(truth).metrics(truth, outputs, decided);

/** The one figure on the curve. */
export const scoreOf = (truth: Truth, outputs: Float32Array): number => judgeOf(truth).score(truth, outputs);

/** A table of right and wrong answers, where there are classes. */
export const confusionOf = (truth: Truth, outputs: Float32Array): Confusion | undefined => judgeOf(truth).confusion?.(truth, outputs);

/** Rows that a model took for another class, those it was surest of first; at most 200. @param rows the rows' numbers in their dataset */
export const mistakesOf = (truth: Truth, outputs: Float32Array, rows: Uint32Array): Mistake[] | undefined =>
  judgeOf(truth).mistakes?.(truth, outputs, rows);

/** Of anomalies: the scores as a picture, and the oddest rows. */
export const anomaliesOf = (truth: Truth, outputs: Float32Array, rows: ReportedRows): AnomalyReport | undefined =>
  judgeOf(truth).anomalies?.(truth, outputs, rows);

export const trivialOf = (training: Truth): Trivial => judgeOf(training).trivial(training);

/** Undefined where training rows have to be transformed to tell. */
export const trivialCounter = (task: Task, column: string): TrivialCounter<FittedTarget, Trivial> | undefined =>
  judgeOf({ kind: kindOfTask(task) }).counter?.(column);

/** @throws InputError such as `one-class` where there is nothing to tell apart */
export const requireVaried = (training: Trivial, target: FittedTarget): void => judgeOf(target).require?.(training, target);

/** What is worth saying of the rows, by what their targets are. @param judged of the validation rows and of the test rows */
export const targetWarnings = (training: Trivial, judged: readonly Truth[], target: FittedTarget): Warning[] =>
  judgeOf(target).warnings?.(training, judged, target) ?? [];

interface JudgedRows {
  truth: Truth;
  examples: { inputs: InputRows | InputBlocks };
}

/** Figures of the trivial baseline: a model that is no better has learnt nothing. @param decided on other rows by the same baseline */
export const baselineOf = async (training: Trivial, { truth, examples: { inputs } }: JudgedRows, decided?: Decision): Promise<Judged> =>
  judgeOf(truth).baseline(training, truth, { inputs, decided });
