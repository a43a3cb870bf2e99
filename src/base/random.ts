/** Random numbers that repeat. */
import { cosine, logarithm } from './elementary.js';

/**
 * Seeded random numbers: xoshiro128** 1.1 (Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c), seeded by
 * splitmix32. The same seed and stream name give the same numbers in a page, a worker and Node.
 */
export class Random {
  readonly #state = new Uint32Array(4);

  /** `stream` keeps uses apart: shuffling, initial weights and splitting never share numbers. */
  constructor(seed: number, stream = '') {
    let mixed = (seed ^ Math.floor(seed / 2 ** 32)) >>> 0;
    for (let index = 0; index < stream.length; index++) {
      mixed = Math.imul(mixed ^ stream.charCodeAt(index), 0x01000193) >>> 0;
    }
    for (let index = 0; index < 4; index++) {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      let word = mixed;
      word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
      word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
      this.#state[index] = word ^ (word >>> 15);
    }
  }

  /** The generator's state, four words, to be stored and given to `restore`. */
  get state(): Uint32Array {
    return this.#state.slice();
  }

  restore(state: Uint32Array): void {
    this.#state.set(state);
  }

  /** An integer of 32 bits. */
  nextUint32(): number {
    const state = this.#state;
    const scrambled = Math.imul(rotateLeft(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotateLeft(state[3], 11);
    return scrambled;
  }

  /** Uniform in [0, 1), with 32 bits. */
  uniform(): number {
    return this.nextUint32() / 2 ** 32;
  }

  /** Uniform integer in [0, bound), without modulo bias. */
  integer(bound: number): number {
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let drawn = this.nextUint32();
    while (drawn >= limit) drawn = this.nextUint32();
    return drawn % bound;
  }

  /** Standard normal, by Box and Muller's transform. */
  normal(): number {
    const radius = Math.sqrt(-2 * logarithm(1 - this.uniform()));
    return radius * cosine(2 * Math.PI * this.uniform());
  }

  /** As `shuffle`, of typed arrays that may be long: yields every now and then. */
  *shuffling(items: Uint32Array): Generator<void, void> {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const kept = items[last];
      items[last] = items[other];
      items[other] = kept;
      if (last % shuffledAtOnce === 0) yield;
    }
  }

  /** Shuffles in place (Fisher and Yates) and returns its argument. */
  shuffle<T extends { [index: number]: number; length: number } | unknown[]>(items: T): T {
    const list = items as { [index: number]: unknown; length: number };
    for (let last = list.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const kept = list[last];
      list[last] = list[other];
      list[other] = kept;
    }
    return items;
  }
}

/** Takes about 20 ms. */
const shuffledAtOnce = 2 ** 18;

const rotateLeft = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
