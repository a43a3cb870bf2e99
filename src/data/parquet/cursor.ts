/** One column of a row group, read row by row as batches ask for them. */
import type { Column } from '../table.js';
import { Damage } from './damage.js';
import type { DataPage } from './pages.js';
import type { Leaf } from './schema.js';
import { TextBatch } from './text-values.js';

export interface Cursor {
  /** The next rows, of which there are at least so many. */
  read(rows: number): Promise<Column>;
  close(): Promise<void>;
}

/** Beyond this a number counts as infinite, and infinite numbers as missing: see `columns/cells.ts`. */
const largestNumber = 1e100;

export class FlatCursor implements Cursor {
  readonly #pages: AsyncGenerator<DataPage>;
  readonly #leaf: Leaf;
  readonly #infinite: (count: number) => void;
  #page: DataPage | undefined;
  #left = 0;
  #levels = new Uint8Array(0);

  /** @param infinite told of numbers that become missing */
  constructor(pages: AsyncGenerator<DataPage>, leaf: Leaf, infinite: (count: number) => void) {
    this.#pages = pages;
    this.#leaf = leaf;
    this.#infinite = infinite;
  }

  async read(rows: number): Promise<Column> {
    const isNumber = this.#leaf.reading.as === 'number' || this.#leaf.reading.as === 'datetime';
    const numbers = new Float64Array(isNumber ? rows : 0);
    const texts = new TextBatch(isNumber ? 0 : rows);
    for (let done = 0; done < rows; ) {
      const page = await this.#current();
      const part = Math.min(rows - done, this.#left);
      const present = this.#present(page, part);
      if (page.values.kind === 'number') {
        page.values.values.read(numbers, done, present);
        if (present < part) spread(numbers, done, part, present, this.#levels, this.#leaf.definition, Number.NaN);
      } else {
        page.values.values.read(texts, done, present);
        if (present < part) spread(texts.codes, done, part, present, this.#levels, this.#leaf.definition, -1);
      }
      this.#left -= part;
      done += part;
    }
    if (!isNumber) return texts.column();
    this.#finite(numbers);
    return { kind: 'number', values: numbers };
  }

  async close(): Promise<void> {
    await this.#pages.return(undefined);
  }

  async #current(): Promise<DataPage> {
    if (this.#page && this.#left > 0) return this.#page;
    const next = await this.#pages.next();
    if (next.done) throw new Damage(`column "${this.#leaf.path.join('.')}" has fewer rows than its row group`);
    this.#page = next.value;
    this.#left = next.value.count;
    return next.value;
  }

  /** Reads the levels of the next rows, and counts the values that are there. */
  #present({ definitions }: DataPage, rows: number): number {
    if (!definitions) return rows;
    if (this.#levels.length < rows) this.#levels = new Uint8Array(rows);
    definitions.read(this.#levels, rows);
    let present = 0;
    for (let row = 0; row < rows; row++) if (this.#levels[row] === this.#leaf.definition) present += 1;
    return present;
  }

  #finite(values: Float64Array): void {
    let infinite = 0;
    for (let row = 0; row < values.length; row++) {
      if (Math.abs(values[row]) <= largestNumber || Number.isNaN(values[row])) continue;
      values[row] = Number.NaN;
      infinite += 1;
    }
    if (infinite > 0) this.#infinite(infinite);
  }
}

/** `present` values stand at the start of the part; each goes to its row, from the last on, and the others are missing. */
function spread(
  out: Float64Array | Int32Array,
  from: number,
  rows: number,
  present: number,
  levels: Uint8Array,
  there: number,
  missing: number,
): void {
  for (let row = rows - 1, value = present - 1; row >= 0; row--) {
    if (levels[row] === there) out[from + row] = out[from + value--];
    else out[from + row] = missing;
  }
}
