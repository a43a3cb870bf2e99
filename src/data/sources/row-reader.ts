/**
 * Rows of cells from pieces of UTF-8 wherever these are cut, every row as long as the header, regrouped into batches of one size. The bytes
 * of a batch lie together; the unfinished row at the end waits for the next piece.
 */
import type { Warning } from '../../spec/dataset.js';
import { bytesPerBatch, rowsPerBatch } from './batches.js';
import { CellBatch } from './cell-batch.js';
import { cellTooLong, longestCell, longestRow, noRows, raggedRow, rowTooLong, unclosedQuote } from './row-errors.js';
import { incomplete, Scanner, type Separators, unclosed } from './scan.js';
import type { Position } from './table-file.js';

export interface RowShape {
  file: string;
  names: readonly string[];
  delimiter: string;
  separators: Separators;
  commas: boolean;
}

export interface Rows {
  cells: CellBatch;
  firstRow: number;
  lines: Int32Array;
  after: Required<Position>;
}

const fewestBytes = 2 ** 18;
const notBlank = -3;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class RowReader {
  readonly #shape: RowShape;
  readonly #scanner: Scanner;
  readonly #size: number;
  readonly #lines: Int32Array;
  #data = new Uint8Array(fewestBytes);
  /** Bytes in `#data`; those before `#place` have been scanned. */
  #length = 0;
  #place = 0;
  /** Where in all the text `#data` begins. */
  #offset: number;
  #rows = 0;
  /** Rows of earlier batches. */
  #before: number;
  #line: number;
  /** Blank lines of a table of one column, which are missing values unless only blank lines follow. */
  #blanks: number[] = [];
  /** Not worth scanning again before there are so many bytes. */
  #enough = 0;
  #stray: number | undefined;
  #taken = false;

  constructor(shape: RowShape, from: Required<Position>) {
    this.#shape = shape;
    this.#scanner = new Scanner(shape.separators);
    this.#size = rowsPerBatch(shape.names.length);
    this.#lines = new Int32Array(this.#size);
    this.#offset = from.byte;
    this.#before = from.row;
    this.#line = from.line;
  }

  get warning(): Warning | undefined {
    if (this.#stray === undefined) return undefined;
    const { file } = this.#shape;
    return {
      code: 'stray-quote',
      message: `${file}, line ${this.#stray}: text follows a closing quote; it was taken as part of the cell.`,
      advice: 'Look at that row in the preview. A quote inside a quoted cell is written twice ("").',
      place: { file, line: this.#stray },
    };
  }

  /** @throws InputError `ragged-row`, `cell-too-long`, `record-too-long`, `unclosed-quote` or, at the end, `no-rows` */
  async *batches(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Rows> {
    try {
      for (let last = false; !last; ) {
        const next = await pieces.next();
        last = next.done === true;
        if (!next.done) this.#append(next.value);
        if (!last && this.#length - this.#place < this.#enough) continue;
        while (this.#scan(last)) {
          yield this.#take();
          this.#release();
        }
      }
      if (this.#rows > 0) yield this.#take();
      else if (this.#before === 0) throw noRows(this.#shape.file, this.#shape.names.length);
    } finally {
      await pieces.return(undefined);
    }
  }

  /** Scans what is there. Answers true when a batch is full. */
  #scan(last: boolean): boolean {
    while (this.#place < this.#length) {
      if (this.#isFull) return true;
      const blank = this.#blankLineEnd(last);
      if (blank === incomplete) return this.#wait();
      if (blank !== notBlank) {
        if (this.#shape.names.length === 1) this.#blanks.push(this.#line);
        this.#place = blank;
        this.#line += 1;
        continue;
      }
      if (this.#blanks.length > 0) this.#addBlank();
      else if (!this.#addRow(last)) return this.#wait();
    }
    return this.#isFull;
  }

  get #isFull(): boolean {
    return this.#rows === this.#size || (this.#rows > 0 && this.#place > bytesPerBatch);
  }

  #wait(): false {
    const waiting = this.#length - this.#place;
    if (waiting > longestRow) throw rowTooLong(this.#shape.file, this.#line);
    // Twice the unfinished row: a long one is then scanned again only a few times.
    this.#enough = 2 * waiting;
    return false;
  }

  /** The end of the line that begins here, where it is blank. */
  #blankLineEnd(last: boolean): number {
    const { delimiter, newline } = this.#shape.separators;
    for (let place = this.#place; place < this.#length; place++) {
      const byte = this.#data[place];
      if (byte === newline) return place + 1;
      if (byte === delimiter || !isSpace(byte)) return notBlank;
    }
    return last ? this.#length : incomplete;
  }

  /** A blank line between others, in a table of one column. */
  #addBlank(): void {
    this.#scanner.add(0, 0);
    this.#lines[this.#rows++] = this.#blanks.shift() as number;
  }

  /** Answers false where the row's end is not there yet. */
  #addRow(last: boolean): boolean {
    const { names, file } = this.#shape;
    const scanner = this.#scanner;
    const cells = scanner.count;
    const next = scanner.scan(this.#data, this.#place, this.#length, last, names.length);
    if (next === unclosed) throw unclosedQuote(file, this.#line);
    if (next === incomplete) return false;
    if (next - this.#place > longestRow) throw rowTooLong(file, this.#line);
    this.#enough = 0;
    this.#place = next;
    this.#check(cells);
    this.#lines[this.#rows++] = this.#line;
    if (scanner.isStray) this.#stray ??= this.#line;
    this.#line += 1 + scanner.linesWithin;
    return true;
  }

  #check(cells: number): void {
    const { names, file, delimiter } = this.#shape;
    const place = { file, row: this.#before + this.#rows + 1, line: this.#line };
    const { starts, ends, count, longest } = this.#scanner;
    if (count - cells !== names.length) throw raggedRow(place, count - cells, names.length, delimiter);
    if (longest <= longestCell) return;
    const lengthOf = (cell: number): number => decoder.decode(this.#data.subarray(starts[cell], ends[cell])).length;
    const long = names.findIndex((_, index) => lengthOf(cells + index) > longestCell);
    if (long >= 0) throw cellTooLong(place, names[long], lengthOf(cells + long));
  }

  #take(): Rows {
    const { starts, ends } = this.#scanner;
    const { names, commas } = this.#shape;
    const cells = new CellBatch(this.#data, starts, ends, this.#rows, names.length, commas);
    const row = this.#before + this.#rows;
    const rows = {
      cells,
      firstRow: this.#before + 1,
      lines: this.#lines.subarray(0, this.#rows),
      // Blank lines that may turn out to be rows are read again.
      after: { row, byte: this.#offset + this.#place, line: this.#line },
    };
    this.#before = row;
    this.#taken = true;
    return rows;
  }

  /** Makes room for more: what was handed out is done with. */
  #release(): void {
    if (!this.#taken) return;
    this.#taken = false;
    this.#data.copyWithin(0, this.#place, this.#length);
    this.#offset += this.#place;
    this.#length -= this.#place;
    this.#place = 0;
    this.#rows = 0;
    this.#scanner.clear();
  }

  #append(piece: Uint8Array): void {
    const needed = this.#length + piece.length;
    if (needed > this.#data.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#data.length));
      larger.set(this.#data.subarray(0, this.#length));
      this.#data = larger;
    }
    this.#data.set(piece, this.#length);
    this.#length = needed;
  }
}

const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
