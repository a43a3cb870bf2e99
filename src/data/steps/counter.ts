/** How often texts occur: exactly while they are few, then too little by at most a stated error (Misra and Gries). */
import { compareTexts } from '../../base/texts.js';

export class TextCounter {
  readonly #counts = new Map<string, number>();
  readonly #most: number;
  #error = 0;

  /** @param most texts whose counts are kept */
  constructor(most: number) {
    this.#most = most;
  }

  add(text: string, times = 1): void {
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + times);
    if (this.#counts.size > 2 * this.#most) this.#prune();
  }

  /** Subtracts what the first text beyond `most` has from all: at most total / most in all. */
  #prune(): void {
    const sorted = Float64Array.from(this.#counts.values()).sort();
    const taken = sorted[sorted.length - 1 - this.#most];
    this.#error += taken;
    for (const [text, count] of this.#counts) {
      if (count > taken) this.#counts.set(text, count - taken);
      else this.#counts.delete(text);
    }
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** What a count may be short of; 0: all are exact. */
  get error(): number {
    return this.#error;
  }
}

/** Adds the texts of some rows of a column, given by their codes; answers how many rows have none. */
export function countTexts(
  counter: TextCounter,
  { codes, dictionary }: { codes: Int32Array; dictionary: readonly string[] },
  rows: Uint32Array,
): number {
  const times = new Uint32Array(dictionary.length);
  let missing = 0;
  for (const row of rows) {
    if (codes[row] >= 0) times[codes[row]]++;
    else missing++;
  }
  times.forEach((count, code) => {
    if (count > 0) counter.add(dictionary[code], count);
  });
  return missing;
}

/** Most frequent first, then by code units. */
export const byFrequency = (a: readonly [string, number], b: readonly [string, number]): number => b[1] - a[1] || compareTexts(a[0], b[0]);
