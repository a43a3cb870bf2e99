/** The delta encodings: whole numbers as packed differences, and the lengths of texts written so. */
import { Damage } from './damage.js';

const mostBlock = 2 ** 20;

/**
 * DELTA_BINARY_PACKED, read block by block. Sums wrap as the format wants it: at 32 bits for INT32, at 64 for INT64.
 */
export class DeltaReader {
  readonly #bytes: Uint8Array;
  readonly #is32: boolean;
  readonly #blockSize: number;
  readonly #perMiniblock: number;
  readonly #miniblocks: number;
  readonly count: number;
  /** Where reading has come to. After the last value it is the first byte behind them. */
  offset: number;
  #given = 0;
  #last: bigint;
  #minimum = 0n;
  #widths: Uint8Array = new Uint8Array(0);
  #miniblock = 0;
  #inMiniblock = 0;
  #start = 0;

  constructor(bytes: Uint8Array, offset: number, is32: boolean) {
    this.#bytes = bytes;
    this.#is32 = is32;
    this.offset = offset;
    this.#blockSize = Number(this.#varint());
    this.#miniblocks = Number(this.#varint());
    this.count = Number(this.#varint());
    this.#last = this.#zigzag();
    this.#perMiniblock = this.#blockSize / this.#miniblocks;
    if (this.#blockSize > mostBlock || !(this.#perMiniblock >= 8) || !Number.isInteger(this.#perMiniblock))
      throw new Damage(`blocks of ${this.#blockSize} values are divided into ${this.#miniblocks}`);
    this.#miniblock = this.#miniblocks;
  }

  next(): bigint {
    if (this.#given >= this.count) throw new Damage('a page has fewer values than it says');
    if (this.#given++ === 0) return this.#last;
    if (this.#miniblock === this.#miniblocks) this.#beginBlock();
    const width = this.#widths[this.#miniblock];
    const delta = this.#bits(this.#start * 8 + this.#inMiniblock * width, width);
    const sum = this.#last + this.#minimum + delta;
    this.#last = this.#is32 ? BigInt.asIntN(32, sum) : BigInt.asIntN(64, sum);
    this.#inMiniblock += 1;
    if (this.#inMiniblock === this.#perMiniblock || this.#given === this.count) this.#endMiniblock();
    return this.#last;
  }

  #beginBlock(): void {
    this.#minimum = this.#zigzag();
    if (this.offset + this.#miniblocks > this.#bytes.length) throw new Damage('packed differences are cut off');
    this.#widths = this.#bytes.subarray(this.offset, this.offset + this.#miniblocks);
    if (this.#widths.some((width) => width > 64)) throw new Damage('a difference is said to have more than 64 bits');
    this.offset += this.#miniblocks;
    this.#miniblock = 0;
    this.#inMiniblock = 0;
    this.#start = this.offset;
  }

  #endMiniblock(): void {
    // Whole miniblocks are written even where values end before.
    this.#start += (this.#perMiniblock / 8) * this.#widths[this.#miniblock];
    this.offset = Math.min(this.#start, this.#bytes.length);
    this.#miniblock += 1;
    this.#inMiniblock = 0;
  }

  #bits(bit: number, width: number): bigint {
    if (width === 0) return 0n;
    let byte = Math.floor(bit / 8);
    if (Math.ceil((bit + width) / 8) > this.#bytes.length) throw new Damage('packed differences are cut off');
    const shift = bit % 8;
    if (shift + width <= 32) {
      let word = 0;
      for (let index = 0; index < 32 && index < shift + width; index += 8) word |= this.#bytes[byte++] << index;
      const value = word >>> shift;
      return BigInt(width === 32 ? value : value & ((1 << width) - 1));
    }
    let value = 0n;
    for (let got = 0; got < shift + width; got += 8) value |= BigInt(this.#bytes[byte++]) << BigInt(got);
    return BigInt.asUintN(width, value >> BigInt(shift));
  }

  #zigzag(): bigint {
    const value = this.#varint();
    return (value >> 1n) ^ -(value & 1n);
  }

  #varint(): bigint {
    let value = 0n;
    for (let index = 0; index < 10; index++) {
      if (this.offset >= this.#bytes.length) throw new Damage('packed differences are cut off');
      const byte = this.#bytes[this.offset++];
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) return value;
    }
    throw new Damage('a difference has too many digits');
  }
}

/** All of a page's lengths, and where they end. */
export function readLengths(bytes: Uint8Array, offset: number, most: number): { lengths: Int32Array; end: number } {
  const reader = new DeltaReader(bytes, offset, true);
  if (reader.count > most) throw new Damage('a page has more texts than values');
  const lengths = Int32Array.from({ length: reader.count }, () => {
    const length = Number(reader.next());
    if (length < 0 || length > bytes.length) throw new Damage('a text is longer than its page');
    return length;
  });
  return { lengths, end: reader.offset };
}
