/**
 * The store of a browser, the same in a page and in a worker: records in IndexedDB, chunks in the origin private file system.
 * A commit is one transaction with strict durability and settles when it is complete.
 */
import { sha256 } from '../base/hash.js';
import type { ChunkRef } from '../spec/chunk.js';
import { Announcements } from './announcements.js';
import { BrowserChunks, bytesOf } from './browser-chunks.js';
import { checkBytes, checkRef, damagedChunk, missingChunk } from './chunks.js';
import { Claims } from './claims.js';
import { Connection, type Database } from './connection.js';
import { checkExpected } from './expected.js';
import { browserFailure, hasName, openingFailure, storageClosed, storageUnavailable } from './failures.js';
import { ChunkFolder } from './folder.js';
import { checkName, chunkIndex, commitChannel, defaultName, recordTable } from './names.js';
import { Pending } from './pending.js';
import { browserUsage } from './quota.js';
import { type CheckedChange, checkChange, checkKey, namedChunks, oldestFirst } from './records.js';
import type { Change, RecordKind, Records, Store, Usage } from './store.js';

/**
 * Opens the browser's store; `name` keeps stores apart.
 * @throws StorageError `storage-unavailable` where the browser keeps nothing, `storage-newer` where a newer version has been
 */
export async function openBrowserStore({ name = defaultName }: { name?: string } = {}): Promise<Store> {
  checkName(name);
  if (!globalThis.isSecureContext || !globalThis.indexedDB || !navigator.locks || !navigator.storage) {
    throw storageUnavailable('the address is not secure, or its storage is switched off');
  }
  const connection = new Connection(name);
  try {
    await connection.use(async () => undefined);
    return new BrowserStore(name, connection, new BrowserChunks(await ChunkFolder.open(name), connection));
  } catch (thrown) {
    await connection.close();
    throw openingFailure(thrown);
  }
}

class BrowserStore implements Store {
  readonly kind = 'indexeddb';
  readonly #connection: Connection;
  readonly #chunks: BrowserChunks;
  readonly #claims: Claims;
  readonly #pending = new Pending();
  readonly #announcements: Announcements;
  #closed = false;

  constructor(name: string, connection: Connection, chunks: BrowserChunks) {
    this.#connection = connection;
    this.#chunks = chunks;
    this.#claims = new Claims(name);
    this.#announcements = new Announcements(commitChannel(name));
  }

