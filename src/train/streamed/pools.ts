/**
 * In which order stored chunks are visited in an epoch: shuffled, then put together into pools of so many rows, within which rows are
 * shuffled as well. A pure function of (seed, epoch), so that a step's rows can be found again without anything having been stored.
 */
import { Random } from '../../base/random.js';

export interface Pool {
  /** Chunks by number, in the order in which they were drawn. */
  chunks: number[];
  /** The place among the epoch's rows of its first one, and of the first one after it. */
  start: number;
  end: number;
}

export interface PoolRequest {
  /** [chunks]: training rows in each. */
  rows: Uint32Array;
  /** [chunks]: what these weigh together; left out, every row weighs the same. */
  weights?: Float64Array | undefined;
  /** Rows that are shuffled together, about. */
  poolRows: number;
  seed: number;
  epoch: number;
}

/** Pools of about equal weight. Together they have as many places as there are rows. */
export function poolsOf({ rows, weights, poolRows, seed, epoch }: PoolRequest): Pool[] {
  const total = rows.reduce((sum, count) => sum + count, 0);
  const weigh = weights ?? Float64Array.from(rows);
  const whole = weigh.reduce((sum, weight) => sum + weight, 0);
  const filled = Array.from(rows.keys()).filter((chunk) => rows[chunk] > 0);
  const order = new Random(seed, `chunks ${epoch}`).shuffle(filled);
  const count = Math.max(1, Math.ceil(total / poolRows));
  const pools: Pool[] = [];
  let chunks: number[] = [];
  let passed = 0;
  let start = 0;
  for (const [index, chunk] of order.entries()) {
    chunks.push(chunk);
    passed += weigh[chunk];
    const isLast = index === order.length - 1;
    if (!isLast && passed < ((pools.length + 1) * whole) / count) continue;
    // Places by what has passed, not by what a pool weighs: rounding never adds up.
    const end = isLast ? total : Math.round((passed / whole) * total);
    pools.push({ chunks, start, end });
    chunks = [];
    start = end;
  }
  return pools;
}
