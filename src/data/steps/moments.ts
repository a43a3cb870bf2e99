/** Figures of a list of finite numbers that preprocessing is fitted with. Two passes each, so that large values lose no digits. */
import { squared } from '../../base/elementary.js';

export interface Moments {
  mean: number;
  /** Of the population: divided by n, as scikit-learn's StandardScaler does. */
  deviation: number;
  /** Third standardised moment of the population; 0 where all values are equal. */
  skewness: number;
}

export function moments(values: ArrayLike<number>): Moments {
  const count = values.length;
  if (count === 0) return { mean: 0, deviation: 0, skewness: 0 };
  let mean = 0;
  for (let index = 0; index < count; index++) mean += (values[index] - mean) / (index + 1);
  let second = 0;
  let third = 0;
  for (let index = 0; index < count; index++) {
    const distance = values[index] - mean;
    second += (distance * distance) / count;
    third += (distance * distance * distance) / count;
  }
  const deviation = Math.sqrt(second);
  // Equal numbers whose mean was rounded leave a deviation of a few last digits: that is no spread.
  if (deviation <= 1e-12 * Math.abs(mean) || deviation === 0) return { mean, deviation: 0, skewness: 0 };
  return { mean, deviation, skewness: third / (deviation * squared(deviation)) };
}

/** The middle value, or the mean of the two middle ones. NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  if (values.length === 0) return NaN;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
}

/** Moments that are kept up value by value (Welford, Terriberry): for more values than are kept. */
export class RunningMoments {
  count = 0;
  mean = 0;
  #second = 0;
  #third = 0;

  add(value: number): void {
    const before = this.count++;
    const distance = value - this.mean;
    const step = distance / this.count;
    const spread = distance * step * before;
    this.mean += step;
    this.#third += spread * step * (this.count - 2) - 3 * step * this.#second;
    this.#second += spread;
  }

  /** With so many further values that are all the same. */
  with(value: number, times: number): Moments {
    const count = this.count + times;
    if (count === 0) return { mean: 0, deviation: 0, skewness: 0 };
    const distance = value - this.mean;
    const mean = times === 0 ? this.mean : this.mean + (distance * times) / count;
    const second = this.#second + (times === 0 ? 0 : (squared(distance) * this.count * times) / count);
    const deviation = Math.sqrt(second / count);
    if (deviation <= 1e-12 * Math.abs(mean) || deviation === 0) return { mean, deviation: 0, skewness: 0 };
    return { mean, deviation, skewness: this.#third / count / (deviation * squared(deviation)) };
  }
}
