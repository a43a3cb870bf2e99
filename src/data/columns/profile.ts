/** What is known of a typed column for people: how much is missing, how many values, which, how spread. One pass, bounded memory. */
import { Random } from '../../base/random.js';
import type { Field } from '../../spec/field.js';
import { type FieldType, isNumeric } from '../../spec/field-type.js';
import { median } from '../steps/moments.js';
import type { Column, TextColumn } from '../table.js';
import { distinctLimitOf, Tally } from './tally.js';

/** Bins of the small picture of a column. */
export const histogramBins = 24;

/** The most frequent values that are kept, and how many characters of each. */
const topValues = 20;
const topCharacters = 120;

/**
 * Values of one column that the median and the histogram are taken from: all of them up to here, beyond it a uniform
 * sample (Vitter's algorithm R, seeded). Mean, deviation and extremes are always over all rows.
 */
const largestSample = 100_000;
const mostSampled = 4_000_000;

export class ColumnProfile {
  readonly #type: FieldType;
  readonly #texts: Tally;
  readonly #numbers = new Set<number>();
  readonly #distinctLimit: number;
  readonly #sampleLimit: number;
  readonly #sample: number[] = [];
  readonly #random = new Random(1, 'profile');
  #missing = 0;
  #count = 0;
  #mean = 0;
  #squares = 0;
  #minimum = Infinity;
  #maximum = -Infinity;

  /** @param columns of the whole table, which share the memory */
  constructor(type: FieldType, columns: number) {
    this.#type = type;
    this.#texts = new Tally(columns);
    this.#distinctLimit = distinctLimitOf(columns);
    this.#sampleLimit = Math.max(1000, Math.min(largestSample, Math.floor(mostSampled / columns)));
  }

  add(column: Column): void {
    if (column.kind === 'number') for (const value of column.values) this.#addNumber(value);
    else if (column.kind === 'text') this.#addTexts(column);
  }

  #addTexts({ codes, dictionary }: TextColumn): void {
    const counts = new Int32Array(dictionary.length);
    for (const code of codes) {
      if (code < 0) this.#missing += 1;
      else counts[code] += 1;
    }
    for (const [code, text] of dictionary.entries()) if (counts[code] > 0) this.#texts.add(text, counts[code]);
  }

  #addNumber(value: number): void {
    if (Number.isNaN(value)) {
      this.#missing += 1;
      return;
    }
    this.#count += 1;
    const distance = value - this.#mean;
    this.#mean += distance / this.#count;
    this.#squares += distance * (value - this.#mean);
    if (value < this.#minimum) this.#minimum = value;
    if (value > this.#maximum) this.#maximum = value;
    if (this.#numbers.size < this.#distinctLimit) this.#numbers.add(value);
    if (this.#sample.length < this.#sampleLimit) this.#sample.push(value);
    else {
      const place = this.#random.integer(this.#count);
      if (place < this.#sampleLimit) this.#sample[place] = value;
    }
  }

  field(name: string, reason: string): Field {
    const field: Field = { name, type: this.#type, missing: this.#missing, distinct: this.#numbers.size, reason };
    if (!isNumeric(this.#type)) {
      field.distinct = this.#texts.size;
      field.top = this.#texts.top(topValues).map(({ value, count }) => ({ value: shortened(value), count }));
    } else if (this.#count > 0) {
      field.range = {
        minimum: this.#minimum,
        maximum: this.#maximum,
        mean: this.#mean,
        median: median(this.#sample),
        standardDeviation: this.#count > 1 ? Math.sqrt(this.#squares / (this.#count - 1)) : 0,
      };
      field.histogram = this.#histogram();
    }
    return field;
  }

  #histogram(): number[] {
    const bins = new Array<number>(histogramBins).fill(0);
    // Halves first: the width of ±1e308 is beyond a double.
    const halfWidth = this.#maximum / 2 - this.#minimum / 2;
    for (const value of this.#sample) {
      const place = halfWidth === 0 ? 0 : (value / 2 - this.#minimum / 2) / halfWidth;
      bins[Math.min(histogramBins - 1, Math.floor(place * histogramBins))] += 1;
    }
    return bins;
  }
}

const shortened = (text: string): string => (text.length <= topCharacters ? text : `${text.slice(0, topCharacters - 1)}…`);
