/** The bytes of a column chunk from its first to its last, some ahead of what is asked for. */
import { joinedBytes } from '../../base/joined.js';
import { Damage } from './damage.js';
import type { ReadRange } from './footer.js';

/** Read at once: few requests, and few bytes in memory for each column. */
const window = 2 ** 20;

export class ChunkBytes {
  readonly #read: ReadRange;
  readonly #end: number;
  #buffer = new Uint8Array(0);
  /** Of the buffer's first byte in the file. */
  #start: number;
  #offset = 0;

  constructor(read: ReadRange, start: number, end: number) {
    this.#read = read;
    this.#start = start;
    this.#end = end;
  }

  /** Bytes of the chunk that have not been taken. */
  get left(): number {
    return this.#end - this.#start - this.#offset;
  }

  /** The next bytes, without taking them: at least `length`, or all that are left. */
  async peek(length: number): Promise<Uint8Array> {
    const wanted = Math.min(length, this.left);
    const there = this.#buffer.length - this.#offset;
    if (there < wanted) {
      const from = this.#start + this.#buffer.length;
      const to = Math.min(this.#end, from + Math.max(wanted - there, window));
      const more = await this.#read(from, to);
      if (more.length !== to - from) throw new Damage(`it ends at byte ${from + more.length}, before its data does`);
      const rest = this.#buffer.subarray(this.#offset);
      this.#start += this.#offset;
      this.#offset = 0;
      this.#buffer = rest.length > 0 ? joinedBytes([rest, more]) : (more as Uint8Array<ArrayBuffer>);
    }
    return this.#buffer.subarray(this.#offset);
  }

  async take(length: number): Promise<Uint8Array> {
    if (length < 0 || length > this.left)
      throw new Damage(`a page of ${length} bytes is said to begin ${this.left} bytes before the end of its column`);
    const bytes = (await this.peek(length)).subarray(0, length);
    this.#offset += length;
    return bytes;
  }
}
