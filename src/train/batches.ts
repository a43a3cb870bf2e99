/**
 * Which rows make up which step. Everything is a function of (seed, epoch, step), so that a resumed training meets the
 * very same batches without anything having been stored.
 */
import { Random } from '../base/random.js';
import type { InputRows } from '../data/inputs.js';
import { weightedOrder } from './class-weights.js';

/** Rows of one part of the data, ready for a network. */
export interface Examples {
  rows: number;
  inputs: InputRows;
  /** [rows]: class indices, or scaled values. */
  targets: Float32Array;
  /** [rows]: how much each counts; left out, all count the same. */
  weights?: Float32Array;
}

/** Steps in an epoch of `rows` rows, none of which has more than `batchSize` rows. */
export const stepsPerEpoch = (rows: number, batchSize: number): number => Math.ceil(rows / batchSize);

/** The order of rows in an epoch: a seeded shuffle of 0 … rows − 1, or of rows drawn by their weights. */
export function epochOrder(rows: number, seed: number, epoch: number, weights?: Float32Array): Uint32Array {
  if (weights) return weightedOrder(weights, seed, epoch);
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  return new Random(seed, `epoch ${epoch}`).shuffle(order);
}

/** Copies the batches of an epoch, one by one, into buffers of its own that every batch reuses. */
export class BatchReader {
  readonly #examples: Examples;
  readonly #batches: number;
  readonly #inputs: Float32Array;
  readonly #targets: Float32Array;

  constructor(examples: Examples, batchSize: number) {
    this.#examples = examples;
    this.#batches = stepsPerEpoch(examples.rows, batchSize);
    const largest = Math.ceil(examples.rows / this.#batches);
    this.#inputs = new Float32Array(largest * examples.inputs.width);
    this.#targets = new Float32Array(largest);
  }

  /**
   * Batch `index` of an epoch with this order. Rows are spread evenly: no last batch of one row, whose gradient would
   * count as much as that of a full one.
   */
  read(order: Uint32Array, index: number, epoch?: number): { inputs: Float32Array; targets: Float32Array; rows: number } {
    const { rows, inputs, targets } = this.#examples;
    const { width } = inputs;
    const start = Math.floor((index * rows) / this.#batches);
    const end = Math.floor(((index + 1) * rows) / this.#batches);
    for (let position = start; position < end; position++) {
      const row = order[position];
      inputs.copy(row, this.#inputs, (position - start) * width, epoch);
      this.#targets[position - start] = targets[row];
    }
    const count = end - start;
    return { inputs: this.#inputs.subarray(0, count * width), targets: this.#targets.subarray(0, count), rows: count };
  }
}
