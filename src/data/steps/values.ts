/** The numbers of a column, gathered for a fit: all of them while they are few, then figures that are kept up and a seeded sample. */
import { Random } from '../../base/random.js';
import { RunningMoments } from './moments.js';
import { signedLog } from './signed-log.js';

export interface GatheredValues {
  count: number;
  missing: number;
  minimum: number;
  maximum: number;
  /** In row order, NaN where missing: all rows, or a sample of them. */
  values: Float64Array;
  /** Of all present values, where `values` is a sample; and of their signed logarithms. */
  running?: { plain: RunningMoments; logarithmic: RunningMoments };
}

export class ValueGatherer {
  readonly #most: number;
  readonly #random: Random;
  #kept = new Float64Array(1024);
  #count = 0;
  #missing = 0;
  #minimum = Number.POSITIVE_INFINITY;
  #maximum = Number.NEGATIVE_INFINITY;
  #running: { plain: RunningMoments; logarithmic: RunningMoments } | undefined;

  /** @param most numbers that are kept @param name seeds the sample */
  constructor(most: number, name: string) {
    this.#most = most;
    this.#random = new Random(0, `sample of ${name}`);
  }

  add(values: ArrayLike<number>, rows: Uint32Array): void {
    for (const row of rows) this.#take(values[row]);
  }

  #take(value: number): void {
    if (Number.isNaN(value)) this.#missing++;
    else {
      if (value < this.#minimum) this.#minimum = value;
      if (value > this.#maximum) this.#maximum = value;
    }
    if (this.#count < this.#most) {
      if (this.#count === this.#kept.length) this.#grow();
      this.#kept[this.#count++] = value;
      return;
    }
    this.#running ??= this.#beginRunning();
    this.#run(value);
    // Reservoir sampling: after n rows each of them is kept with a probability of most / n.
    const place = Math.floor(this.#random.uniform() * ++this.#count);
    if (place < this.#most) this.#kept[place] = value;
  }

  #grow(): void {
    const larger = new Float64Array(Math.min(this.#most, this.#kept.length * 2));
    larger.set(this.#kept);
    this.#kept = larger;
  }

  #beginRunning() {
    this.#running = { plain: new RunningMoments(), logarithmic: new RunningMoments() };
    for (const value of this.#kept) this.#run(value);
    return this.#running;
  }

  #run(value: number): void {
    if (Number.isNaN(value)) return;
    this.#running?.plain.add(value);
    this.#running?.logarithmic.add(signedLog(value));
  }

  finish(): GatheredValues {
    return {
      count: this.#count,
      missing: this.#missing,
      minimum: this.#minimum,
      maximum: this.#maximum,
      values: this.#kept.subarray(0, Math.min(this.#count, this.#most)),
      ...(this.#running ? { running: this.#running } : {}),
    };
  }
}
