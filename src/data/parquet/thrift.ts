/**
 * Thrift's compact protocol, in which Parquet writes its footer and page headers. Bounded in everything that a hostile file can
 * choose: depth, lengths, digits of a number; hyparquet's own reader is given nothing that this one has refused.
 */
import { Damage } from './damage.js';

export type ThriftValue = boolean | number | bigint | Uint8Array | ThriftValue[] | ThriftStruct;
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;

/** The footer nests seven structs at most. */
const deepest = 16;

const mostVarintBytes = 10;

const type = { stop: 0, true: 1, false: 2, byte: 3, i16: 4, i32: 5, i64: 6, double: 7, binary: 8, list: 9, set: 10, struct: 12 } as const;

export class ThriftReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  offset: number;

  constructor(bytes: Uint8Array, offset = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offset = offset;
  }

  /** @throws Damage; `CutOff` where the bytes end too early */
  struct(depth = 0): ThriftStruct {
    if (depth > deepest) throw new Damage('its header is nested too deeply');
    const fields = new Map<number, ThriftValue>();
    for (let id = 0; ; ) {
      const head = this.#byte();
      const kind = head & 0x0f;
      if (kind === type.stop) return fields;
      id = head >> 4 ? id + (head >> 4) : Number(this.#zigzag());
      fields.set(id, this.#value(kind, depth));
    }
  }

  #value(kind: number, depth: number): ThriftValue {
    switch (kind) {
      case type.true:
        return true;
      case type.false:
        return false;
      case type.byte:
        return (this.#byte() << 24) >> 24;
      case type.i16:
      case type.i32:
        return Number(this.#zigzag());
      case type.i64:
        return this.#zigzag();
      case type.double:
        return this.#view.getFloat64(this.#take(8), true);
      case type.binary: {
        const length = this.#length(1);
        const start = this.#take(length);
        return this.#bytes.subarray(start, start + length);
      }
      case type.list:
      case type.set:
        return this.#list(depth);
      case type.struct:
        return this.struct(depth + 1);
      default:
        throw new Damage(`its header holds a value of the unknown kind ${kind}`);
    }
  }

  #list(depth: number): ThriftValue[] {
    if (depth > deepest) throw new Damage('its header is nested too deeply');
    const head = this.#byte();
    const kind = head & 0x0f;
    const length = head >> 4 === 15 ? this.#length(1) : head >> 4;
    const isBoolean = kind === type.true || kind === type.false;
    const values: ThriftValue[] = [];
    for (let index = 0; index < length; index++) values.push(isBoolean ? this.#byte() === 1 : this.#value(kind, depth + 1));
    return values;
  }

  /** A count of things that take at least so many bytes each: no more than there are bytes. */
  #length(bytesEach: number): number {
    const length = Number(this.#varint());
    if (length * bytesEach > this.#bytes.length - this.offset) throw new CutOff();
    return length;
  }

  #zigzag(): bigint {
    const value = this.#varint();
    return (value >> 1n) ^ -(value & 1n);
  }

  #varint(): bigint {
    let low = 0;
    for (let index = 0; index < 4; index++) {
      const byte = this.#byte();
      low |= (byte & 0x7f) << (7 * index);
      if (byte < 0x80) return BigInt(low);
    }
    let value = BigInt(low);
    for (let index = 4; index < mostVarintBytes; index++) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) return value;
    }
    throw new Damage('its header holds a number of too many digits');
  }

  #byte(): number {
    return this.#bytes[this.#take(1)];
  }

  #take(length: number): number {
    const start = this.offset;
    if (start + length > this.#bytes.length) throw new CutOff();
    this.offset += length;
    return start;
  }
}

/** The bytes end before the struct does: with more of them it may be whole. */
export class CutOff extends Damage {
  constructor() {
    super('a header is cut off');
  }
}
