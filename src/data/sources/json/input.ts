/** Pulls text for a cursor: what it reads is tried again with more bytes until it is there, in the memory of the longest row. */
import type { SourceBytes } from '../bytes.js';
import { TextReader } from '../decode.js';
import { incomplete, JsonCursor } from './cursor.js';
import { longestRecord, recordTooLong } from './errors.js';

export interface JsonPosition {
  byte: number;
  line: number;
}

export const beginning: JsonPosition = { byte: 0, line: 1 };

export class JsonInput {
  readonly cursor: JsonCursor;
  readonly #reader: TextReader;
  readonly #pieces: AsyncGenerator<Uint8Array>;
  /** Bytes of text that are passed over. */
  #skipped: number;
  /** Where in the buffer reading goes back to. */
  #mark = 0;
  #line: number;

  /** @param direct whether the file can be entered at a byte of its text; otherwise what is before is read and passed over */
  constructor(bytes: SourceBytes, from: JsonPosition = beginning, direct = false) {
    this.cursor = new JsonCursor(bytes.name);
    this.cursor.line = from.line;
    this.cursor.offset = from.byte;
    this.#line = from.line;
    this.#reader = new TextReader(bytes.name, bytes.start, direct ? from.byte : 0);
    this.#pieces = bytes.pieces(direct ? from.byte : 0);
    this.#skipped = direct ? 0 : from.byte;
  }

  get reader(): TextReader {
    return this.#reader;
  }

  /** Where reading goes on. */
  get position(): JsonPosition {
    return { byte: this.cursor.offset + this.#mark, line: this.#line };
  }

  /** What has been read is done with. */
  commit(): void {
    this.#mark = this.cursor.place;
    this.#line = this.cursor.line;
  }

  /** @param read reads from where it was committed last; called again from there with more bytes where they do not suffice */
  async take<Answer>(read: (cursor: JsonCursor) => Answer): Promise<Answer> {
    const { cursor } = this;
    for (;;) {
      try {
        const answer = read(cursor);
        this.commit();
        return answer;
      } catch (error) {
        if (error !== incomplete) throw error;
        cursor.place = this.#mark;
        cursor.line = this.#line;
        const waiting = cursor.length - this.#mark;
        if (waiting > longestRecord) throw recordTooLong(cursor);
        // Twice what waits: a long row is then read again only a few times.
        await this.#more(2 * waiting);
      }
    }
  }

  /** @param enough bytes in the buffer */
  async #more(enough: number): Promise<void> {
    const { cursor } = this;
    do {
      const next = await this.#pieces.next();
      const last = next.done === true;
      this.#append(this.#reader.utf8(next.done ? new Uint8Array(0) : next.value, last));
      cursor.last = last;
    } while (!cursor.last && cursor.length < enough);
  }

  #append(text: Uint8Array): void {
    const { cursor } = this;
    const begin = Math.min(this.#skipped, text.length);
    this.#skipped -= begin;
    const waiting = cursor.length - this.#mark;
    const needed = waiting + text.length - begin;
    if (needed > cursor.data.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * cursor.data.length));
      larger.set(cursor.data.subarray(this.#mark, cursor.length));
      cursor.data = larger;
    } else cursor.data.copyWithin(0, this.#mark, cursor.length);
    cursor.data.set(begin > 0 ? text.subarray(begin) : text, waiting);
    cursor.offset += this.#mark;
    cursor.length = needed;
    cursor.place = 0;
    this.#mark = 0;
  }

  /** Reads what is left without looking at it, so that what the decoder notices is known. */
  async drain(): Promise<void> {
    while (!this.cursor.last) {
      this.#mark = this.cursor.length;
      await this.#more(0);
    }
  }

  async close(): Promise<void> {
    await this.#pieces.return(undefined);
  }
}
