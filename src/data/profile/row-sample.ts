/**
 * Rows drawn at random, with a seed, all of them where they are few: what is measured between columns is measured on these. Kept as numbers
 * alone: numbers and dates as they are, texts as hashes, numbered identifiers as their number.
 */
import { Random } from '../../base/random.js';
import type { Field } from '../../spec/field.js';
import { isNumeric } from '../../spec/field-type.js';
import { parseNumber } from '../columns/cells.js';
import type { Column, TableChunk } from '../table.js';

const mostRows = 20_000;
const fewestRows = 100;
/** Over all columns. */
const mostCells = 2_000_000;

export const sampledRows = (rows: number, columns: number): number =>
  Math.min(rows, Math.max(fewestRows, Math.min(mostRows, Math.floor(mostCells / Math.max(1, columns)))));

export class RowSample {
  /** Of each column; NaN is missing. */
  readonly columns: Float64Array<ArrayBuffer>[];
  /** The number of each row in the table, from 0. */
  readonly positions: Float64Array<ArrayBuffer>;
  /** Whether every value of the column is a number: texts of digits count where they are identifiers. */
  readonly ordered: boolean[];
  readonly #random = new Random(1, 'profile rows');
  readonly #rows: number;
  readonly #size: number;
  readonly #fields: readonly Field[];
  #seen = 0;
  #taken = 0;

  constructor(fields: readonly Field[], rows: number) {
    this.#fields = fields;
    this.#rows = rows;
    this.#size = sampledRows(rows, fields.length);
    this.columns = fields.map(() => new Float64Array(this.#size).fill(Number.NaN));
    this.ordered = fields.map(({ type }) => isNumeric(type) || type === 'identifier');
    this.positions = new Float64Array(this.#size);
  }

  /** Which rows of the next chunk are taken: every choice of `size` among all rows is as likely (Knuth 3.4.2, algorithm S). */
  next({ rows }: TableChunk): { from: number; rows: Int32Array } {
    const from = this.#taken;
    const taken: number[] = [];
    for (let row = 0; row < rows; row++) {
      const left = this.#rows - this.#seen;
      const wanted = this.#size - this.#taken;
      if (wanted > 0 && (wanted >= left || this.#random.uniform() * left < wanted)) {
        taken.push(row);
        this.positions[this.#taken++] = this.#seen;
      }
      this.#seen += 1;
    }
    return { from, rows: Int32Array.from(taken) };
  }

  /** @param hashes of the column's rows */
  take(index: number, column: Column, hashes: Float64Array, { from, rows }: { from: number; rows: Int32Array }): void {
    const into = this.columns[index];
    if (column.kind === 'number') for (let place = 0; place < rows.length; place++) into[from + place] = column.values[rows[place]];
    else if (column.kind === 'text') {
      const numbered = this.#fields[index].type === 'identifier';
      for (let place = 0; place < rows.length; place++) {
        const code = column.codes[rows[place]];
        if (code < 0) continue;
        const number = numbered ? parseNumber(column.dictionary[code], 'point') : undefined;
        if (number === undefined) this.ordered[index] = false;
        into[from + place] = number ?? hashes[rows[place]];
      }
    }
  }
}
