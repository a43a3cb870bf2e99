/**
 * Who is about to name a chunk, among all tabs and workers of the origin. A writer holds a shared Web Lock on a chunk from
 * before it looks whether the chunk is there until a commit has named it; the browser releases the locks of a page or worker
 * that ends, however it ends. A collector takes the same lock exclusively, if it is free, looks again whether a record names
 * the chunk, and only then removes it. One lock a chunk: an import in one tab never keeps another from collecting.
 */
import { chunkLock, writeLock } from './names.js';

interface Claim {
  granted: Promise<void>;
  /** Answers when the lock is free. */
  release: () => Promise<void>;
}

export class Claims {
  readonly #name: string;
  readonly #patience: number;
  readonly #held = new Map<string, Claim>();

  /** @param patience milliseconds that a writer waits for its turn: one that writes a chunk needs far less, unless its tab is suspended */
  constructor(name: string, patience = 10_000) {
    this.#name = name;
    this.#patience = patience;
  }

  /** Settles once no collector can remove the chunk any more. */
  hold(hash: string): Promise<void> {
    const held = this.#held.get(hash);
    if (held) return held.granted;
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    let released: Promise<void> = ended;
    const granted = new Promise<void>((resolve, reject) => {
      released = navigator.locks.request(chunkLock(this.#name, hash), { mode: 'shared' }, () => {
        resolve();
        return ended;
      });
      released.catch(reject);
    });
    const release = (): Promise<void> => {
      end();
      return released;
    };
    this.#held.set(hash, { granted, release });
    return granted;
  }

  async release(hash: string): Promise<void> {
    const held = this.#held.get(hash);
    this.#held.delete(hash);
    await held?.release();
  }

  async releaseAll(): Promise<void> {
    await Promise.all([...this.#held.keys()].map((hash) => this.release(hash)));
  }

  /** Does the work while no writer, this one included, is about to name the chunk; otherwise answers undefined at once. */
  ifUnclaimed<T>(hash: string, work: () => Promise<T>): Promise<T | undefined> {
    return navigator.locks.request(chunkLock(this.#name, hash), { ifAvailable: true }, (lock) => (lock ? work() : undefined));
  }

  /**
   * Writers of the same bytes take turns, so that the second finds what the first has written. Whoever's turn does not come writes all the same:
   * a chunk gets its name when all of its bytes are there, and the same bytes twice do no harm.
   */
  async inTurn(hash: string, write: () => Promise<void>): Promise<void> {
    const signal = AbortSignal.timeout(this.#patience);
    let came = false;
    const turn = (): Promise<void> => {
      came = true;
      return write();
    };
    try {
      await navigator.locks.request(writeLock(this.#name, hash), { signal }, turn);
    } catch (thrown) {
      if (came || !signal.aborted) throw thrown;
      await write();
    }
  }
}
