/** Protocol Buffers' wire format, as much of it as ONNX files need: fields of varints, 32-bit floats and lengths of bytes, written and read. */
import { InputError } from '../base/errors.js';
import { joinedBytes } from '../base/joined.js';

const varint = 0;
const fixed64 = 1;
const lengthDelimited = 2;
const fixed32 = 5;

const encoder = new TextEncoder();

/** A message as it grows: pieces of bytes, which are joined once, at the end. */
export class ProtobufWriter {
  readonly #pieces: Uint8Array[] = [];
  #size = 0;

  /** A whole number, as int32, int64, bool or an enumeration: negative ones take ten bytes, as the format has it. */
  integer(field: number, value: number): this {
    this.#push(varintBytes(BigInt((field << 3) | varint)));
    return this.#push(varintBytes(BigInt.asUintN(64, BigInt(value))));
  }

  /** Many of them in one field. */
  integers(field: number, values: readonly number[]): this {
    return this.bytes(field, joinedBytes(values.map((value) => varintBytes(BigInt.asUintN(64, BigInt(value))))));
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.#push(varintBytes(BigInt((field << 3) | fixed32)));
    return this.#push(bytes);
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    this.#head(field, value.byteLength);
    return this.#push(value);
  }

  /** The bytes of large tensors are not copied for it. */
  message(field: number, message: ProtobufWriter): this {
    this.#head(field, message.#size);
    for (const piece of message.#pieces) this.#push(piece);
    return this;
  }

  finish(): Uint8Array {
    return joinedBytes(this.#pieces);
  }

  #head(field: number, length: number): void {
    this.#push(varintBytes(BigInt((field << 3) | lengthDelimited)));
    this.#push(varintBytes(BigInt(length)));
  }

  #push(bytes: Uint8Array): this {
    this.#pieces.push(bytes);
    this.#size += bytes.byteLength;
    return this;
  }
}

function varintBytes(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return Uint8Array.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}

/** One field of a message: a number, or bytes that are a text, a message or an array by what the schema says. */
export interface ProtobufField {
  field: number;
  /** Of varints; as a number where it is a safe integer, NaN otherwise. */
  number?: number;
  bytes?: Uint8Array;
}

/** The fields of a message, in order; the bytes are views. @throws InputError `model-damaged` where it is none */
export function* protobufFields(message: Uint8Array): Generator<ProtobufField> {
  const reader = new Reader(message);
  while (!reader.isAtEnd) {
    const tag = reader.integer();
    const [field, type] = [Math.floor(tag / 8), tag % 8];
    if (!(field >= 1)) throw damaged('a field has no number');
    if (type === varint) yield { field, number: reader.integer() };
    else if (type === lengthDelimited) yield { field, bytes: reader.bytes(reader.integer()) };
    else if (type === fixed32) yield { field, bytes: reader.bytes(4) };
    else if (type === fixed64) yield { field, bytes: reader.bytes(8) };
    else throw damaged(`a field has the unknown type ${type}`);
  }
}

/** Varints one behind the other, as one field has many; NaN where one is no safe integer. @throws InputError `model-damaged` */
export function* packedIntegers(bytes: Uint8Array): Generator<number> {
  const reader = new Reader(bytes);
  while (!reader.isAtEnd) yield reader.integer();
}

class Reader {
  readonly #message: Uint8Array;
  #at = 0;

  constructor(message: Uint8Array) {
    this.#message = message;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#message.length;
  }

  integer(): number {
    const message = this.#message;
    // Nearly all of them are small, and a file may have millions.
    let small = 0;
    for (let place = 0; place < 4 && this.#at + place < message.length; place++) {
      const byte = message[this.#at + place];
      small |= (byte & 127) << (7 * place);
      if (byte < 128) {
        this.#at += place + 1;
        return small;
      }
    }
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.isAtEnd) throw damaged('it ends within a number');
      const byte = message[this.#at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) {
        const number = Number(BigInt.asIntN(64, value));
        return Number.isSafeInteger(number) ? number : Number.NaN;
      }
    }
    throw damaged('a number has more than ten bytes');
  }

  bytes(length: number): Uint8Array {
    if (!(length >= 0 && length <= this.#message.length - this.#at)) throw damaged('a part of it is longer than the whole');
    this.#at += length;
    return this.#message.subarray(this.#at - length, this.#at);
  }
}

const damaged = (how: string): InputError =>
  new InputError('model-damaged', `This is no ONNX file, or it is damaged: ${how}.`, {
    advice: 'Export the model again, and copy the file as it is.',
  });
