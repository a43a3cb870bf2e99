/**
 * Bytes that can be read more than once. A file is opened again; what comes only once, such as a stream or the answer of an address, is kept
 * while it is read: in memory while it is small, then in the store as chunks that no record names.
 */
import { joinedBytes } from '../../base/joined.js';
import type { ChunkRef } from '../../spec/chunk.js';
import type { Store } from '../../storage/store.js';
import type { ByteSource } from '../source.js';

/** Bytes that are kept in memory, and in one chunk of the store. */
const mostInMemory = 32 * 2 ** 20;
const chunkBytes = 8 * 2 ** 20;

export interface Repeatable {
  /** From the beginning. */
  open(): AsyncGenerator<Uint8Array>;
  /** From a byte on, where that needs no reading of what is before. */
  openAt?(byte: number): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

export type OpenStream = (stream: ReadableStream<Uint8Array>) => AsyncGenerator<Uint8Array>;

/**
 * @param read how a stream's pieces are pulled
 * @param store left out where nothing large is read twice
 */
export function repeatable(file: ByteSource, read: OpenStream, store?: Store): Repeatable {
  const { slice } = file;
  if (!slice && !file.repeatable) {
    const from = file.streamFrom;
    return new Kept(read(file.stream()), store, from && ((byte) => read(from.call(file, byte))));
  }
  const open = (): AsyncGenerator<Uint8Array> => read(file.stream());
  const close = async (): Promise<void> => {};
  if (!slice) return { open, close };
  return { open, openAt: (byte) => read(slice.call(file, byte, file.size ?? Number.MAX_SAFE_INTEGER).stream()), close };
}

class Kept implements Repeatable {
  readonly #coming: AsyncGenerator<Uint8Array>;
  readonly #store: Store | undefined;
  readonly #refs: ChunkRef[] = [];
  #recent: Uint8Array[] = [];
  #recentBytes = 0;
  /** Without a store, what is larger than memory comes only once after all. */
  #dropped = false;
  #complete = false;
  #received = 0;

  readonly openAt?: (byte: number) => AsyncGenerator<Uint8Array>;

  /** @param from begins in the middle, where that is cheaper than what is before */
  constructor(coming: AsyncGenerator<Uint8Array>, store: Store | undefined, from?: (byte: number) => AsyncGenerator<Uint8Array>) {
    this.#coming = coming;
    this.#store = store;
    if (from) this.openAt = (byte) => this.#enter(byte, from);
  }

  /** What has come already is not asked for again. */
  async *#enter(byte: number, from: (byte: number) => AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    if (!this.#complete && byte > this.#received) {
      await this.#coming.return(undefined);
      yield* from(byte);
    } else yield* beyond(this.open(), byte);
  }

  async *open(): AsyncGenerator<Uint8Array> {
    if (this.#dropped) throw new TypeError('What comes only once was not kept.');
    for (const ref of this.#refs) yield await (this.#store as Store).getChunk(ref);
    yield* this.#recent;
    if (this.#complete) return;
    for (let next = await this.#coming.next(); !next.done; next = await this.#coming.next()) {
      this.#received += next.value.length;
      if (!this.#dropped) await this.#keep(next.value);
      yield next.value;
    }
    this.#complete = true;
  }

  async #keep(piece: Uint8Array): Promise<void> {
    this.#recent.push(piece.slice());
    this.#recentBytes += piece.length;
    const most = this.#refs.length === 0 ? mostInMemory : chunkBytes;
    if (this.#recentBytes < most) return;
    if (!this.#store) this.#dropped = true;
    else this.#refs.push(await this.#store.putChunk(joinedBytes(this.#recent)));
    this.#recent = [];
    this.#recentBytes = 0;
  }

  async close(): Promise<void> {
    this.#recent = [];
    await this.#coming.return(undefined);
    await this.#store?.abandon(this.#refs.splice(0));
  }
}

/** Without the first `skipped` bytes. */
export async function* beyond(bytes: AsyncGenerator<Uint8Array>, skipped: number): AsyncGenerator<Uint8Array> {
  let left = skipped;
  for await (const piece of bytes) {
    if (left < piece.length) yield left > 0 ? piece.subarray(left) : piece;
    left = Math.max(0, left - piece.length);
  }
}
