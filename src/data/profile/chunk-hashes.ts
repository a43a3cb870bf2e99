/** A chunk's values as hashes, made once for all who count by them: distinct values, equal rows, samples. */
import { hashBytes, hashNumber, hashText } from '../../stats/hashing.js';
import { type Column, pixelsOf } from '../table.js';

/** What a value that is missing hashes to. */
const missing = 0;
const words = 4294967296;

/** One hash for each row; `missing` where there is no value. */
export function rowHashes(column: Column, rows: number): Float64Array {
  const hashes = new Float64Array(rows);
  if (column.kind === 'number') {
    const { values } = column;
    for (let row = 0; row < rows; row++) hashes[row] = Number.isNaN(values[row]) ? missing : hashNumber(values[row]);
  } else if (column.kind === 'text') {
    const entries = Float64Array.from(column.dictionary, hashText);
    for (let row = 0; row < rows; row++) hashes[row] = column.codes[row] < 0 ? missing : entries[column.codes[row]];
  } else {
    const length = pixelsOf(column.size);
    for (let row = 0; row < rows; row++) hashes[row] = hashBytes(column.pixels, row * length, (row + 1) * length);
  }
  return hashes;
}

/** The hashes of whole rows, mixed from their columns in order. */
export class WholeRows {
  readonly one: Uint32Array<ArrayBuffer>;
  readonly other: Uint32Array<ArrayBuffer>;

  constructor(rows: number) {
    this.one = new Uint32Array(rows);
    this.other = new Uint32Array(rows);
  }

  mix(hashes: Float64Array): void {
    const { one, other } = this;
    for (let row = 0; row < hashes.length; row++) {
      const high = Math.floor(hashes[row] / words);
      const low = hashes[row] - high * words;
      const a = Math.imul(one[row] ^ low, 0x9e3779b1) + 0x7f4a7c15;
      const b = Math.imul(other[row] ^ (low + Math.imul(high, 0x5f356495)), 0x85ebca77) + 0x165667b1;
      one[row] = (a ^ (a >>> 15)) + Math.imul(b, 3);
      other[row] = (b ^ (b >>> 13)) + Math.imul(a, 5);
    }
  }
}
