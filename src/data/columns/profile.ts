/** What is known of a typed column for people: how much is missing, how many values, which, how spread. One pass, bounded memory. */
import type { Field } from '../../spec/field.js';
import { type FieldType, isNumeric } from '../../spec/field-type.js';
import type { Column, TextColumn } from '../table.js';
import { NumberSummary } from './number-summary.js';
import { distinctLimitOf, Tally } from './tally.js';

/** The most frequent values that are kept, and how many characters of each. */
const topValues = 20;
const topCharacters = 120;

export class ColumnProfile {
  readonly #type: FieldType;
  readonly #texts: Tally;
  readonly #numbers: NumberSummary;
  #missing = 0;

  /** @param columns of the whole table, which share the memory */
  constructor(type: FieldType, columns: number) {
    this.#type = type;
    this.#texts = new Tally(columns);
    this.#numbers = new NumberSummary(columns, distinctLimitOf(columns));
  }

  add(column: Column): void {
    if (column.kind === 'number') this.#numbers.add(column.values);
    else if (column.kind === 'text') this.#addTexts(column);
  }

  #addTexts({ codes, dictionary }: TextColumn): void {
    const counts = new Int32Array(dictionary.length);
    for (let row = 0; row < codes.length; row++) {
      if (codes[row] < 0) this.#missing += 1;
      else counts[codes[row]] += 1;
    }
    for (const [code, text] of dictionary.entries()) if (counts[code] > 0) this.#texts.add(text, counts[code]);
  }

  field(name: string, reason: string): Field {
    const base = { name, type: this.#type, reason };
    if (isNumeric(this.#type)) {
      const { missing, distinct } = this.#numbers;
      return { ...base, missing, distinct, ...this.#numbers.figures() };
    }
    const top = this.#texts.top(topValues).map(({ value, count }) => ({ value: shortened(value), count }));
    return { ...base, missing: this.#missing, distinct: this.#texts.size, top };
  }
}

const shortened = (text: string): string => (text.length <= topCharacters ? text : `${text.slice(0, topCharacters - 1)}…`);
