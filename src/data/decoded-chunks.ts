/** Chunks that were looked at lately, as tables: whoever scrolls asks for the same one again and again. Bounded by bytes. */
import type { ChunkRef } from '../spec/chunk.js';
import type { Store } from '../storage/store.js';
import { decodeChunk } from './chunks.js';
import type { TableChunk } from './table.js';

const mostBytes = 64 * 2 ** 20;

export class DecodedChunks {
  readonly #store: Store;
  readonly #most: number;
  /** The one that was asked for longest ago first. */
  readonly #chunks = new Map<string, { bytes: number; chunk: Promise<TableChunk> }>();

  constructor(store: Store, most = mostBytes) {
    this.#store = store;
    this.#most = most;
  }

  /** To be read only: others are given the same one. */
  get(ref: ChunkRef): Promise<TableChunk> {
    const known = this.#chunks.get(ref.hash);
    this.#chunks.delete(ref.hash);
    const entry = known ?? { bytes: ref.bytes, chunk: this.#store.getChunk(ref).then(decodeChunk) };
    this.#chunks.set(ref.hash, entry);
    // One that could not be read is asked for again.
    if (!known) entry.chunk.catch(() => this.#chunks.delete(ref.hash));
    this.#trim();
    return entry.chunk;
  }

  #trim(): void {
    let bytes = [...this.#chunks.values()].reduce((sum, entry) => sum + entry.bytes, 0);
    for (const [hash, entry] of this.#chunks) {
      if (bytes <= this.#most || this.#chunks.size === 1) return;
      this.#chunks.delete(hash);
      bytes -= entry.bytes;
    }
  }
}
