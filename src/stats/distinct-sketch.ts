/**
 * How many distinct values a stream has, in bounded memory: HyperLogLog (Flajolet et al. 2007) with the estimator of Ertl (2017, arXiv
 * 1702.01284, algorithm 6), which needs no tables of corrections and is right for few values as for many.
 */
const rankBits = 32;

export class DistinctSketch {
  readonly #registers: Uint8Array;
  readonly #indexBits: number;

  /** @param indexBits 4 to 20: two to this many registers of a byte */
  constructor(indexBits = 14) {
    this.#indexBits = indexBits;
    this.#registers = new Uint8Array(1 << indexBits);
  }

  /** Relative standard error of the estimate. */
  get error(): number {
    return 1.04 / Math.sqrt(this.#registers.length);
  }

  /** @param hash of 53 bits, as of `hashing.ts` */
  add(hash: number): void {
    const index = Math.floor(hash / 4294967296) & (this.#registers.length - 1);
    const rank = Math.clz32(hash % 4294967296) + 1;
    if (rank > this.#registers[index]) this.#registers[index] = rank;
  }

  /** Takes in another sketch of the same size. */
  merge(other: DistinctSketch): void {
    if (other.#indexBits !== this.#indexBits) throw new RangeError('Sketches of two sizes cannot be merged.');
    for (const [index, rank] of other.#registers.entries()) if (rank > this.#registers[index]) this.#registers[index] = rank;
  }

  estimate(): number {
    const registers = this.#registers.length;
    const counts = new Float64Array(rankBits + 2);
    for (const rank of this.#registers) counts[rank] += 1;
    let sum = registers * tau(1 - counts[rankBits + 1] / registers);
    for (let rank = rankBits; rank >= 1; rank--) sum = 0.5 * (sum + counts[rank]);
    sum += registers * sigma(counts[0] / registers);
    return (registers * registers) / (2 * Math.LN2 * sum);
  }
}

function sigma(share: number): number {
  if (share === 1) return Infinity;
  let [x, y, z] = [share, 1, share];
  for (let before = -1; before !== z; ) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [x, y, z] = [share, 1, 1 - share];
  for (let before = -1; before !== z; ) {
    x = Math.sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) * (1 - x) * y;
  }
  return z / 3;
}
