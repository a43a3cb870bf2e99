/** Values in order, each with how many rows have it: quantiles and counts below a limit. */
export class SortedValues {
  readonly #values: Float64Array;
  /** Rows up to and including each value. */
  readonly #ends: Float64Array;

  private constructor(values: Float64Array, ends: Float64Array) {
    this.#values = values;
    this.#ends = ends;
  }

  /** @param values in any order; NaN is passed over */
  static of(values: Float64Array): SortedValues {
    const sorted = values.filter((value) => !Number.isNaN(value)).sort();
    return new SortedValues(
      sorted,
      Float64Array.from(sorted, (_, index) => index + 1),
    );
  }

  static weighted(counts: ReadonlyMap<number, number>): SortedValues {
    const values = Float64Array.from(counts.keys()).sort();
    let end = 0;
    return new SortedValues(
      values,
      values.map((value) => (end += counts.get(value) ?? 0)),
    );
  }

  get count(): number {
    return this.#ends.at(-1) ?? 0;
  }

  /** Between two values it lies in proportion, as numpy's default does. NaN where there is none. */
  quantile(share: number): number {
    if (this.#values.length === 0) return Number.NaN;
    const place = share * (this.count - 1);
    const before = Math.floor(place);
    const low = this.#at(before);
    const high = this.#at(Math.min(before + 1, this.count - 1));
    return low + (high - low) * (place - before);
  }

  /** Rows whose value is below the limit, or at it too. */
  countBelow(limit: number, andAt = false): number {
    let [from, to] = [0, this.#values.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#values[middle] < limit || (andAt && this.#values[middle] === limit)) from = middle + 1;
      else to = middle;
    }
    return from === 0 ? 0 : this.#ends[from - 1];
  }

  /** The value of the row at a place in the order, from 0. */
  #at(place: number): number {
    let [from, to] = [0, this.#values.length - 1];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#ends[middle] > place) to = middle;
      else from = middle + 1;
    }
    return this.#values[from];
  }
}
