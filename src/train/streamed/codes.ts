/** Codes that stay the same over chunks: each distinct text's place in the order of appearance. */
import { columnNamed, textsOf } from '../../data/columns/access.js';
import type { Table } from '../../data/table.js';

export class Codes {
  readonly #known = new Map<string, number>();
  readonly #values: Int32Array;

  constructor(rows: number) {
    this.#values = new Int32Array(rows);
  }

  get values(): Int32Array {
    return this.#values;
  }

  /** @param kept where a row's code is put; −1: nowhere */
  add(table: Table, column: string, kept: (row: number) => number): void {
    const { codes, dictionary } = textsOf(columnNamed(table, column), column);
    const own = dictionary.map((text) => {
      const code = this.#known.get(text) ?? this.#known.size;
      this.#known.set(text, code);
      return code;
    });
    for (let row = 0; row < table.rows; row++) {
      const place = kept(row);
      if (place >= 0) this.#values[place] = codes[row] < 0 ? -1 : own[codes[row]];
    }
  }
}
