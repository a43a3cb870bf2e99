/** Running many rows through a network that takes few at once. */
import { throwIfAborted, yieldToEventLoop } from '../base/abort.js';
import { milliseconds } from '../base/clock.js';
import type { Network } from '../compute/engine.js';
import { lowerInference } from '../compute/plan/lower.js';
import { multiplyAdds } from '../compute/plan/work.js';
import { blocksOf, type InputBlocks, type InputRows } from '../data/inputs.js';
import type { ModelSpec } from '../spec/model.js';
import type { RowReduction } from './reconstruction.js';

/** Rows given to a device at once when it only answers; what one buffer of theirs may have, in numbers; and about 20 ms of work on wasm. */
const mostRows = 256;
const mostNumbers = 2 ** 24;
const mostMultiplyAdds = 2 ** 28;

export function forwardRowsOf(model: ModelSpec): number {
  const widest = lowerInference(model, 1).buffers.reduce((most, { width }) => Math.max(most, width), 0);
  return Math.max(1, Math.min(mostRows, Math.floor(mostNumbers / widest), Math.floor(mostMultiplyAdds / multiplyAdds(model))));
}

const longestBlock = 25;

export interface ForwardRequest {
  network: Network;
  inputs: InputRows | InputBlocks;
  /** Numbers in one answer. */
  outputs: number;
  /** The most rows that the network was prepared for. */
  capacity: number;
  /** What is kept of a row's outputs. Left out: all. */
  reduction?: RowReduction | undefined;
  signal?: AbortSignal | undefined;
}

/** Answers [rows, outputs], or [rows, width] of the reduction; leaves the thread free at least every 25 ms or so. */
export async function forwardAll({ network, inputs, outputs, capacity, reduction, signal }: ForwardRequest): Promise<Float32Array> {
  const batch = new Float32Array(Math.min(inputs.rows, capacity) * inputs.width);
  const kept = reduction?.width ?? outputs;
  const answers = new Float32Array(inputs.rows * kept);
  let done = 0;
  let blockedSince = milliseconds();
  for await (const { rows, width, copy } of blocksOf(inputs, signal)) {
    for (let start = 0; start < rows; start += capacity) {
      throwIfAborted(signal);
      const end = Math.min(rows, start + capacity);
      for (let row = start; row < end; row++) copy(row, batch, (row - start) * width);
      const given = batch.subarray(0, (end - start) * width);
      const answered = await network.forward(given, end - start);
      if (reduction) reduction.reduce(given, answered, end - start, answers, (done + start) * kept);
      else answers.set(answered, (done + start) * kept);
      if (milliseconds() - blockedSince > longestBlock) {
        await yieldToEventLoop();
        blockedSince = milliseconds();
      }
    }
    done += rows;
  }
  return answers;
}
