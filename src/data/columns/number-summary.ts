/** Figures of a column of numbers in one pass and bounded memory: mean, spread and extremes of all; median and histogram of a sample beyond a size. */
import { exponential, logarithm, logarithm1p } from '../../base/elementary.js';
import { Random } from '../../base/random.js';
import type { Field } from '../../spec/field.js';
import { median } from '../steps/moments.js';

/** Bins of the small picture of a column. */
export const histogramBins = 24;

/** Values of one column that are kept: all of them up to here, beyond it a uniform sample. */
const largestSample = 32_768;
const mostSampled = 4_000_000;

export class NumberSummary {
  readonly #distinct = new Set<number>();
  readonly #distinctLimit: number;
  readonly #sampled: Reservoir;
  missing = 0;
  #count = 0;
  #mean = 0;
  #squares = 0;
  #minimum = Infinity;
  #maximum = -Infinity;

  /** @param columns of the whole table, which share the memory */
  constructor(columns: number, distinctLimit: number) {
    this.#distinctLimit = distinctLimit;
    this.#sampled = new Reservoir(Math.max(1000, Math.min(largestSample, Math.floor(mostSampled / columns))));
  }

  get distinct(): number {
    return this.#distinct.size;
  }

  add(values: Float64Array): void {
    let [count, mean, squares, minimum, maximum] = [this.#count, this.#mean, this.#squares, this.#minimum, this.#maximum];
    const distinct = this.#distinct;
    const limit = this.#distinctLimit;
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (Number.isNaN(value)) continue;
      count += 1;
      const distance = value - mean;
      mean += distance / count;
      squares += distance * (value - mean);
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
      if (distinct.size < limit) distinct.add(value);
    }
    this.missing += values.length - (count - this.#count);
    this.#sampled.add(values);
    [this.#count, this.#mean, this.#squares, this.#minimum, this.#maximum] = [count, mean, squares, minimum, maximum];
  }

  /** Nothing where there is no value. */
  figures(): Pick<Field, 'range' | 'histogram'> {
    if (this.#count === 0) return {};
    const sample = this.#sampled.values();
    return {
      range: {
        minimum: this.#minimum,
        maximum: this.#maximum,
        mean: this.#mean,
        median: median(sample),
        standardDeviation: this.#count > 1 ? Math.sqrt(this.#squares / (this.#count - 1)) : 0,
      },
      histogram: this.#histogram(sample),
    };
  }

  #histogram(sample: Float64Array): number[] {
    const bins = new Array<number>(histogramBins).fill(0);
    // Halves first: the width of ±1e308 is beyond a double.
    const halfWidth = this.#maximum / 2 - this.#minimum / 2;
    for (const value of sample) {
      const place = halfWidth === 0 ? 0 : (value / 2 - this.#minimum / 2) / halfWidth;
      bins[Math.min(histogramBins - 1, Math.floor(place * histogramBins))] += 1;
    }
    return bins;
  }
}

/** A uniform sample of a stream, seeded; what is passed over costs nothing (algorithm L: Li 1994, doi 10.1145/198429.198435). */
class Reservoir {
  readonly #random = new Random(1, 'profile');
  readonly #kept: Float64Array;
  #count = 0;
  /** How many come before the next one that is kept. */
  #skip = 0;
  #weight = 1;

  constructor(size: number) {
    this.#kept = new Float64Array(size);
  }

  add(values: Float64Array): void {
    const size = this.#kept.length;
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (Number.isNaN(value)) continue;
      if (this.#count < size) {
        this.#kept[this.#count++] = value;
        if (this.#count === size) this.#draw();
      } else if (this.#skip > 0) this.#skip -= 1;
      else {
        this.#kept[this.#random.integer(size)] = value;
        this.#draw();
      }
    }
  }

  #draw(): void {
    const positive = (): number => 1 - this.#random.uniform();
    this.#weight *= exponential(logarithm(positive()) / this.#kept.length);
    this.#skip = Math.floor(logarithm(positive()) / logarithm1p(-this.#weight));
  }

  values(): Float64Array {
    return this.#kept.subarray(0, Math.min(this.#count, this.#kept.length));
  }
}
