/** Rows of which most numbers are 0: the dense ones as they are, of the others only those that are not 0, with their places. */
import type { InputRows } from './inputs.js';
import type { SparseRow } from './steps/words.js';

export interface SparsePart {
  /** The place in a row of its first number. */
  start: number;
  read: (row: number) => SparseRow;
}

/** Gathers rows in order, then answers them. */
export class SparseRows {
  readonly #parts: readonly SparsePart[];
  readonly #ends: Uint32Array;
  #positions = new Uint32Array(1024);
  #values = new Float32Array(1024);
  #rows = 0;
  #used = 0;

  constructor(parts: readonly SparsePart[], rows: number) {
    this.#parts = parts;
    this.#ends = new Uint32Array(rows + 1);
  }

  /** Appends a row of the table. */
  add(row: number): void {
    for (const { start, read } of this.#parts) {
      const { positions, values } = read(row);
      this.#reserve(positions.length);
      for (let index = 0; index < positions.length; index++) {
        this.#positions[this.#used] = start + positions[index];
        this.#values[this.#used++] = values[index];
      }
    }
    this.#rows++;
    this.#ends[this.#rows] = this.#used;
  }

  #reserve(more: number): void {
    if (this.#used + more <= this.#positions.length) return;
    const length = Math.max(this.#used + more, this.#positions.length * 2);
    const positions = new Uint32Array(length);
    const values = new Float32Array(length);
    positions.set(this.#positions);
    values.set(this.#values);
    [this.#positions, this.#values] = [positions, values];
  }

  /**
   * @param dense the numbers of the other steps, in rows of their own
   * @param spans where they lie: `length` numbers from `from` in a dense row, at `start` in the whole one
   */
  finish(dense: InputRows, spans: readonly { from: number; start: number; length: number }[], width: number): InputRows {
    const [positions, values, ends] = [this.#positions, this.#values, this.#ends];
    const own = new Float32Array(dense.width);
    return {
      rows: dense.rows,
      width,
      copy(row, target, offset) {
        target.fill(0, offset, offset + width);
        dense.copy(row, own, 0);
        for (const { from, start, length } of spans) target.set(own.subarray(from, from + length), offset + start);
        for (let index = ends[row]; index < ends[row + 1]; index++) target[offset + positions[index]] = values[index];
      },
    };
  }
}
