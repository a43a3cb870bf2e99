/** A fitted pipeline at work: from a table to a network's inputs and targets, and back. A row's inputs depend on no other row. */
import type { FittedPicture } from '../spec/fitted-steps.js';
import type { FittedPipeline } from '../spec/pipeline.js';
import { columnNamed, picturesOf, targetColumn } from './columns/access.js';
import { withDerived } from './derive.js';
import { denseRows, type InputRows, pictureRows, wholeInputs } from './inputs.js';
import { type SparsePart, SparseRows } from './sparse.js';
import { type ApplyOptions, isDense, isSparse, openSparse, openStep, type RowWriter, widthOf } from './steps/apply.js';
import type { Table } from './table.js';
import { targetKind } from './targets/table.js';

/** The step of a pipeline that learns from pictures; such a pipeline has no other. */
export const pictureStep = ({ steps }: FittedPipeline): FittedPicture | undefined => steps.find((step) => step.kind === 'picture');

/** The inputs of rows that are added in order, a block at a time where there are many. Not for pictures. */
export class InputGatherer {
  readonly #width: number;
  readonly #spans: { from: number; start: number; length: number; write: RowWriter }[] = [];
  readonly #dense: Float32Array;
  readonly #denseWidth: number;
  readonly #sparse: SparseRows | undefined;
  readonly #rows: number;
  #added = 0;

  /**
   * @param rows how many will be added
   * @throws InputError `missing-column` or `not-a-number`
   */
  constructor(pipeline: FittedPipeline, raw: Table, rows: number, options?: ApplyOptions) {
    const table = withDerived(pipeline.derived, raw);
    const sparse: SparsePart[] = [];
    let [start, from] = [0, 0];
    for (const step of pipeline.steps) {
      const length = widthOf(step);
      if (isSparse(step)) sparse.push({ start, read: openSparse(step, table) });
      else if (isDense(step)) {
        this.#spans.push({ from, start, length, write: openStep(step, table, options) });
        from += length;
      }
      start += length;
    }
    this.#width = start;
    this.#rows = rows;
    this.#denseWidth = from;
    this.#dense = new Float32Array(rows * from);
    this.#sparse = sparse.length > 0 ? new SparseRows(sparse, rows) : undefined;
  }

  add(rows: Uint32Array): void {
    for (const { from, write } of this.#spans) {
      for (let index = 0; index < rows.length; index++) write(rows[index], this.#dense, (this.#added + index) * this.#denseWidth + from);
    }
    if (this.#sparse) for (const row of rows) this.#sparse.add(row);
    this.#added += rows.length;
  }

  finish(): InputRows {
    const dense = denseRows(this.#dense, this.#rows, this.#denseWidth);
    return this.#sparse ? this.#sparse.finish(dense, this.#spans, this.#width) : dense;
  }
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
  const gatherer = new InputGatherer(pipeline, table, rows.length, options);
  gatherer.add(rows);
  return gatherer.finish();
}

/** All of `transformRows` as one array, [rows, inputs]. */
export const transformInputs = (pipeline: FittedPipeline, table: Table, rows: Uint32Array, options?: ApplyOptions): Float32Array =>
  wholeInputs(transformRows(pipeline, table, rows, options));

/** [rows]: class indices, −1 for a missing value or a class that training did not have; or scaled values, NaN where missing. */
export function transformTarget(pipeline: FittedPipeline, table: Table, rows: Uint32Array): Float32Array {
  return targetKind(pipeline.target).transform(pipeline.target, targetColumn(table, pipeline.target.column), rows, table);
}

/** Undoes the target's scaling: values in the column's own unit. Class indices stay as they are. */
export function restoreTarget(pipeline: FittedPipeline, values: ArrayLike<number>): Float64Array {
  return targetKind(pipeline.target).restore(pipeline.target, values);
}
