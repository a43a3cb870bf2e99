/**
 * So many rows of a stream of unknown length, each as likely as any other (algorithm R: Vitter 1985, doi 10.1145/3147.3165). Beyond that
 * many a row takes the place of an earlier one, so that they come out in no order of the stream.
 */
import { Random } from '../../base/random.js';
import type { Column, TableChunk } from '../table.js';

export class Reservoir {
  readonly #rows: number;
  readonly #random: Random;
  /** One growing list of values for each column: numbers, or codes into its texts. */
  #values: (number[] | undefined)[] = [];
  #texts: (Map<string, number> | undefined)[] = [];
  seen = 0;

  constructor(rows: number, seed: number) {
    this.#rows = rows;
    this.#random = new Random(seed, 'lake rows');
  }

  add({ rows, columns }: TableChunk): void {
    if (rows === 0) return;
    const places = Array.from({ length: rows }, () => {
      this.seen += 1;
      if (this.seen <= this.#rows) return this.seen - 1;
      const place = this.#random.integer(this.seen);
      return place < this.#rows ? place : -1;
    });
    for (const [index, column] of columns.entries()) this.#addColumn(index, column, places);
  }

  #addColumn(index: number, column: Column, places: readonly number[]): void {
    this.#values[index] ??= [];
    const values = this.#values[index];
    if (column.kind === 'number') {
      for (let row = 0; row < places.length; row++) if (places[row] >= 0) values[places[row]] = column.values[row];
      return;
    }
    if (column.kind !== 'text') return;
    this.#texts[index] ??= new Map();
    const texts = this.#texts[index];
    for (let row = 0; row < places.length; row++) {
      if (places[row] < 0) continue;
      const text = column.codes[row] < 0 ? undefined : column.dictionary[column.codes[row]];
      if (text !== undefined && !texts.has(text)) texts.set(text, texts.size);
      values[places[row]] = text === undefined ? -1 : (texts.get(text) ?? -1);
    }
  }

  /** What was drawn; the texts are those that are left, in order of appearance. */
  take(): TableChunk {
    const rows = Math.min(this.seen, this.#rows);
    const columns = this.#values.map((values = [], index): Column => {
      const texts = this.#texts[index];
      if (!texts) return { kind: 'number', values: Float64Array.from(values) };
      const all = [...texts.keys()];
      const codeOf = new Map<number, number>();
      const codes = Int32Array.from(values, (code) => {
        if (code < 0) return -1;
        const known = codeOf.get(code) ?? codeOf.size;
        codeOf.set(code, known);
        return known;
      });
      return { kind: 'text', codes, dictionary: [...codeOf.keys()].map((code) => all[code]) };
    });
    this.#values = [];
    this.#texts = [];
    return { rows, columns };
  }
}
