/** One part of the data as training sees it: arrays for the network, and what is true of its rows in the target's own terms. */
import { throwIfAborted, yieldToEventLoop } from '../base/abort.js';
import { targetColumn } from '../data/columns/access.js';
import type { InputRows } from '../data/inputs.js';
import { InputGatherer, pictureStep, transformRows, transformTarget } from '../data/pipeline.js';
import { isSparse } from '../data/steps/apply.js';
import type { Table } from '../data/table.js';
import { reductionOf } from '../infer/reconstruction.js';
import type { FittedPipeline } from '../spec/pipeline.js';
import type { Examples } from './batches.js';
import { type Truth, truthOf } from './tasks/table.js';

export interface Part {
  examples: Examples;
  truth: Truth;
}

export type PartInMemory = Part & { examples: { inputs: InputRows } };

/** Rows transformed without a pause: a few milliseconds' worth. Texts are cut into words, which takes longer. */
const blockRowsOf = ({ steps }: FittedPipeline): number => (steps.some(isSparse) ? 64 : 8192);

export interface PartOptions {
  /** The rows are those that the pipeline was fitted on. */
  training?: boolean;
  /** The place in the whole table of this table's first row. Default: 0. */
  firstRow?: number;
  signal?: AbortSignal | undefined;
}

/** Transforms some rows; gives the thread back between blocks of them. @throws InputError `missing-column` or `not-a-number`; AbortError */
export async function partOf(pipeline: FittedPipeline, table: Table, rows: Uint32Array, options: PartOptions = {}): Promise<PartInMemory> {
  const inputs = pictureStep(pipeline) ? transformRows(pipeline, table, rows) : await gathered(pipeline, table, rows, options);
  const { target } = pipeline;
  const targets = transformTarget(pipeline, table, rows);
  return {
    examples: { rows: rows.length, inputs, targets, reduction: reductionOf(pipeline) },
    truth: truthOf({ target, column: targetColumn(table, target.column), table, rows, targets, inputs }),
  };
}

async function gathered(
  pipeline: FittedPipeline,
  table: Table,
  rows: Uint32Array,
  { signal, training, firstRow }: PartOptions,
): Promise<InputRows> {
  const gatherer = new InputGatherer(pipeline, table, rows.length, { training, firstRow });
  const blockRows = blockRowsOf(pipeline);
  for (let start = 0; start < rows.length; start += blockRows) {
    throwIfAborted(signal);
    gatherer.add(rows.subarray(start, start + blockRows));
    if (rows.length > blockRows) await yieldToEventLoop();
  }
  return gatherer.finish();
}
