/** Widths of a table's columns, as they are first guessed and as somebody draws them; which are in sight. */
import type { Field } from '../../spec/field.js';
import { isNumeric } from '../../spec/field-type.js';
import { count } from '../format.js';

const character = 7.6;
const padding = 30;
const narrowest = 64;
const widestGuess = 260;
const widest = 900;

export class ColumnWidths {
  /** Of the column of row numbers. */
  readonly index: number;
  readonly #widths: number[];
  #starts: number[] = [];

  constructor(fields: readonly Field[], rows: number) {
    this.index = Math.ceil(count(rows).length * character) + padding;
    this.#widths = fields.map(guess);
    this.#add();
  }

  get total(): number {
    return this.#starts.at(-1) ?? this.index;
  }

  width(column: number): number {
    return this.#widths[column];
  }

  start(column: number): number {
    return this.#starts[column];
  }

  set(column: number, width: number): void {
    this.#widths[column] = Math.round(Math.max(narrowest, Math.min(widest, width)));
    this.#add();
  }

  /** Columns that are seen beside the row numbers. */
  inSight(left: number, view: number): number[] {
    let [from, to] = [0, this.#widths.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#starts[middle + 1] <= left + this.index) from = middle + 1;
      else to = middle;
    }
    const found: number[] = [];
    for (let column = from; column < this.#widths.length && this.#starts[column] < left + view; column++) found.push(column);
    return found;
  }

  /** How far to scroll for a column to be wholly in sight, moving as little as can be. */
  leftFor(column: number, left: number, view: number): number {
    const start = this.#starts[column];
    if (start === undefined || start - this.index < left) return Math.max(0, (start ?? 0) - this.index);
    return Math.max(left, Math.min(start - this.index, start + this.#widths[column] - view));
  }

  #add(): void {
    const starts = [this.index];
    for (const width of this.#widths) starts.push((starts.at(-1) ?? 0) + width);
    this.#starts = starts;
  }
}

function guess({ name, type, top, picture }: Field): number {
  const longest = Math.max(
    name.length,
    ...(top ?? []).slice(0, 5).map(({ value }) => value.length),
    type === 'datetime' ? 10 : isNumeric(type) ? 8 : 4,
  );
  return Math.round(Math.max(picture ? 80 : narrowest, Math.min(widestGuess, longest * character + padding)));
}
