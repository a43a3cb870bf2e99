/**
 * Quantiles of a stream in bounded memory: KLL (Karnin, Lang, Liberty 2016, arXiv 1603.05346). Levels of values, each standing for twice as
 * many as those of the level below; a full level is sorted and every other value of it, odd or even by a seeded coin, moves up.
 */
import { exponential, logarithm, power } from '../base/elementary.js';
import { Random } from '../base/random.js';
import { SortedValues } from './sorted-values.js';

const shrinking = 2 / 3;
const smallestLevel = 16;
/** Values come into a wide lowest level, whose sorting costs less for each. */
const firstLevel = 256;

export class QuantileSketch {
  readonly #k: number;
  readonly #random: Random;
  #levels: Float64Array[] = [new Float64Array(firstLevel)];
  #sizes: number[] = [0];
  #count = 0;

  /** @param k how many values the highest level holds: the error is near 2.3 / k of the rows */
  constructor(k: number, seed = 1) {
    this.#k = k;
    this.#random = new Random(seed, 'quantiles');
  }

  get count(): number {
    return this.#count;
  }

  /** The share of rows by which a quantile may be off, 99 of 100 times: 0 while nothing was given up (measured by Apache DataSketches). */
  get error(): number {
    return this.#levels.length === 1 ? 0 : Math.min(0.5, 2.296 / nineTenths(this.#k));
  }

  /** NaN is passed over. */
  add(values: Float64Array): void {
    let size = this.#sizes[0];
    let level = this.#levels[0];
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (Number.isNaN(value)) continue;
      this.#count += 1;
      level[size++] = value;
      if (size < level.length) continue;
      this.#sizes[0] = size;
      this.#compress();
      size = this.#sizes[0];
      level = this.#levels[0];
    }
    this.#sizes[0] = size;
  }

  /** Takes in another sketch, as if its values had come here. */
  merge(other: QuantileSketch): void {
    for (const [height, level] of other.#levels.entries()) {
      if (height >= this.#levels.length) this.#grow();
      for (let index = 0; index < other.#sizes[height]; index++) this.#push(height, level[index]);
    }
    this.#count += other.#count;
    this.#compress();
  }

  values(): SortedValues {
    const weights = new Map<number, number>();
    for (const [height, level] of this.#levels.entries()) {
      for (let index = 0; index < this.#sizes[height]; index++) {
        weights.set(level[index], (weights.get(level[index]) ?? 0) + power(2, height));
      }
    }
    return SortedValues.weighted(weights);
  }

  #capacity(height: number): number {
    const depth = this.#levels.length - 1 - height;
    return Math.max(height === 0 ? firstLevel : smallestLevel, Math.ceil(this.#k * power(shrinking, depth)));
  }

  #push(height: number, value: number): void {
    let level = this.#levels[height];
    if (this.#sizes[height] === level.length) {
      level = new Float64Array(Math.max(smallestLevel, level.length * 2));
      level.set(this.#levels[height]);
      this.#levels[height] = level;
    }
    level[this.#sizes[height]++] = value;
  }

  #grow(): void {
    this.#levels.push(new Float64Array(smallestLevel));
    this.#sizes.push(0);
  }

  #compress(): void {
    for (let height = 0; height < this.#levels.length; height++) {
      const capacity = this.#capacity(height);
      const size = this.#sizes[height];
      if (height === 0 && size < capacity && size === this.#levels[0].length) {
        // The lowest level may grow to its capacity before anything is given up.
        const wider = new Float64Array(Math.min(capacity, size * 2));
        wider.set(this.#levels[0]);
        this.#levels[0] = wider;
        continue;
      }
      if (size < capacity) continue;
      if (height + 1 === this.#levels.length) this.#grow();
      const level = this.#levels[height];
      const sorted = level.slice(0, size).sort();
      // An odd one stays behind, so that the weights add up to the count.
      const odd = size % 2;
      for (let index = odd + this.#random.integer(2); index < size; index += 2) this.#push(height + 1, sorted[index]);
      level[0] = sorted[0];
      this.#sizes[height] = odd;
    }
  }
}

/** k to the 0.9723, without `Math.pow`, whose last digit differs from engine to engine. */
const nineTenths = (k: number): number => exponential(0.9723 * logarithm(k));
