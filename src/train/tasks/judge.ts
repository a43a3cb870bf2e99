/**
 * How a network's answers about rows with known targets are judged, by the kind of target: what is true of the rows, the figures, and what can be
 * had without looking at a row. A new kind is a file beside this one and its line in `table.ts`.
 */
import type { InputBlocks, InputRows } from '../../data/inputs.js';
import type { Column, Table } from '../../data/table.js';
import type { AnomalyReport } from '../../spec/anomaly.js';
import type { Warning } from '../../spec/dataset.js';
import type { Metrics } from '../../spec/metrics.js';
import type { Loss } from '../../spec/model.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import type { Confusion, Mistake } from '../../spec/run.js';

export interface TrueRows<Target> {
  target: Target;
  column: Column;
  /** That the column is of. */
  table: Table;
  /** Places in the column. */
  rows: Uint32Array;
  /** What is trained on, of these rows. */
  targets: Float32Array;
  inputs: InputRows;
}

/** What validation rows decide about anomalies: the threshold, and what error is usual in each column. */
export interface Decision {
  threshold: number;
  usual?: number[];
}

export interface Judged {
  metrics: Metrics;
  decided?: Decision;
}

export interface ReportedRows {
  /** By other rows; left out, by these. */
  decided?: Decision | undefined;
  /** Those that parts of a score belong to. */
  columns: readonly string[];
  /** The rows' numbers in their dataset. */
  rows: Uint32Array;
}

/** Gathers what the training rows' targets are like as a whole, where they come chunk by chunk. */
export interface TrivialCounter<Target, Whole> {
  /** @param rows the training rows of a chunk, by their places in it */
  add(column: Column, rows: Uint32Array): void;
  finish(target: Target): Whole;
  /** [chunks]: what the rows of each weigh together, by the weights of their classes. */
  weights?(target: Target, weights: readonly number[]): Float64Array;
}

export interface Judge<Target extends FittedTarget, Truth, Whole> {
  /** The usual loss. */
  loss: Loss;
  truth(of: TrueRows<Target>): Truth;
  /** What is true of the rows of all pieces, one after the other. */
  join(pieces: readonly Truth[], target: Target): Truth;
  /** What a network's answers about validation rows decide. */
  decide?(truth: Truth, outputs: Float32Array): Decision;
  /** @param decided left out, by these rows themselves */
  metrics(truth: Truth, outputs: Float32Array, decided?: Decision): Metrics;
  /** The one figure on the curve: larger is better. */
  score(truth: Truth, outputs: Float32Array): number;
  confusion?(truth: Truth, outputs: Float32Array): Confusion;
  /** @param rows the rows' numbers in their dataset */
  mistakes?(truth: Truth, outputs: Float32Array, rows: Uint32Array): Mistake[];
  /** The rows by how odd they are. */
  anomalies?(truth: Truth, outputs: Float32Array, rows: ReportedRows): AnomalyReport;
  trivial(training: Truth): Whole;
  /** Left out: the training rows have to be transformed first. */
  counter?(column: string): TrivialCounter<Target, Whole>;
  /** What is worth saying of the rows. */
  warnings?(training: Whole, judged: readonly Truth[], target: Target): Warning[];
  /** @throws InputError where the training rows' targets do not vary */
  require?(training: Whole, target: Target): void;
  /** Figures of answering the same for every row. */
  baseline(
    training: Whole,
    judged: Truth,
    of: { inputs: InputRows | InputBlocks; decided?: Decision | undefined },
  ): Judged | Promise<Judged>;
}
