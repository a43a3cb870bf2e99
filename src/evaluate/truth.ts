/** What the rows of a file truly are, by the kind of target: numbers for each row, and which rows cannot be measured. */
import { columnNamed, numbersOf, targetColumn, textsOf } from '../data/columns/access.js';
import { transformTarget } from '../data/pipeline.js';
import type { Table } from '../data/table.js';
import { knownRows } from '../data/targets/known.js';
import { labelsOfRows } from '../data/targets/separators.js';
import type { FittedPipeline } from '../spec/pipeline.js';

export interface TrueRows {
  /** [rows, width] */
  values: ArrayLike<number>;
  /** Why a row is left out: it has no target, or (as its text) one that the model does not know. */
  missing: (row: number) => boolean;
  unknown: (row: number) => string | undefined;
  /** A part of a row's truth that the model does not know; the row is measured by the others. */
  ignored: (row: number) => string | undefined;
}

const nothing = (): undefined => undefined;

/** @throws InputError `missing-column` or `not-a-number` */
export function trueRows(pipeline: FittedPipeline, table: Table): TrueRows {
  const { target } = pipeline;
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
  if (target.kind === 'anomaly') {
    const values = knownRows(target, targetColumn(table, target.column), rows);
    return { values, missing: () => false, unknown: nothing, ignored: nothing };
  }
  const column = columnNamed(table, target.column);
  if (target.kind === 'value' || target.kind === 'series') {
    const values = numbersOf(column, target.column);
    return { values, missing: (row) => Number.isNaN(values[row]), unknown: nothing, ignored: nothing };
  }
  const values = transformTarget(pipeline, table, rows);
  if (target.kind === 'labels') {
    const known = new Set(target.labels);
    const labelsOf = labelsOfRows(column, target.column, target.separator);
    return { values, missing: () => false, unknown: nothing, ignored: (row) => labelsOf(row).find((label) => !known.has(label)) };
  }
  const { codes, dictionary } = textsOf(column);
  return {
    values,
    missing: (row) => codes[row] < 0,
    unknown: (row) => (values[row] < 0 ? dictionary[codes[row]] : undefined),
    ignored: nothing,
  };
}
