/** Chunks on their way into the store: a few are hashed and written while the next one is read. */
import { throwIfAborted } from '../base/abort.js';
import type { ChunkRef } from '../spec/chunk.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { Store } from '../storage/store.js';
import { encodeChunk } from './chunks.js';
import type { TableChunk } from './table.js';

type StoredChunk = DatasetRecord['chunks'][number];

/** Chunks that wait: each is held in memory meanwhile. */
const mostWaiting = 3;

export class ChunkWriter {
  readonly #store: Store;
  /** Whatever was put, be it named later or not. */
  readonly #refs: ChunkRef[] = [];
  #waiting: Promise<void>[] = [];
  #last: Promise<void> = Promise.resolve();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * @param then called in the order of the chunks, when each is kept
   * @throws what putting an earlier chunk threw
   */
  async put({ rows, columns }: TableChunk, then: (chunk: StoredChunk) => Promise<void>): Promise<void> {
    const putting = this.#store.putChunk(encodeChunk({ rows, columns }));
    const before = this.#last;
    const done = (async () => {
      const ref = await putting;
      this.#refs.push(ref);
      await before;
      await then({ ref, rows });
    })();
    // Whoever waits for it is told; until then a failure is nobody's.
    done.catch(() => undefined);
    this.#last = done;
    this.#waiting.push(done);
    if (this.#waiting.length > mostWaiting) await this.#waiting.shift();
  }

  /**
   * Waits until all is kept. The last chunks are written when everything has been read: until then it can be cancelled.
   * @throws what putting one of them threw; AbortError
   */
  async settle(signal?: AbortSignal): Promise<void> {
    await Promise.all(this.#waiting);
    this.#waiting = [];
    throwIfAborted(signal);
  }

  /** Gives up everything that was put. */
  async abandon(): Promise<void> {
    await Promise.allSettled(this.#waiting);
    await this.#store.abandon(this.#refs);
  }
}
