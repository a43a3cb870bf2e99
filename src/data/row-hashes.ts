/** Rows as numbers of 64 bits: equal rows have equal ones, others nearly never. Also sets of such numbers, in typed arrays. */
import { columnNamed } from './columns/access.js';
import { type Column, pixelsOf, type Table } from './table.js';

export interface RowHashes {
  low: Uint32Array;
  high: Uint32Array;
}

const missing = 0x7fc0ffee;

function mix(hash: number, word: number, factor: number): number {
  const mixed = Math.imul(hash ^ Math.imul(word ^ (word >>> 15), factor), 0x9e3779b1);
  return (mixed << 13) | (mixed >>> 19);
}

const finish = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
};

/** What a column adds for each row: two words. */
function wordsOf(column: Column): (row: number) => readonly [number, number] {
  if (column.kind === 'number') {
    const { values } = column;
    const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
    // Minus zero is zero, and one missing value like another.
    return (row) => (values[row] === 0 ? [0, 0] : Number.isNaN(values[row]) ? [missing, missing] : [words[row * 2], words[row * 2 + 1]]);
  }
  if (column.kind === 'text') {
    const known = wordsOfTexts(column.dictionary);
    return (row) => (column.codes[row] < 0 ? [missing, missing] : known[column.codes[row]]);
  }
  const length = pixelsOf(column.size);
  return (row) => {
    let [one, other] = [length, ~length];
    for (let place = row * length; place < (row + 1) * length; place++) {
      one = Math.imul(one ^ column.pixels[place], 0x01000193);
      other = mix(other, column.pixels[place], 0x2c1b3c6d);
    }
    return [one, other];
  };
}

/** Rows are hashed in blocks, and a dictionary may be long. */
const dictionaries = new WeakMap<readonly string[], (readonly [number, number])[]>();

function wordsOfTexts(dictionary: readonly string[]): (readonly [number, number])[] {
  const words = dictionaries.get(dictionary) ?? dictionary.map(textWords);
  dictionaries.set(dictionary, words);
  return words;
}

function textWords(text: string): readonly [number, number] {
  let [one, other] = [0x811c9dc5, text.length];
  for (let index = 0; index < text.length; index++) {
    one = Math.imul(one ^ text.charCodeAt(index), 0x01000193);
    other = mix(other, text.charCodeAt(index), 0x2c1b3c6d);
  }
  return [one, other];
}

/** @param names the columns that count @returns a number for each of `rows` */
export function hashRows(table: Table, names: readonly string[], rows: Uint32Array): RowHashes {
  const [low, high] = [new Uint32Array(rows.length), new Uint32Array(rows.length)];
  for (const name of names) {
    const words = wordsOf(columnNamed(table, name));
    for (let index = 0; index < rows.length; index++) {
      const [one, other] = words(rows[index]);
      low[index] = mix(mix(low[index], one, 0x85ebca6b), other, 0xc2b2ae35);
      high[index] = mix(mix(high[index], other, 0x27d4eb2f), one, 0x165667b1);
    }
  }
  return { low: low.map(finish), high: high.map(finish) };
}

/** Hashes told apart: each distinct one has a place, in the order of appearance. */
export class HashPlaces {
  #low = new Uint32Array(16);
  #high = new Uint32Array(16);
  /** Open addressing: 0 is free, else a place + 1. At most half full. */
  #slots = new Uint32Array(32);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Its place; −1 where it is not there. */
  find(low: number, high: number): number {
    return this.#slots[this.#slotOf(low, high)] - 1;
  }

  add(low: number, high: number): number {
    const slot = this.#slotOf(low, high);
    if (this.#slots[slot] > 0) return this.#slots[slot] - 1;
    if (this.#size === this.#low.length) this.#grow();
    const place = this.#size++;
    this.#low[place] = low;
    this.#high[place] = high;
    this.#slots[this.#slotOf(low, high)] = this.#size;
    return place;
  }

  #slotOf(low: number, high: number): number {
    const mask = this.#slots.length - 1;
    let slot = low & mask;
    for (;;) {
      const place = this.#slots[slot] - 1;
      if (place < 0 || (this.#low[place] === low && this.#high[place] === high)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const [low, high] = [this.#low, this.#high];
    this.#low = new Uint32Array(low.length * 2);
    this.#high = new Uint32Array(low.length * 2);
    this.#low.set(low);
    this.#high.set(high);
    this.#slots = new Uint32Array(low.length * 4);
    for (let place = 0; place < this.#size; place++) this.#slots[this.#slotOf(low[place], high[place])] = place + 1;
  }
}
