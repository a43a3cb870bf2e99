/** Places buffers in one stretch of memory; two that are never alive together may share a place. */

export interface Lifetime {
  /** In numbers. */
  size: number;
  /** The first and the last operation that touch it, both included. */
  first: number;
  last: number;
}

export interface Arena {
  /** Of each buffer, in numbers. */
  offsets: number[];
  /** Of the whole, in numbers. */
  size: number;
}

/** So that every buffer begins on a cache line and whole vectors may be written at its end. */
const alignment = 16;

/** Greedy by size (2001.03288): the largest first, each at the lowest place that is free during its life. */
export function placeBuffers(lifetimes: Lifetime[]): Arena {
  const padded = lifetimes.map(({ size }) => Math.ceil(size / alignment) * alignment);
  const order = lifetimes.map((_, index) => index).sort((a, b) => padded[b] - padded[a] || a - b);
  const offsets = new Array<number>(lifetimes.length).fill(0);
  const placed: number[] = [];
  let size = 0;
  for (const buffer of order) {
    const { first, last } = lifetimes[buffer];
    const neighbours = placed.filter((other) => lifetimes[other].first <= last && lifetimes[other].last >= first);
    let offset = 0;
    for (const other of neighbours.sort((a, b) => offsets[a] - offsets[b])) {
      if (offsets[other] - offset >= padded[buffer]) break;
      offset = Math.max(offset, offsets[other] + padded[other]);
    }
    offsets[buffer] = offset;
    placed.push(buffer);
    size = Math.max(size, offset + padded[buffer]);
  }
  return { offsets, size };
}
