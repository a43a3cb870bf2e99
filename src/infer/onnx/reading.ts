/** Fields of a file from outside, read within bounds: none is so deep, so long or so many that it costs more than a moment. */
import { InputError } from '../../base/errors.js';
import { type ProtobufField, protobufFields } from '../protobuf.js';

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
      if (++this.#fields > mostFields) throw tooLarge(`it has more than ${mostFields} fields`);
      yield field;
    }
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
