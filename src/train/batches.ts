/**
 * Which rows make up which step. Everything is a function of (seed, epoch, step), so that a resumed training meets the
 * very same batches without anything having been stored.
 */
import { Random } from '../base/random.js';
import type { InputBlocks, InputRows } from '../data/inputs.js';
import type { RowReduction } from '../infer/reconstruction.js';
import { weightedOrder } from './class-weights.js';

/** Rows of one part of the data, ready for a network. */
export interface Examples {
  rows: number;
  inputs: InputRows | InputBlocks;
  /** [rows]: class indices; or [rows, outputs]: scaled values, or yes and no of several labels. Empty: the inputs are to be given back. */
  targets: Float32Array;
  /** What is kept of a network's outputs about these rows. */
  reduction?: RowReduction | undefined;
  /** [rows]: how much each counts; left out, all count the same. */
  weights?: Float32Array;
}

/** Steps in an epoch of `rows` rows, none of which has more than `batchSize` rows. */
export const stepsPerEpoch = (rows: number, batchSize: number): number => Math.ceil(rows / batchSize);

/** The order of rows in an epoch: a seeded shuffle of 0 … rows − 1, or of rows drawn by their weights. */
export function epochOrder(rows: number, seed: number, epoch: number, weights?: Float32Array): Uint32Array {
  const random = new Random(seed, `epoch ${epoch}`);
  if (weights) return weightedOrder(weights, rows, random);
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  return random.shuffle(order);
}

/** What a step takes: buffers that every batch reuses. */
export interface Batch {
  inputs: Float32Array;
  targets: Float32Array;
  rows: number;
}

/** @param targets empty where the inputs are to be given back */
export const batchOf = (inputs: Float32Array, targets: Float32Array, rows: number): Batch => ({
  inputs,
  targets: targets.length === 0 ? inputs : targets,
  rows,
});

/** The batches of every epoch. A promise only where something has to be read from the store first. */
export interface BatchSource {
  read(epoch: number, index: number): Batch | Promise<Batch>;
  /** Ends what is being read ahead. */
  close(): void;
}

/** Rows to learn from, wherever they are. */
export interface TrainingRows {
  readonly rows: number;
  open(batchSize: number, seed: number): BatchSource;
}

/** Rows that are all in memory. */
export const rowsInMemory = (examples: Examples & { inputs: InputRows }): TrainingRows => ({
  rows: examples.rows,
  open(batchSize, seed) {
    const reader = new BatchReader(examples, batchSize);
    let known: { epoch: number; order: Uint32Array } | undefined;
    return {
      read(epoch, index) {
        if (known?.epoch !== epoch) known = { epoch, order: epochOrder(examples.rows, seed, epoch, examples.weights) };
        return reader.read(known.order, index, epoch);
      },
      close: () => {},
    };
  },
});

/** The places of batch `index` among the rows of an epoch. Spread evenly: no last batch of one row, whose gradient would count as much as that of a full one. */
export const batchSpan = (index: number, rows: number, batches: number): [start: number, end: number] => [
  Math.floor((index * rows) / batches),
  Math.floor(((index + 1) * rows) / batches),
];

/** Copies the batches of an epoch, one by one, into buffers of its own. */
export class BatchReader {
  readonly #examples: Examples & { inputs: InputRows };
  readonly #batches: number;
  readonly #inputs: Float32Array;
  readonly #targets: Float32Array;
  /** Targets of one row. */
  readonly #each: number;

  constructor(examples: Examples & { inputs: InputRows }, batchSize: number) {
    this.#examples = examples;
    this.#batches = stepsPerEpoch(examples.rows, batchSize);
    const largest = Math.ceil(examples.rows / this.#batches);
    this.#inputs = new Float32Array(largest * examples.inputs.width);
    this.#each = examples.targets.length / examples.rows;
    this.#targets = new Float32Array(largest * this.#each);
  }

  /** Batch `index` of an epoch with this order. */
  read(order: Uint32Array, index: number, epoch?: number): Batch {
    const { rows, inputs, targets } = this.#examples;
    const { width } = inputs;
    const each = this.#each;
    const [start, end] = batchSpan(index, rows, this.#batches);
    for (let position = start; position < end; position++) {
      const row = order[position];
      inputs.copy(row, this.#inputs, (position - start) * width, epoch);
      for (let target = 0; target < each; target++) this.#targets[(position - start) * each + target] = targets[row * each + target];
    }
    const count = end - start;
    return batchOf(this.#inputs.subarray(0, count * width), this.#targets.subarray(0, count * each), count);
  }
}
