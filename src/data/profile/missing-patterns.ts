/** Which columns are missing in the same rows: each set of columns told apart by the exclusive or of their marks. */
import { Random } from '../../base/random.js';
import type { Profile } from '../../spec/profile.js';
import type { TableChunk } from '../table.js';

/** Sets that are told apart; rows of others count as not complete. */
const mostPatterns = 2000;
const shownPatterns = 50;
/** The columns with the most missing values are looked at. */
const mostColumns = 500;

export class MissingPatterns {
  readonly #columns: number[];
  readonly #names: readonly string[];
  readonly #marks: Uint32Array;
  readonly #patterns = new Map<number, { columns: string[]; rows: number }>();
  #complete = 0;
  #exact = true;

  /** @param fields of the table, with how much of each is missing */
  constructor(fields: readonly { name: string; missing: number }[]) {
    this.#names = fields.map(({ name }) => name);
    const some = fields.map(({ missing }, index) => ({ missing, index })).filter(({ missing }) => missing > 0);
    this.#columns = some
      .sort((a, b) => b.missing - a.missing || a.index - b.index)
      .slice(0, mostColumns)
      .map(({ index }) => index);
    this.#exact = some.length <= mostColumns;
    const random = new Random(1, 'missing');
    this.#marks = Uint32Array.from({ length: 2 * this.#columns.length }, () => random.nextUint32());
  }

  add({ rows, columns }: TableChunk): void {
    const one = new Uint32Array(rows);
    const other = new Uint32Array(rows);
    const isMissing = (index: number, row: number): boolean => {
      const column = columns[index];
      return column.kind === 'number' ? Number.isNaN(column.values[row]) : column.kind === 'text' && column.codes[row] < 0;
    };
    for (const [place, index] of this.#columns.entries()) {
      for (let row = 0; row < rows; row++) {
        if (!isMissing(index, row)) continue;
        one[row] ^= this.#marks[2 * place];
        other[row] ^= this.#marks[2 * place + 1];
      }
    }
    for (let row = 0; row < rows; row++) {
      if (one[row] === 0 && other[row] === 0) {
        this.#complete += 1;
        continue;
      }
      const key = one[row] * 2097152 + (other[row] >>> 11);
      const known = this.#patterns.get(key);
      if (known) known.rows += 1;
      else if (this.#patterns.size < mostPatterns) {
        const missing = this.#columns.filter((index) => isMissing(index, row)).sort((a, b) => a - b);
        this.#patterns.set(key, { columns: missing.map((index) => this.#names[index]), rows: 1 });
      } else this.#exact = false;
    }
  }

  result(): Profile['missing'] {
    const patterns = [...this.#patterns.values()].sort((a, b) => b.rows - a.rows || a.columns.length - b.columns.length);
    return {
      completeRows: this.#complete,
      patterns: patterns.slice(0, shownPatterns),
      exact: this.#exact && patterns.length <= shownPatterns,
    };
  }
}
