/** What is seen of a column while its file is read once: enough to choose its type at the end, in bounded memory. */
import { hasLeadingZero, type NumberFormat, parseDatetime, parseNumber } from './cells.js';
import type { RawColumn } from './raw.js';
import { Tally } from './tally.js';

export interface Misfit {
  /** From 1. */
  row: number;
  line: number;
  value: string;
}

/** One way of reading a column's texts: how many it fits, and the first that it does not. */
export interface Reading {
  fits: number;
  firstMisfit?: Misfit;
}

export interface NumberReading extends Reading {
  integers: number;
  infinite: number;
  firstInfinite?: Misfit;
  /** Whether row i holds i, or i + 1, in every row so far. */
  runsFrom0: boolean;
  runsFrom1: boolean;
}

const newNumberReading = (): NumberReading => ({ fits: 0, integers: 0, infinite: 0, runsFrom0: true, runsFrom1: true });

export class ColumnEvidence {
  rows = 0;
  missing = 0;
  /** Characters of all values together, and of the longest. */
  characters = 0;
  longest = 0;
  spaced = 0;
  leadingZeros = 0;
  readonly distinct: Tally;
  readonly numbers: Record<NumberFormat, NumberReading> = { point: newNumberReading(), comma: newNumberReading() };
  readonly datetimes: Reading = { fits: 0 };
  readonly #formats: readonly NumberFormat[];

  /** @param columns of the whole table, which share the memory; @param formats of numbers that the file's delimiter allows */
  constructor(columns: number, formats: readonly NumberFormat[]) {
    this.distinct = new Tally(columns);
    this.#formats = formats;
  }

  get present(): number {
    return this.rows - this.missing;
  }

  /** @param lines of the batch's rows */
  add(column: RawColumn, lines: readonly number[]): void {
    const before = this.rows;
    this.rows += column.codes.length;
    this.missing += column.codes.length;
    column.dictionary.forEach((text, code) => {
      const count = column.counts[code];
      const position = column.firstRows[code];
      const where = (): Misfit => ({ row: before + position + 1, line: lines[position], value: text.slice(0, 80) });
      this.missing -= count;
      this.characters += text.length * count;
      this.longest = Math.max(this.longest, text.length);
      if (/\s/.test(text)) this.spaced += count;
      if (hasLeadingZero(text)) this.leadingZeros += count;
      this.distinct.add(text, count);
      for (const format of this.#formats) readNumber(this.numbers[format], parseNumber(text, format), count, before + position, where);
      read(this.datetimes, parseDatetime(text) !== undefined, count, where);
    });
  }
}

function read(reading: Reading, fits: boolean, count: number, where: () => Misfit): void {
  if (fits) reading.fits += count;
  else reading.firstMisfit ??= where();
}

function readNumber(reading: NumberReading, value: number | undefined, count: number, row: number, where: () => Misfit): void {
  read(reading, value !== undefined, count, where);
  if (value === undefined || count > 1 || value !== row) reading.runsFrom0 = false;
  if (value === undefined || count > 1 || value !== row + 1) reading.runsFrom1 = false;
  if (value === undefined) return;
  if (Number.isInteger(value)) reading.integers += count;
  if (Number.isFinite(value)) return;
  reading.infinite += count;
  reading.firstInfinite ??= where();
}
