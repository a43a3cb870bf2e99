/** A batch of rows as places in bytes, and its columns read from them as numbers or texts. */
import { isMissing, parseNumber } from '../columns/cells.js';
import { parseDate } from '../columns/dates.js';
import type { Column, NumberColumn, TextColumn } from '../table.js';
import { plainDate, plainNumber } from './numbers.js';
import type { Reading } from './table-file.js';
import { TextCodes } from './text-codes.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class CellBatch {
  /** Cell [row, column] is bytes [starts[i], ends[i]) at i = row · columns + column. */
  constructor(
    readonly data: Uint8Array,
    readonly starts: Int32Array,
    readonly ends: Int32Array,
    readonly rows: number,
    readonly columns: number,
    /** Whether numbers may be written with decimal commas. */
    readonly commas: boolean,
  ) {}

  text(row: number, column: number): string {
    const cell = row * this.columns + column;
    return decoder.decode(this.data.subarray(this.starts[cell], this.ends[cell]));
  }

  read(column: number, reading: Reading): Column {
    switch (reading.as) {
      case 'skip':
        return { kind: 'text', codes: new Int32Array(this.rows).fill(-1), dictionary: [] };
      case 'raw':
        return this.#texts(column, false);
      case 'text':
        return this.#texts(column, true);
      case 'number':
        return this.#numbers(column, reading.format === 'point' ? pointNumber : noNumber, (text) => parseNumber(text, reading.format));
      case 'datetime':
        return this.#numbers(column, reading.dates ? noNumber : plainDate, (text) => parseDate(text, reading.dates));
      default:
        return this.#plainNumbers(column) ?? this.#texts(column, true);
    }
  }

  /** Trims a cell, in place. */
  #trim(cell: number): void {
    const { data, starts, ends } = this;
    let [start, end] = [starts[cell], ends[cell]];
    while (start < end && isSpace(data[start])) start += 1;
    while (start < end && isSpace(data[end - 1])) end -= 1;
    if (start < end && (mayBeginSpace(data[start]) || data[end - 1] >= 0x80)) [start, end] = this.#trimUnicode(start, end);
    starts[cell] = start;
    ends[cell] = end;
  }

  /** What `String.trim` leaves: some spaces have several bytes. */
  #trimUnicode(start: number, end: number): [number, number] {
    const text = decoder.decode(this.data.subarray(start, end));
    const bytesOf = (part: string): number => new TextEncoder().encode(part).length;
    const begun = text.trimStart();
    return [start + bytesOf(text.slice(0, text.length - begun.length)), end - bytesOf(begun.slice(begun.trimEnd().length))];
  }

  /** Undefined where a cell holds something that is neither a plain number nor missing. */
  #plainNumbers(column: number): NumberColumn | undefined {
    const { data, starts, ends, columns, commas } = this;
    const values = new Float64Array(this.rows);
    for (let row = 0, cell = column; row < this.rows; row++, cell += columns) {
      let value = plainNumber(data, starts[cell], ends[cell], commas);
      if (Number.isNaN(value)) {
        this.#trim(cell);
        value = plainNumber(data, starts[cell], ends[cell], commas);
        if (Number.isNaN(value) && !this.#isMissing(cell)) return undefined;
      }
      values[row] = value;
    }
    return { kind: 'number', values };
  }

  /** What can be read from the bytes at once, the rest by its text. */
  #numbers(
    column: number,
    fast: (data: Uint8Array, start: number, end: number) => number,
    parse: (text: string) => number | undefined,
  ): NumberColumn {
    const { data, starts, ends, columns } = this;
    const values = new Float64Array(this.rows);
    const known = new Map<string, number>();
    for (let row = 0, cell = column; row < this.rows; row++, cell += columns) {
      let value = fast(data, starts[cell], ends[cell]);
      if (Number.isNaN(value)) {
        this.#trim(cell);
        if (starts[cell] < ends[cell]) {
          const text = decoder.decode(data.subarray(starts[cell], ends[cell]));
          const before = known.get(text);
          value = before ?? finite(isMissing(text) ? undefined : parse(text));
          if (before === undefined) known.set(text, value);
        }
      }
      values[row] = value;
    }
    return { kind: 'number', values };
  }

  #texts(column: number, trimmed: boolean): TextColumn {
    const codes = new TextCodes(this.data, this.rows);
    const result = new Int32Array(this.rows);
    for (let row = 0, cell = column; row < this.rows; row++, cell += this.columns) {
      if (trimmed) this.#trim(cell);
      result[row] = trimmed && this.#isMissing(cell) ? -1 : codes.codeOf(this.starts[cell], this.ends[cell]);
    }
    return { kind: 'text', codes: result, dictionary: codes.dictionary() };
  }

  #isMissing(cell: number): boolean {
    const length = this.ends[cell] - this.starts[cell];
    // The longest spelling of "no value" has four characters.
    return length === 0 || (length <= 4 && isMissing(decoder.decode(this.data.subarray(this.starts[cell], this.ends[cell]))));
  }
}

const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

const pointNumber = (data: Uint8Array, start: number, end: number): number => plainNumber(data, start, end, false);
const noNumber = (): number => Number.NaN;

/** The first bytes of the spaces beyond ASCII. */
const mayBeginSpace = (byte: number): boolean => byte === 0xc2 || byte === 0xe1 || byte === 0xe2 || byte === 0xe3 || byte === 0xef;

const finite = (value: number | undefined): number => (value !== undefined && Number.isFinite(value) ? value : Number.NaN);
