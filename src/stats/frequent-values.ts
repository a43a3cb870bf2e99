/**
 * The most frequent values of a stream in bounded memory: exact while they fit, beyond that by Misra and Gries (1982) in the form that merges
 * (Agarwal et al. 2013, doi 10.1145/2500128). What is said is never too much; `error` is how much too little it may be.
 */
export class FrequentValues<Value extends string | number> {
  readonly #counts = new Map<Value, number>();
  readonly #limit: number;
  #error = 0;
  #most: number;

  /** @param limit distinct values that are counted exactly; @param kept counters beyond that */
  constructor(limit: number, kept = limit) {
    this.#limit = kept;
    this.#most = limit;
  }

  /** Whether every value has been counted, and exactly. */
  get exact(): boolean {
    return this.#error === 0;
  }

  /** Every count may be this much too low: at most the rows by half the counters. */
  get error(): number {
    return this.#error;
  }

  /** Values that are counted now: all there are while `exact`. */
  get size(): number {
    return this.#counts.size;
  }

  add(value: Value, count = 1): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + count);
    if (this.#counts.size > this.#most) this.#prune();
  }

  /**
   * A batch of numbers of which most occur once, in order: only what occurs in it more often is counted, so that each batch adds one to the
   * error and costs next to nothing.
   */
  addRepeats(this: FrequentValues<number>, sorted: Float64Array): void {
    for (let start = 0; start < sorted.length; ) {
      let end = start + 1;
      while (end < sorted.length && sorted[end] === sorted[start]) end += 1;
      if (end - start > 1) this.add(sorted[start], end - start);
      start = end;
    }
    this.#error += 1;
  }

  merge(other: FrequentValues<Value>): void {
    for (const [value, count] of other.#counts) this.#counts.set(value, (this.#counts.get(value) ?? 0) + count);
    this.#error += other.#error;
    if (this.#counts.size > this.#most) this.#prune();
  }

  counts(): ReadonlyMap<Value, number> {
    return this.#counts;
  }

  /** The most frequent first; ties in order of appearance. */
  top(most: number): { value: Value; count: number }[] {
    const entries = [...this.#counts].sort((a, b) => b[1] - a[1]).slice(0, most);
    return entries.map(([value, count]) => ({ value, count }));
  }

  /** Half of the counters survive, so that it costs little for each value that comes. */
  #prune(): void {
    this.#most = this.#limit;
    const counts = Float64Array.from(this.#counts.values()).sort();
    const taken = counts[Math.max(0, counts.length - 1 - Math.floor(this.#limit / 2))];
    this.#error += taken;
    for (const [value, count] of this.#counts) {
      if (count > taken) this.#counts.set(value, count - taken);
      else this.#counts.delete(value);
    }
  }
}
