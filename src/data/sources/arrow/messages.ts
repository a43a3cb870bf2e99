/** The messages of Arrow one after the other: a file is a stream between two marks, and is read as one. */

import { InputError } from '../../../base/errors.js';
import { joinedBytes } from '../../../base/joined.js';

import { FlatTable } from './flat.js';

export type MessageKind = 'schema' | 'dictionary' | 'batch';

export interface Message {
  kind: MessageKind;
  header: FlatTable;
  body: Uint8Array;
}

const kinds: readonly (MessageKind | undefined)[] = [undefined, 'schema', 'dictionary', 'batch'];
const oldestVersion = 3;
const mostMetadata = 2 ** 26;
/** A record batch is held as a whole. */
export const largestBody = 2 ** 30;

const isArrowFile = (bytes: Uint8Array): boolean => [...'ARROW1'].every((letter, index) => bytes[index] === letter.charCodeAt(0));

/** @throws InputError `damaged-file` or `batch-too-large`; RangeError where a message is not what it should be */
export async function* messages(pieces: AsyncGenerator<Uint8Array>, file: string): AsyncGenerator<Message> {
  const source = new Cursor(pieces, file);
  try {
    const start = await source.take(8);
    let word = start;
    if (isArrowFile(start)) word = await source.take(8);
    for (;;) {
      let view = viewOf(word);
      let length = view.getInt32(0, true);
      // Before 2019, messages began with their length at once.
      let first: Uint8Array;
      if (length === -1) {
        length = view.getInt32(4, true);
        first = new Uint8Array(0);
      } else first = word.subarray(4);
      if (length === 0) return;
      if (length < 8 || length > mostMetadata) throw new RangeError(`A message of ${length} bytes.`);
      const metadata = joinedBytes([first, await source.take(length - first.length)]);
      view = viewOf(metadata);
      const message = new FlatTable(view, 0);
      const kind = kinds[message.uint8(1)];
      const bodyLength = message.int64(3);
      if (message.int16(0) < oldestVersion) throw new RangeError('It was written by a version from before 2017.');
      if (bodyLength < 0 || bodyLength > largestBody) throw tooLarge(file, bodyLength);
      const body = await source.take(bodyLength);
      const header = message.table(2);
      if (kind && header) yield { kind, header, body };
      const next = await source.upTo(8);
      if (next.length < 8) return;
      word = next;
    }
  } finally {
    await pieces.return(undefined);
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const tooLarge = (file: string, bytes: number): InputError =>
  new InputError('batch-too-large', `${file} has a record batch of ${bytes} bytes; at most ${largestBody} are read at once.`, {
    advice: 'Write it anew in smaller record batches.',
    place: { file },
  });

/** Takes so many bytes at a time, wherever the pieces end. */
class Cursor {
  readonly #pieces: AsyncGenerator<Uint8Array>;
  readonly #file: string;
  #rest: Uint8Array = new Uint8Array(0);
  #taken = 0;

  constructor(pieces: AsyncGenerator<Uint8Array>, file: string) {
    this.#pieces = pieces;
    this.#file = file;
  }

  /** Exactly so many. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = await this.upTo(length);
    if (bytes.length === length) return bytes;
    const byte = this.#taken;
    throw new InputError('damaged-file', `${this.#file} ends after ${byte} bytes, within a message of Arrow.`, {
      advice: 'Download or copy it again.',
      place: { file: this.#file, byte },
    });
  }

  /** Fewer only at the end. In memory of its own. */
  async upTo(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let have = 0;
    while (have < length) {
      if (this.#rest.length === 0) {
        const next = await this.#pieces.next();
        if (next.done) break;
        this.#rest = next.value;
      }
      const part = this.#rest.slice(0, length - have);
      parts.push(part);
      have += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    this.#taken += have;
    return joinedBytes(parts);
  }
}
