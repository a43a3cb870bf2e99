/** A fitted pipeline at work: from a table to a network's inputs and targets, and back. A row's inputs depend on no other row. */
import type { FittedPicture, FittedStep } from '../spec/fitted-steps.js';
import type { FittedPipeline } from '../spec/pipeline.js';
import { columnNamed, picturesOf } from './columns/access.js';
import { denseRows, type InputRows, pictureRows, wholeInputs } from './inputs.js';
import { type ApplyOptions, openStep, widthOf } from './steps/apply.js';
import { restoreTargetValues, transformTargetColumn } from './steps/target.js';
import type { Table } from './table.js';

/** The step of a pipeline that learns from pictures; such a pipeline has no other. */
export const pictureStep = ({ steps }: FittedPipeline): FittedPicture | undefined => steps.find((step) => step.kind === 'picture');

const isWritten = (step: FittedStep): step is Exclude<FittedStep, FittedPicture> => step.kind !== 'picture';

/** A pipeline opened on a table, to write any rows of it again and again. */
export interface OpenPipeline {
  /** Length of one row. */
  width: number;
  /** Writes [rows, width] from `start`, where all is 0 so far. */
  write(rows: Uint32Array, inputs: Float32Array, start?: number): void;
}

/** @throws InputError `missing-column` or `not-a-number` */
export function openPipeline(pipeline: FittedPipeline, table: Table, options?: ApplyOptions): OpenPipeline {
  const width = pipeline.inputs;
  let place = 0;
  const writers = pipeline.steps.filter(isWritten).map((step) => {
    const start = place;
    place += widthOf(step);
    return { start, write: openStep(step, table, options) };
  });
  return {
    width,
    write(rows, inputs, start = 0) {
      for (const writer of writers) {
        for (let index = 0; index < rows.length; index++) writer.write(rows[index], inputs, start + index * width + writer.start);
      }
    },
  };
}

/**
 * The inputs of some rows of a table or of a chunk of one, to be read batch by batch.
 * @throws InputError `missing-column`, `not-a-number`, `not-pictures` or `picture-size`
 */
export function transformRows(pipeline: FittedPipeline, table: Table, rows: Uint32Array, options?: ApplyOptions): InputRows {
  const step = pictureStep(pipeline);
  if (step) {
    const { pixels } = picturesOf(columnNamed(table, step.column), step.column, step.size);
    return pictureRows(step, pixels, rows);
  }
  const inputs = new Float32Array(rows.length * pipeline.inputs);
  openPipeline(pipeline, table, options).write(rows, inputs);
  return denseRows(inputs, rows.length);
}

/** All of `transformRows` as one array, [rows, inputs]. */
export const transformInputs = (pipeline: FittedPipeline, table: Table, rows: Uint32Array, options?: ApplyOptions): Float32Array =>
  wholeInputs(transformRows(pipeline, table, rows, options));

/** [rows]: class indices, −1 for a missing value or a class that training did not have; or scaled values, NaN where missing. */
export function transformTarget(pipeline: FittedPipeline, table: Table, rows: Uint32Array): Float32Array {
  return transformTargetColumn(pipeline.target, columnNamed(table, pipeline.target.column), rows);
}

/** Undoes the target's scaling: values in the column's own unit. Class indices stay as they are. */
export function restoreTarget(pipeline: FittedPipeline, values: ArrayLike<number>): Float64Array {
  return restoreTargetValues(pipeline.target, values);
}
