/** One part of the data as training sees it: arrays for the network, and what is true of its rows in the target's own terms. */
import { columnNamed, numbersOf } from '../data/columns/access.js';
import { restoreTarget, transformInputs, transformTarget } from '../data/pipeline.js';
import type { Table } from '../data/table.js';
import type { FittedPipeline } from '../spec/pipeline.js';
import type { Examples } from './batches.js';
import type { Truth } from './evaluation.js';

export interface Part {
  examples: Examples;
  truth: Truth;
}

export function partOf(pipeline: FittedPipeline, table: Table, rows: Uint32Array): Part {
  const targets = transformTarget(pipeline, table, rows);
  return {
    examples: { rows: rows.length, width: pipeline.inputs, inputs: transformInputs(pipeline, table, rows), targets },
    truth: truthOf(pipeline, table, rows, targets),
  };
}

function truthOf(pipeline: FittedPipeline, table: Table, rows: Uint32Array, targets: Float32Array): Truth {
  const { target } = pipeline;
  if (target.kind === 'classes') return { kind: 'classes', actual: Int32Array.from(targets), classes: target.classes };
  const values = numbersOf(columnNamed(table, target.column), target.column);
  return { kind: 'values', actual: Float64Array.from(rows, (row) => values[row]), restore: (scaled) => restoreTarget(pipeline, scaled) };
}
