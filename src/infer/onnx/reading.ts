/** Fields of a file from outside, read within bounds: none is so deep, so long or so many that it costs more than a moment. */
import { InputError } from '../../base/errors.js';
import { type ProtobufField, packedIntegers, protobufFields } from '../protobuf.js';
import { decodeFloats } from '../weights.js';

/** Graphs within one another, as loops and branches have them. */
const deepest = 16;
/** Of all messages together: what a file of a gigabyte could have would take minutes. */
const mostFields = 5_000_000;
/** Bytes of the name of a tensor, an operator or a dimension. */
const longestName = 4_096;
/** Characters of a text that only people read. */
const longestText = 10_000;

const decoder = new TextDecoder();

export class Reading {
  #fields = 0;
  #depth = 0;

  /** @throws InputError `model-damaged`; `model-too-large` */
  *fields(message: Uint8Array): Generator<ProtobufField> {
    for (const field of protobufFields(message)) {
      this.#count();
      yield field;
    }
  }

  /** Of a field that is repeated: one for each of its fields, or many in one. NaN where one is no safe integer. @throws as `fields` does */
  *integers({ number = Number.NaN, bytes }: ProtobufField): Generator<number> {
    if (!bytes) return yield number;
    for (const each of packedIntegers(bytes)) {
      this.#count();
      yield each;
    }
  }

  #count(): void {
    if (++this.#fields > mostFields) throw tooLarge(`it has more than ${mostFields} fields`);
  }

  /** @throws InputError `model-too-large` */
  deeper(work: () => void): void {
    if (this.#depth >= deepest) throw tooLarge(`its graphs stand in one another more than ${deepest} deep`);
    this.#depth += 1;
    work();
    this.#depth -= 1;
  }
}

/** @throws InputError `model-too-large` */
export function nameIn(bytes: Uint8Array): string {
  if (bytes.length > longestName) throw tooLarge(`a name in it has ${bytes.length} bytes; at most ${longestName} are read`);
  return decoder.decode(bytes);
}

/** Of single precision, one or many. @throws InputError `model-damaged` */
export function floatsIn(bytes: Uint8Array): Float32Array {
  if (bytes.length % 4 !== 0) throw damaged('it ends within a number');
  return decodeFloats(bytes);
}

/** Cut where it is too long. */
export function textIn(bytes: Uint8Array): string {
  const text = decoder.decode(bytes.subarray(0, 4 * longestText));
  return text.length > longestText || bytes.length > 4 * longestText ? `${text.slice(0, longestText)}…` : text;
}

export const tooLarge = (how: string): InputError =>
  new InputError('model-too-large', `This ONNX file cannot be read: ${how}.`, {
    advice: 'Simplify the model, or divide it, before it is exported.',
  });

export const damaged = (how: string): InputError =>
  new InputError('model-damaged', `This ONNX file is damaged: ${how}.`, {
    advice: 'Export the model again, and copy the file as it is.',
  });
