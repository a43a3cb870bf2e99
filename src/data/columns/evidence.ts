/** What is seen of a column while its file is read once: enough to choose its type at the end, in bounded memory. */
import type { DateForm } from '../../spec/date-form.js';
import type { NumberColumn, TextColumn } from '../table.js';
import { hasLeadingZero, type NumberFormat, parseDatetime, parseNumber } from './cells.js';
import { dateFormsOf } from './dates.js';
import { distinctLimitOf, Tally } from './tally.js';

export const writtenForms = ['day-first', 'month-first', 'named'] as const satisfies readonly DateForm[];
export type WrittenForm = (typeof writtenForms)[number];

export interface Misfit {
  /** From 1. */
  row: number;
  line?: number;
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
  /** Rows of batches that were numbers throughout: of these, no text has been seen. */
  numberRows = 0;
  /** Characters of all texts together. */
  characters = 0;
  spaced = 0;
  leadingZeros = 0;
  readonly distinct: Tally;
  readonly numbers: Record<NumberFormat, NumberReading> = { point: newNumberReading(), comma: newNumberReading() };
  readonly datetimes: Reading = { fits: 0 };
  /** Dates that are not written as ISO 8601, by how they may be read; ISO dates among them fit each. */
  readonly dates: Record<WrittenForm, Reading> = { 'day-first': { fits: 0 }, 'month-first': { fits: 0 }, named: { fits: 0 } };
  /** Of all finite numbers. */
  least = Number.POSITIVE_INFINITY;
  greatest = Number.NEGATIVE_INFINITY;
  #textsSeen = 0;
  readonly #formats: readonly NumberFormat[];
  readonly #numbersSeen = new Set<number>();
  readonly #limit: number;
  #numberRepeats = false;

  /** @param columns of the whole table, which share the memory; @param formats of numbers that the file's delimiter allows */
  constructor(columns: number, formats: readonly NumberFormat[]) {
    this.distinct = new Tally(columns);
    this.#formats = formats;
    this.#limit = distinctLimitOf(columns);
  }

  get present(): number {
    return this.rows - this.missing;
  }

  /** Whether some value, be it number or text, is known to occur twice. */
  get repeats(): boolean {
    return this.#numberRepeats || this.distinct.repeats;
  }

  /** A batch that is numbers throughout, plainly written, or as its format declares. */
  addNumbers({ values }: NumberColumn): void {
    const before = this.rows;
    let [missing, integers] = [0, 0];
    const { point, comma } = this.numbers;
    for (let position = 0; position < values.length; position++) {
      const value = values[position];
      if (Number.isNaN(value)) {
        missing += 1;
        continue;
      }
      if (Number.isInteger(value)) integers += 1;
      this.#reach(value);
      const row = before + position;
      if (value !== row) point.runsFrom0 = false;
      if (value !== row + 1) point.runsFrom1 = false;
      this.#see(value);
    }
    const present = values.length - missing;
    this.rows += values.length;
    this.missing += missing;
    this.numberRows += values.length;
    point.fits += present;
    point.integers += integers;
    // Whole numbers are spelt alike in both; others have a point.
    comma.fits += integers;
    comma.integers += integers;
    if (!point.runsFrom0) comma.runsFrom0 = false;
    if (!point.runsFrom1) comma.runsFrom1 = false;
  }

  #reach(value: number): void {
    if (value < this.least) this.least = value;
    if (value > this.greatest && value < Number.POSITIVE_INFINITY) this.greatest = value;
  }

  #see(value: number): void {
    if (this.#numberRepeats) return;
    if (this.#numbersSeen.has(value)) this.#numberRepeats = true;
    else if (this.#numbersSeen.size < this.#limit) this.#numbersSeen.add(value);
  }

  #readDates(text: string, isIso: boolean, count: number, where: () => Misfit): void {
    const tried = this.#textsSeen++;
    const { dates } = this;
    if (tried >= textsTried && dates['day-first'].fits + dates['month-first'].fits + dates.named.fits === 0) return;
    const forms = isIso ? undefined : dateFormsOf(text);
    for (const form of writtenForms) read(dates[form], forms?.includes(form) ?? true, count, where);
  }

  /** @param lines of the batch's rows, where the source has lines */
  addTexts({ codes, dictionary }: TextColumn, lines: ArrayLike<number> | undefined): void {
    const before = this.rows;
    const { counts, firstRows, present } = occurrences(codes, dictionary.length);
    this.rows += codes.length;
    this.missing += codes.length - present;
    dictionary.forEach((text, code) => {
      const count = counts[code];
      if (count === 0) return;
      const position = firstRows[code];
      const row = before + position;
      const where = (): Misfit => ({ row: row + 1, ...(lines ? { line: lines[position] } : {}), value: text.slice(0, 80) });
      this.characters += text.length * count;
      if (/\s/.test(text)) this.spaced += count;
      if (hasLeadingZero(text)) this.leadingZeros += count;
      this.distinct.add(text, count);
      for (const format of this.#formats) {
        const value = parseNumber(text, format);
        if (value !== undefined && format === 'point') this.#see(value);
        if (value !== undefined && Number.isFinite(value)) this.#reach(value);
        readNumber(this.numbers[format], value, count, row, where);
      }
      const isIso = parseDatetime(text) !== undefined;
      read(this.datetimes, isIso, count, where);
      this.#readDates(text, isIso, count, where);
    });
  }
}

/** Of so many texts without a date among them, no later one is looked at. */
const textsTried = 2000;

/** How often each entry of a dictionary occurs, and where first. */
function occurrences(codes: Int32Array, entries: number): { counts: Int32Array; firstRows: Int32Array; present: number } {
  const counts = new Int32Array(entries);
  const firstRows = new Int32Array(entries);
  let present = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row];
    if (code < 0) continue;
    if (counts[code]++ === 0) firstRows[code] = row;
    present += 1;
  }
  return { counts, firstRows, present };
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
