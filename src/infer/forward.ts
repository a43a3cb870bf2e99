/** Running many rows through a network that takes few at once. */
import { throwIfAborted, yieldToEventLoop } from '../base/abort.js';
import { milliseconds } from '../base/clock.js';
import type { Network } from '../compute/engine.js';
import type { ModelSpec } from '../spec/model.js';

/** Rows given to a device at once when it only answers. */
export const forwardRows = 256;

/** Numbers in one answer of a network: the units of its last dense layer. */
export function outputsOf({ layers }: ModelSpec): number {
  const last = layers.findLast((layer) => layer.kind === 'dense');
  return last?.units ?? 0;
}

const longestBlock = 25;

export interface ForwardRequest {
  network: Network;
  /** [rows, inputs] */
  inputs: Float32Array;
  rows: number;
  /** Numbers in one answer. */
  outputs: number;
  /** The most rows that the network was prepared for. */
  capacity: number;
  signal?: AbortSignal | undefined;
}

/** Answers [rows, outputs]; leaves the thread free at least every 25 ms or so. */
export async function forwardAll({ network, inputs, rows, outputs, capacity, signal }: ForwardRequest): Promise<Float32Array> {
  const width = rows === 0 ? 0 : inputs.length / rows;
  const answers = new Float32Array(rows * outputs);
  let blockedSince = milliseconds();
  for (let start = 0; start < rows; start += capacity) {
    throwIfAborted(signal);
    const end = Math.min(rows, start + capacity);
    answers.set(await network.forward(inputs.subarray(start * width, end * width), end - start), start * outputs);
    if (milliseconds() - blockedSince > longestBlock) {
      await yieldToEventLoop();
      blockedSince = milliseconds();
    }
  }
  return answers;
}
