/** Count, mean, variance and skewness of a stream: a batch at a time, put together without loss (Pébay 2008, Sandia report 2008-6212). */
export class RunningMoments {
  count = 0;
  mean = 0;
  minimum = Infinity;
  maximum = -Infinity;
  #second = 0;
  #third = 0;

  /** NaN is passed over. */
  add(values: Float64Array): void {
    let count = 0;
    let sum = 0;
    let { minimum, maximum } = this;
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (Number.isNaN(value)) continue;
      count += 1;
      sum += value;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    }
    if (count === 0) return;
    const mean = sum / count;
    let second = 0;
    let third = 0;
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (Number.isNaN(value)) continue;
      const distance = value - mean;
      const square = distance * distance;
      second += square;
      third += square * distance;
    }
    this.minimum = minimum;
    this.maximum = maximum;
    this.#combine(count, mean, second, third);
  }

  merge(other: RunningMoments): void {
    if (other.count === 0) return;
    this.minimum = Math.min(this.minimum, other.minimum);
    this.maximum = Math.max(this.maximum, other.maximum);
    this.#combine(other.count, other.mean, other.#second, other.#third);
  }

  /** With n − 1. */
  get standardDeviation(): number {
    return this.count > 1 ? Math.sqrt(this.#second / (this.count - 1)) : 0;
  }

  /** g₁, as scipy's `skew`; 0 where all values are the same. */
  get skewness(): number {
    const variance = this.#second / this.count;
    const skewness = this.#third / this.count / (variance * Math.sqrt(variance));
    return Number.isFinite(skewness) ? skewness : 0;
  }

  #combine(count: number, mean: number, second: number, third: number): void {
    const all = this.count + count;
    const distance = mean - this.mean;
    const [one, other] = [this.count / all, count / all];
    this.#third +=
      third + distance * distance * distance * this.count * other * (one - other) + 3 * distance * (one * second - other * this.#second);
    this.#second += second + distance * distance * this.count * other;
    this.mean += distance * other;
    this.count = all;
  }
}
