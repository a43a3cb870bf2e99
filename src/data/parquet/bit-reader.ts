/**
 * The hybrid of run-length encoding and bit packing in which Parquet writes levels and indexes into dictionaries, read bit by
 * bit as rows are asked for: a run of a thousand million values costs nothing until somebody reads them.
 */
import { Damage } from './damage.js';

export class HybridReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #width: number;
  #offset: number;
  /** Values left in the current run. */
  #left = 0;
  #packed = false;
  #value = 0;
  /** Where the next packed value begins, in bits. */
  #bit = 0;

  /** @param width bits of a value, 0 to 32 */
  constructor(bytes: Uint8Array, start: number, end: number, width: number) {
    if (width > 32) throw new Damage(`a value is said to have ${width} bits`);
    if (end > bytes.length || start > end) throw new Damage('a run of values lies outside its page');
    this.#bytes = bytes;
    this.#offset = start;
    this.#end = end;
    this.#width = width;
  }

  /** The next `count` values. */
  read(out: Int32Array | Uint8Array, count: number): void {
    if (this.#width === 0) {
      out.fill(0, 0, count);
      return;
    }
    for (let done = 0; done < count; ) {
      if (this.#left === 0) this.#nextRun();
      const part = Math.min(count - done, this.#left);
      if (this.#packed) this.#unpack(out, done, part);
      else out.fill(this.#value, done, done + part);
      this.#left -= part;
      done += part;
    }
  }

  #nextRun(): void {
    // DuckDB writes empty runs: a loop, since a hostile file has a million of them.
    do this.#readRun();
    while (this.#left === 0);
  }

  #readRun(): void {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      if (this.#offset >= this.#end || shift > 28) throw new Damage('a run of values is cut off');
      const byte = this.#bytes[this.#offset++];
      header |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    const size = header >>> 1;
    this.#packed = (header & 1) === 1;
    if (this.#packed) {
      this.#left = size * 8;
      this.#bit = this.#offset * 8;
      // The last group may be cut where no values are left: what is asked for beyond the end is damage.
      this.#offset = Math.min(this.#end, this.#offset + size * this.#width);
      return;
    }
    const bytes = (this.#width + 7) >> 3;
    if (this.#offset + bytes > this.#end) throw new Damage('a run of values is cut off');
    this.#value = 0;
    for (let index = 0; index < bytes; index++) this.#value |= this.#bytes[this.#offset++] << (8 * index);
    this.#left = size;
  }

  #unpack(out: Int32Array | Uint8Array, from: number, count: number): void {
    const bytes = this.#bytes;
    const width = this.#width;
    const mask = width === 32 ? -1 : (1 << width) - 1;
    let bit = this.#bit;
    if (Math.ceil((bit + count * width) / 8) > this.#end) throw new Damage('packed values are cut off');
    if (width === 8) {
      const start = bit / 8;
      for (let index = 0; index < count; index++) out[from + index] = bytes[start + index];
      bit += 8 * count;
    } else {
      const last = bytes.length - 5;
      for (let index = 0; index < count; index++, bit += width) {
        const byte = Math.floor(bit / 8);
        const shift = bit % 8;
        const inside = byte <= last;
        const low = inside ? bytes[byte] | (bytes[byte + 1] << 8) | (bytes[byte + 2] << 16) | (bytes[byte + 3] << 24) : wordAt(bytes, byte);
        let value = low >>> shift;
        if (shift + width > 32) value |= (byte + 4 < bytes.length ? bytes[byte + 4] : 0) << (32 - shift);
        out[from + index] = value & mask;
      }
    }
    this.#bit = bit;
  }
}

/** Four bytes as a word; those beyond the end are 0. */
function wordAt(bytes: Uint8Array, start: number): number {
  let word = 0;
  for (let index = 0; index < 4 && start + index < bytes.length; index++) word |= bytes[start + index] << (8 * index);
  return word;
}
