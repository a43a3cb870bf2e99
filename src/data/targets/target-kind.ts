/**
 * What the pipeline knows of a target, by its kind: how it is fitted, how its column becomes what a network is trained on, and the way back.
 * A new kind is a file beside this one and its line in `table.ts`; its figures are `train/tasks`, its answers `infer/targets`.
 */
import type { FittedTarget } from '../../spec/pipeline.js';
import type { FitLimits } from '../steps/fitter.js';
import type { Column, Table } from '../table.js';

/** Fits on the rows it is given only; a class or value outside them is not known to the pipeline. */
export interface TargetFitter<Target extends FittedTarget = FittedTarget> {
  add(column: Column, rows: Uint32Array): void;
  finish(): Target;
}

/** What was asked for, and bounds of memory. */
export interface TargetOptions {
  limits: FitLimits;
  /** Of several labels: what stands between them. */
  separator?: string | undefined;
  /** Known labels of rows that are no anomalies. */
  normal?: readonly string[] | undefined;
  /** Share of ordinary rows that may be taken for anomalies. */
  contamination?: number | undefined;
}

export interface TargetKind<Target extends FittedTarget> {
  fitter(column: string, asked: TargetOptions): TargetFitter<Target>;
  /** Numbers that a network answers for one row. @param inputs that it is given */
  outputs(target: Target, inputs: number): number;
  /** Numbers of one row that are trained on; 0: the inputs themselves are. */
  width(target: Target): number;
  /** What is trained on: [rows, width]. @param table that the column is of: windows lay there what comes later */
  transform(target: Target, column: Column, rows: Uint32Array, table: Table): Float32Array;
  /** Undoes the scaling of values; what was not scaled stays as it is. */
  restore(target: Target, values: ArrayLike<number>): Float64Array;
}
