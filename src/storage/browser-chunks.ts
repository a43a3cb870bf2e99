/**
 * Where a browser keeps chunks: files in the origin private file system, or blobs in the database where there is none that can
 * be written. Both places are read, since a page may have to write to the one and its workers to the other.
 */
import { sameBytes } from './chunks.js';
import type { Connection } from './connection.js';
import type { ChunkFolder } from './folder.js';
import { blobTable } from './names.js';

export class BrowserChunks {
  readonly #folder: ChunkFolder | undefined;
  readonly #connection: Connection;

  constructor(folder: ChunkFolder | undefined, connection: Connection) {
    this.#folder = folder;
    this.#connection = connection;
  }

  async read(hash: string): Promise<Blob | undefined> {
    return (await this.#folder?.read(hash)) ?? (await this.#connection.use((database) => database.get(blobTable, hash)));
  }

  /** Writes what is not there yet; what is there but damaged is replaced. */
  async write(hash: string, bytes: Uint8Array): Promise<void> {
    const kept = await this.read(hash);
    if (kept && kept.size === bytes.byteLength && sameBytes(await bytesOf(kept), bytes)) return;
    if (this.#folder) return await this.#folder.write(hash, bytes);
    await this.#connection.use(async (database) => {
      const transaction = database.transaction(blobTable, 'readwrite', { durability: 'strict' });
      await Promise.all([transaction.store.put(new Blob([bytes as Uint8Array<ArrayBuffer>]), hash), transaction.done]);
    });
  }

  /** Undefined where it cannot be told: blobs take no space before they are written. */
  async fits(bytes: number): Promise<boolean | undefined> {
    return await this.#folder?.fits(bytes);
  }

  /** Everything kept, also what a write left that was cut short; the chunk's hash is the first 64 characters. */
  async names(): Promise<string[]> {
    const blobs = await this.#connection.use((database) => database.getAllKeys(blobTable));
    return [...((await this.#folder?.names()) ?? []), ...blobs];
  }

  /** Answers the bytes freed. */
  async remove(name: string): Promise<number> {
    const freed = (await this.#folder?.remove(name)) ?? 0;
    const blob = await this.#connection.use((database) => database.get(blobTable, name));
    if (!blob) return freed;
    await this.#connection.use((database) => database.delete(blobTable, name));
    return freed + blob.size;
  }
}

export const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());
