/**
 * Which hashes of a stream come again, in bounded memory: all of them up to a size, beyond it those of a share of the hash space that halves
 * as often as it must (distinct sampling, Gibbons 2001), from which the whole is estimated.
 */
const smallest = 1 << 12;
const fullest = 0.7;

export interface Repeated {
  /** How many came again, after the first of each. */
  rows: number;
  /** Relative standard error; 0 where every hash was kept. */
  error: number;
  /** Those that came most often: where first, from 0, and how often. */
  examples: { first: number; count: number }[];
}

export class RepeatedHashes {
  readonly #largest: number;
  #one: Uint32Array<ArrayBuffer>;
  #other: Uint32Array<ArrayBuffer>;
  #first: Float64Array<ArrayBuffer>;
  #count: Uint32Array<ArrayBuffer>;
  #kept = 0;
  #seen = 0;
  #rows = 0;
  /** Only hashes whose last bits are zero are kept. */
  #mask = 0;

  /** @param largest slots, a power of two; each takes 20 bytes */
  constructor(largest = 1 << 21) {
    this.#largest = largest;
    [this.#one, this.#other, this.#first, this.#count] = slots(smallest);
  }

  /** The hashes of the rows that come next, in two words each. */
  add(one: Uint32Array, other: Uint32Array): void {
    for (let row = 0; row < one.length; row++) {
      const place = this.#rows++;
      if ((other[row] & this.#mask) !== 0) continue;
      this.#seen += 1;
      this.#put(one[row], other[row], place, 1);
      if (this.#kept > fullest * this.#count.length) this.#grow();
    }
  }

  repeated(most: number): Repeated {
    const again = this.#seen - this.#kept;
    const share = 1 / (this.#mask + 1);
    // Groups of equal rows are kept or not as one: what is counted varies like the number of groups.
    const groups: { first: number; count: number }[] = [];
    let squares = 0;
    for (let slot = 0; slot < this.#count.length; slot++) {
      if (this.#count[slot] < 2) continue;
      squares += (this.#count[slot] - 1) * (this.#count[slot] - 1);
      groups.push({ first: this.#first[slot], count: this.#count[slot] });
    }
    const examples = groups.sort((a, b) => b.count - a.count || a.first - b.first).slice(0, most);
    const error = again === 0 || share === 1 ? 0 : Math.sqrt(squares * (1 - share)) / again;
    return { rows: Math.round(again / share), error, examples };
  }

  #put(one: number, other: number, first: number, count: number): void {
    const last = this.#count.length - 1;
    let slot = one & last;
    while (this.#count[slot] > 0 && (this.#one[slot] !== one || this.#other[slot] !== other)) slot = (slot + 1) & last;
    if (this.#count[slot] === 0) {
      this.#kept += 1;
      this.#one[slot] = one;
      this.#other[slot] = other;
      this.#first[slot] = first;
    }
    this.#count[slot] += count;
  }

  #grow(): void {
    const [one, other, first, count] = [this.#one, this.#other, this.#first, this.#count];
    const size = count.length < this.#largest ? count.length * 2 : count.length;
    if (size === count.length) this.#mask = this.#mask * 2 + 1;
    [this.#one, this.#other, this.#first, this.#count] = slots(size);
    this.#kept = 0;
    this.#seen = 0;
    for (let slot = 0; slot < count.length; slot++) {
      if (count[slot] === 0 || (other[slot] & this.#mask) !== 0) continue;
      this.#seen += count[slot];
      this.#put(one[slot], other[slot], first[slot], count[slot]);
    }
  }
}

const slots = (size: number): [Uint32Array<ArrayBuffer>, Uint32Array<ArrayBuffer>, Float64Array<ArrayBuffer>, Uint32Array<ArrayBuffer>] => [
  new Uint32Array(size),
  new Uint32Array(size),
  new Float64Array(size),
  new Uint32Array(size),
];