  get<Kind extends RecordKind>(kind: Kind, id: string): Promise<Records[Kind] | undefined> {
    return this.#attempt('reading a record', async () => {
      checkKey(kind, id);
      const row = await this.#connection.use((database) => database.get(recordTable, [kind, id]));
      return row?.record as Records[Kind] | undefined;
    });
  }

  list<Kind extends RecordKind>(kind: Kind): Promise<Records[Kind][]> {
    return this.#attempt('reading records', async () => {
      checkKey(kind, '');
      // An array is greater than any text, so this range holds every id.
      const range = IDBKeyRange.bound([kind], [kind, []]);
      const rows = await this.#connection.use((database) => database.getAll(recordTable, range));
      return oldestFirst(rows.map(({ record }) => record as Records[Kind]));
    });
  }

  commit(change: Change): Promise<void> {
    return this.#attempt('saving', async () => {
      const checked = checkChange(change);
      await this.#connection.use((database) => write(database, checked));
      const named = checked.put.flatMap(namedChunks);
      for (const hash of named) this.#pending.named(hash);
      await Promise.all(named.map((hash) => this.#claims.release(hash)));
      this.#announcements.announce(checked.kinds);
    });
  }

  putChunk(bytes: Uint8Array): Promise<ChunkRef> {
    return this.#attempt(`${bytes.byteLength} more bytes`, async () => {
      const kept = bytes.slice();
      const ref = { hash: await sha256(kept), bytes: kept.byteLength };
      this.#pending.add(ref.hash);
      try {
        await this.#claims.hold(ref.hash);
        await this.#claims.inTurn(ref.hash, () => this.#chunks.write(ref.hash, kept));
      } catch (thrown) {
        await this.#drop(ref.hash);
        throw thrown;
      }
      return ref;
    });
  }

  abandon(refs: ChunkRef[]): Promise<void> {
    return this.#attempt('removing chunks', async () => {
      for (const { hash } of refs.map(checkRef)) {
        await this.#drop(hash);
        await this.#free(hash);
      }
    });
  }

  getChunk(ref: ChunkRef): Promise<Uint8Array> {
    return this.#attempt('reading a chunk', async () => {
      const { hash, bytes } = checkRef(ref);
      const kept = await this.#chunks.read(hash);
      if (!kept) throw missingChunk(ref);
      // Before reading, so that a file that has grown cannot fill the memory.
      if (kept.size !== bytes) throw damagedChunk(ref, `${kept.size} bytes are there, ${bytes} were expected`);
      const content = await bytesOf(kept).catch((thrown: unknown) => {
        throw hasName(thrown, 'NotFoundError') ? missingChunk(ref) : thrown;
      });
      return await checkBytes(ref, content);
    });
  }

  collect(): Promise<number> {
    return this.#attempt('collecting chunks', async () => {
      const names = await this.#chunks.names();
      const named = await this.#named(names);
      let freed = 0;
      for (const [index, name] of names.entries()) if (!named[index]) freed += await this.#free(name);
      return freed;
    });
  }

  usage(): Promise<Usage> {
    return this.#attempt('asking for the space left', browserUsage);
  }

  fits(bytes: number): Promise<boolean | undefined> {
    return this.#attempt('asking for space', () => this.#chunks.fits(bytes));
  }

  watch(listener: (kinds: RecordKind[]) => void): () => void {
    return this.#announcements.watch(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#claims.releaseAll();
    this.#announcements.close();
    await this.#connection.close();
  }

  /** Removes a file or blob unless its chunk is claimed or named; `name` begins with the chunk's hash. */
  async #free(name: string): Promise<number> {
    const freed = await this.#claims.ifUnclaimed(name.slice(0, 64), async () => {
      const [isNamed] = await this.#named([name]);
      return isNamed ? 0 : await this.#chunks.remove(name);
    });
    return freed ?? 0;
  }

  /** For each of the names whether a record names it as a chunk. */
  #named(names: string[]): Promise<boolean[]> {
    return this.#connection.use(async (database) => {
      const index = database.transaction(recordTable).store.index(chunkIndex);
      return await Promise.all(names.map(async (name) => (await index.count(name)) > 0));
    });
  }

  async #drop(hash: string): Promise<void> {
    if (this.#pending.drop(hash)) await this.#claims.release(hash);
  }

  async #attempt<T>(doing: string, work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw storageClosed();
    try {
      return await work();
    } catch (thrown) {
      throw browserFailure(thrown, doing);
    }
  }
}

async function write(database: Database, { put, remove, expect }: CheckedChange): Promise<void> {
  const transaction = database.transaction(recordTable, 'readwrite', { durability: 'strict' });
  try {
    const stored = await Promise.all(expect.map(({ kind, id }) => transaction.store.get([kind, id])));
    for (const [index, expectation] of expect.entries()) checkExpected(expectation, stored[index]?.record);
  } catch (thrown) {
    transaction.done.catch(() => undefined);
    abort(transaction);
    throw thrown;
  }
  const requests = [
    ...put.map((record) => transaction.store.put({ kind: record.kind, id: record.id, record, chunks: namedChunks(record) })),
    ...remove.map(({ kind, id }) => transaction.store.delete([kind, id])),
  ];
  // A request that fails aborts the transaction, and `done` then tells why better than the request does.
  for (const request of requests) request.catch(() => undefined);
  await transaction.done;
}

/** A transaction on a lost connection has ended by itself. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It is over.
  }
}
