/**
 * Who is about to name a chunk, among all tabs and workers of the origin. A writer holds a shared Web Lock on a chunk from
 * before it looks whether the chunk is there until a commit has named it; the browser releases the locks of a page or worker
 * that ends, however it ends. A collector takes the same lock exclusively, if it is free, looks again whether a record names
 * the chunk, and only then removes it. One lock a chunk: an import in one tab never keeps another from collecting.
 */
import { chunkLock } from './names.js';

interface Claim {
  granted: Promise<void>;
  release: () => void;
}

export class Claims {
  readonly #name: string;
  readonly #held = new Map<string, Claim>();

  constructor(name: string) {
    this.#name = name;
  }

  /** Settles once no collector can remove the chunk any more. */
  hold(hash: string): Promise<void> {
    const held = this.#held.get(hash);
    if (held) return held.granted;
    let release = (): void => undefined;
    const granted = new Promise<void>((resolve, reject) => {
      const until = new Promise<void>((end) => {
        release = end;
      });
      navigator.locks.request(chunkLock(this.#name, hash), { mode: 'shared' }, () => (resolve(), until)).catch(reject);
    });
    this.#held.set(hash, { granted, release });
    return granted;
  }

  release(hash: string): void {
    this.#held.get(hash)?.release();
    this.#held.delete(hash);
  }

  releaseAll(): void {
    for (const hash of [...this.#held.keys()]) this.release(hash);
  }

  /** Does the work while no writer, this one included, is about to name the chunk; otherwise answers undefined at once. */
  ifUnclaimed<T>(hash: string, work: () => Promise<T>): Promise<T | undefined> {
    return navigator.locks.request(chunkLock(this.#name, hash), { ifAvailable: true }, (lock) => (lock ? work() : undefined));
  }
}
