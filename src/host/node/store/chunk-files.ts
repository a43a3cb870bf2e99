/**
 * Chunks as files, each named by its hash. Several processes may use one folder and Node has no locks that end with a process,
 * so what this store did not write itself is collected only after it has lain untouched for a while, longer than any writer
 * takes from a chunk to the commit that names it. Putting a chunk that is there already touches it.
 */
import { rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { sameBytes } from '../../../storage/chunks.js';
import { Pending } from '../../../storage/pending.js';
import { flushFolder, isYoungerThan, namesIn, readIfThere, undefinedIfMissing, writeWhole } from './durable.js';

export class ChunkFiles {
  readonly #folder: string;
  readonly #grace: number;
  readonly #pending = new Pending();
  /** When this store last wrote or touched a chunk: a later time shows another writer. */
  readonly #touched = new Map<string, number>();
  #unflushed = false;

  /** `grace` is in milliseconds. */
  constructor(folder: string, grace: number) {
    this.#folder = folder;
    this.#grace = grace;
  }

  path(hash: string): string {
    return join(this.#folder, hash);
  }

  /** Writes what is not there yet; what is there but damaged is replaced. */
  async put(hash: string, bytes: Uint8Array): Promise<void> {
    this.#pending.add(hash);
    try {
      const path = this.path(hash);
      const kept = await readIfThere(path);
      if (kept && sameBytes(kept, bytes)) {
        const now = new Date();
        await utimes(path, now, now);
      } else {
        await writeWhole(path, bytes);
        this.#unflushed = true;
      }
      this.#touched.set(hash, (await stat(path)).mtimeMs);
    } catch (thrown) {
      this.#pending.drop(hash);
      throw thrown;
    }
  }

  /** Makes sure, before a record names them, that chunks put until now outlive a power cut. */
  async flush(): Promise<void> {
    if (!this.#unflushed) return;
    this.#unflushed = false;
    await flushFolder(this.#folder);
  }

  named(hash: string): void {
    this.#pending.named(hash);
  }

  /** Gives a chunk up; frees it when `named` has it not and nobody else may be about to name it. */
  async abandon(hash: string, named: Set<string>): Promise<void> {
    this.#pending.drop(hash);
    await this.#free(hash, named);
  }

  /** Frees chunks that are not among those named. Answers the bytes freed. */
  async collect(named: Set<string>): Promise<number> {
    let freed = 0;
    for (const name of await namesIn(this.#folder)) freed += await this.#free(name, named);
    return freed;
  }

  async #free(name: string, named: Set<string>): Promise<number> {
    if (named.has(name) || this.#pending.has(name)) return 0;
    const path = this.path(name);
    const found = await stat(path).catch(undefinedIfMissing);
    if (!found || (found.mtimeMs !== this.#touched.get(name) && isYoungerThan(this.#grace, found))) return 0;
    await rm(path, { force: true });
    this.#touched.delete(name);
    return found.size;
  }
}
