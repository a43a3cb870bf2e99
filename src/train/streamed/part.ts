/** A part that is judged, of stored rows: in memory where it is small, else read again, block by block, each time. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { type InputBlocks, type InputRows, joinedRows } from '../../data/inputs.js';
import { rowBytes } from '../../data/steps/row-bytes.js';
import { targetKind } from '../../data/targets/table.js';
import { reductionOf } from '../../infer/reconstruction.js';
import type { FittedPipeline } from '../../spec/pipeline.js';
import type { Part } from '../part.js';
import { joinTruths, type Truth } from '../tasks/table.js';
import { rowsPerChunk, type StoredRows, transformChunk } from './stored-rows.js';

export interface StreamedPartRequest {
  pipeline: FittedPipeline;
  part: number;
  /** Bytes of inputs that are kept in memory. */
  keep: number;
  signal?: AbortSignal | undefined;
}

/** @throws InputError `not-a-number`; AbortError */
export async function streamedPart(from: StoredRows, request: StreamedPartRequest): Promise<Part & { rowNumbers: Uint32Array }> {
  const { pipeline, part, keep, signal } = request;
  const perChunk = rowsPerChunk(from, part);
  const rows = perChunk.reduce((sum, count) => sum + count, 0);
  const isKept = rows * rowBytes(pipeline.steps) <= keep;
  const each = targetKind(pipeline.target).width(pipeline.target);
  const targets = new Float32Array(rows * each);
  const rowNumbers = new Uint32Array(rows);
  const truths: Truth[] = [];
  const kept: InputRows[] = [];
  let start = 0;
  for (let chunk = 0; chunk < perChunk.length; chunk++) {
    if (perChunk[chunk] === 0) continue;
    throwIfAborted(signal);
    const piece = await transformChunk(from, { pipeline, part, chunk, signal });
    targets.set(piece.examples.targets, start * each);
    rowNumbers.set(piece.rowNumbers, start);
    truths.push(piece.truth);
    if (isKept) kept.push(piece.examples.inputs);
    start += perChunk[chunk];
    await yieldToEventLoop();
  }
  const inputs = isKept ? joinedRows(kept, pipeline.inputs) : blocks(from, request, perChunk, rows);
  return { examples: { rows, inputs, targets, reduction: reductionOf(pipeline) }, truth: joinTruths(pipeline.target, truths), rowNumbers };
}

const blocks = (from: StoredRows, { pipeline, part }: StreamedPartRequest, perChunk: Uint32Array, rows: number): InputBlocks => ({
  rows,
  width: pipeline.inputs,
  async *blocks(signal) {
    for (let chunk = 0; chunk < perChunk.length; chunk++) {
      if (perChunk[chunk] > 0) yield (await transformChunk(from, { pipeline, part, chunk, signal })).examples.inputs;
    }
  },
});
