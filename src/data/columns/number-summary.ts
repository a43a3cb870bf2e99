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

  /** Sums of a batch first, then its squares about its own mean: no division for each value (Chan, Golub and LeVeque 1983 put both together). */
  add(values: Float64Array): void {
    const distinct = this.#distinct;
    const limit = this.#distinctLimit;
    let [count, sum, minimum, maximum] = [0, 0, this.#minimum, this.#maximum];
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (Number.isNaN(value)) continue;
      count += 1;
      sum += value;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
      if (distinct.size < limit) distinct.add(value);
    }
    [this.#minimum, this.#maximum] = [minimum, maximum];
    this.missing += values.length - count;
    if (count === 0) return;
    this.#merge(count, sum / count, squaresAbout(values, sum / count));
    this.#sampled.add(values, values.length - count);
  }

  #merge(count: number, mean: number, squares: number): void {
    const all = this.#count + count;
    const distance = mean - this.#mean;
    this.#mean += (distance * count) / all;
    this.#squares += squares + distance * distance * ((this.#count * count) / all);
    this.#count = all;
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

function squaresAbout(values: Float64Array, mean: number): number {
  let squares = 0;
  for (let index = 0; index < values.length; index++) {
    const distance = values[index] - mean;
    if (!Number.isNaN(distance)) squares += distance * distance;
  }
  return squares;
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

  /** @param missing how many of them are NaN */
  add(values: Float64Array, missing: number): void {
    const size = this.#kept.length;
    if (missing > 0 || this.#count < size) {
      this.#addEach(values);
      return;
    }
    // Nothing is missing, so that what is passed over need not be looked at.
    let index = this.#skip;
    for (; index < values.length; index += this.#skip + 1) this.#replace(values[index]);
    this.#skip = index - values.length;
  }

  #addEach(values: Float64Array): void {
    const size = this.#kept.length;
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (Number.isNaN(value)) continue;
      if (this.#count < size) {
        this.#kept[this.#count++] = value;
        if (this.#count === size) this.#draw();
      } else if (this.#skip > 0) this.#skip -= 1;
      else this.#replace(value);
    }
  }

  #replace(value: number): void {
    this.#kept[this.#random.integer(this.#kept.length)] = value;
    this.#draw();
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
