/**
 * Rows that train from where they are stored. A pool of chunks is in memory, the next is read while steps are made with this one; a batch
 * may reach over their border. See docs/decisions/0017-training-out-of-core.md.
 */
import { Random } from '../../base/random.js';
import { type InputRows, joinedRows } from '../../data/inputs.js';
import { type Batch, type BatchSource, batchOf, batchSpan, stepsPerEpoch, type TrainingRows } from '../batches.js';
import { weightedOrder } from '../class-weights.js';
import { type Pool, poolsOf } from './pools.js';

/** One chunk's training rows. */
export interface Piece {
  inputs: InputRows;
  targets: Float32Array;
  weights?: Float32Array | undefined;
}

export interface StreamedRequest {
  width: number;
  /** Numbers of a row that are trained on; 0: its inputs are. */
  targets: number;
  /** [chunks]: training rows in each. */
  rows: Uint32Array;
  weights?: Float64Array | undefined;
  poolRows: number;
  load(chunk: number, signal: AbortSignal): Promise<Piece>;
}

export const streamedRows = (request: StreamedRequest): TrainingRows => {
  const rows = request.rows.reduce((sum, count) => sum + count, 0);
  return { rows, open: (batchSize, seed) => new PoolReader(request, rows, batchSize, seed) };
};

interface Loaded {
  epoch: number;
  index: number;
  pool: Pool;
  inputs: InputRows;
  targets: Float32Array;
  order: Uint32Array;
}

class PoolReader implements BatchSource {
  readonly #request: StreamedRequest;
  readonly #rows: number;
  readonly #seed: number;
  readonly #batches: number;
  readonly #inputs: Float32Array;
  readonly #targets: Float32Array;
  readonly #ending = new AbortController();
  #plan: { epoch: number; pools: Pool[] } | undefined;
  #current: Loaded | undefined;
  #next: { epoch: number; index: number; loading: Promise<Loaded> } | undefined;

  constructor(request: StreamedRequest, rows: number, batchSize: number, seed: number) {
    this.#request = request;
    this.#rows = rows;
    this.#seed = seed;
    this.#batches = stepsPerEpoch(rows, batchSize);
    const largest = Math.ceil(rows / this.#batches);
    this.#inputs = new Float32Array(largest * request.width);
    this.#targets = new Float32Array(largest * request.targets);
  }

  read(epoch: number, index: number): Batch | Promise<Batch> {
    const [start, end] = batchSpan(index, this.#rows, this.#batches);
    const current = this.#current;
    if (current?.epoch === epoch && current.pool.start <= start && end <= current.pool.end) {
      this.#copy(current, start, end, start);
      return this.#batch(end - start);
    }
    return this.#readAcross(epoch, start, end);
  }

  close(): void {
    this.#ending.abort();
    this.#current = undefined;
    this.#next = undefined;
  }

  async #readAcross(epoch: number, start: number, end: number): Promise<Batch> {
    for (let place = start; place < end; ) {
      const loaded = await this.#poolAt(epoch, place);
      const until = Math.min(end, loaded.pool.end);
      this.#copy(loaded, place, until, start);
      place = until;
    }
    return this.#batch(end - start);
  }

  #copy({ pool, inputs, targets, order, epoch }: Loaded, from: number, to: number, batchStart: number): void {
    const { targets: each } = this.#request;
    for (let place = from; place < to; place++) {
      const row = order[place - pool.start];
      inputs.copy(row, this.#inputs, (place - batchStart) * this.#request.width, epoch);
      for (let target = 0; target < each; target++) this.#targets[(place - batchStart) * each + target] = targets[row * each + target];
    }
  }

  #batch(rows: number): Batch {
    const { width, targets } = this.#request;
    return batchOf(this.#inputs.subarray(0, rows * width), this.#targets.subarray(0, rows * targets), rows);
  }

  async #poolAt(epoch: number, place: number): Promise<Loaded> {
    const current = this.#current;
    if (current?.epoch === epoch && current.pool.start <= place && place < current.pool.end) return current;
    const index = this.#poolsOf(epoch).findIndex(({ end }) => place < end);
    const ahead = this.#next?.epoch === epoch && this.#next.index === index ? this.#next.loading : undefined;
    // Let go of first: never more than two pools are in memory.
    this.#current = undefined;
    this.#next = undefined;
    const loaded = await (ahead ?? this.#load(epoch, index));
    this.#current = loaded;
    this.#readAhead(loaded);
    return loaded;
  }

  #readAhead({ epoch, index }: Loaded): void {
    const isLast = index === this.#poolsOf(epoch).length - 1;
    const next = isLast ? { epoch: epoch + 1, index: 0 } : { epoch, index: index + 1 };
    const loading = this.#load(next.epoch, next.index);
    // It is told to who asks for the pool; nobody may.
    loading.catch(() => undefined);
    this.#next = { ...next, loading };
  }

  #poolsOf(epoch: number): Pool[] {
    if (this.#plan?.epoch !== epoch) this.#plan = { epoch, pools: this.#planned(epoch) };
    return this.#plan.pools;
  }

  #planned(epoch: number): Pool[] {
    const { rows, weights, poolRows } = this.#request;
    return poolsOf({ rows, weights, poolRows, seed: this.#seed, epoch });
  }

  async #load(epoch: number, index: number): Promise<Loaded> {
    const { width, load } = this.#request;
    const pool = (this.#plan?.epoch === epoch ? this.#plan.pools : this.#planned(epoch))[index];
    const pieces: Piece[] = [];
    for (const chunk of pool.chunks) pieces.push(await load(chunk, this.#ending.signal));
    const rows = pieces.reduce((sum, piece) => sum + piece.inputs.rows, 0);
    const targets = new Float32Array(rows * this.#request.targets);
    const weights = pieces[0].weights ? new Float32Array(rows) : undefined;
    let start = 0;
    for (const piece of pieces) {
      targets.set(piece.targets, start * this.#request.targets);
      if (piece.weights) weights?.set(piece.weights, start);
      start += piece.inputs.rows;
    }
    const inputs = joinedRows(
      pieces.map((piece) => piece.inputs),
      width,
    );
    const random = new Random(this.#seed, `pool ${epoch} ${index}`);
    const places = pool.end - pool.start;
    const order = weights ? weightedOrder(weights, places, random) : random.shuffle(Uint32Array.from({ length: rows }, (_, row) => row));
    return { epoch, index, pool, inputs, targets, order };
  }
}
