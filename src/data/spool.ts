/**
 * Where the text columns of a file wait until its last row has been read, since only then the types are known and the
 * source is read but once. Small tables wait in memory; what is beyond goes to the store as chunks that no record names.
 */
import type { ChunkRef } from '../spec/chunk.js';
import type { Store } from '../storage/store.js';
import { decodeChunk, encodeChunk } from './chunks.js';
import type { TableChunk } from './table.js';

/** Packed columns that wait in memory. */
const bytesInMemory = 64 * 2 ** 20;

export class Spool {
  readonly #store: Store | undefined;
  readonly #waiting: (Uint8Array | ChunkRef)[] = [];
  readonly #inMemory: number;
  readonly #refs: ChunkRef[] = [];
  #bytes = 0;

  /** Without a store everything waits in memory. */
  constructor(store?: Store, inMemory = bytesInMemory) {
    this.#store = store;
    this.#inMemory = inMemory;
  }

  async push(chunk: TableChunk): Promise<void> {
    const bytes = encodeChunk(chunk);
    this.#bytes += bytes.length;
    if (!this.#store || this.#bytes <= this.#inMemory) {
      this.#waiting.push(bytes);
      return;
    }
    const ref = await this.#store.putChunk(bytes);
    this.#refs.push(ref);
    this.#waiting.push(ref);
  }

  /** The chunks in order, each given once. */
  async *take(): AsyncGenerator<TableChunk> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      if (next instanceof Uint8Array) yield decodeChunk(next);
      else if (this.#store) yield decodeChunk(await this.#store.getChunk(next));
    }
  }

  /** Gives back what waited in the store. */
  async dispose(): Promise<void> {
    await this.#store?.abandon(this.#refs.splice(0));
  }
}
