/**
 * The store of Node: a folder. `records/` and `chunks/` hold files that are written once and never changed; `generations/` says
 * which of them count. A commit writes new files through to the disk, then adds one generation: after a crash at any moment
 * the folder is as it was before the commit or after it.
 */
import { mkdir, readdir, stat, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InputError, type StorageError } from '../../base/errors.js';
import { sha256 } from '../../base/hash.js';
import type { ChunkRef } from '../../spec/chunk.js';
import { Announcements } from '../../storage/announcements.js';
import { checkBytes, checkRef, damagedChunk, missingChunk } from '../../storage/chunks.js';
import { storageClosed } from '../../storage/failures.js';
import { checkChange, checkKey, namedChunks, oldestFirst } from '../../storage/records.js';
import type { Change, RecordKind, Records, Store, Usage } from '../../storage/store.js';
import { ChunkFiles } from './store/chunk-files.js';
import { fileFailure, namesIn, readIfThere, undefinedIfMissing } from './store/durable.js';
import { Generations } from './store/generations.js';
import { RecordFiles } from './store/record-files.js';

/** Names in the folder of everybody who has saved something: changing one needs a migration. */
const folders = { chunks: 'chunks', records: 'records', generations: 'generations' } as const;

const hour = 60 * 60 * 1000;

export interface FileStoreOptions {
  /** Whether a folder that is not there, or is empty, becomes a store. Default: yes. */
  create?: boolean;
  /** Milliseconds for which `collect` leaves what another process may be about to name. Default: one hour. */
  grace?: number;
}

/**
 * Opens a folder as a store.
 * @throws InputError `not-a-store` when it holds something else, or nothing and must not be created
 */
export async function openFileStore(path: string, { create = true, grace = hour }: FileStoreOptions = {}): Promise<Store> {
  const folder = resolve(path);
  try {
    await checkFolder(folder, create);
    if (create) for (const name of Object.values(folders)) await mkdir(join(folder, name), { recursive: true });
    const generations = new Generations(join(folder, folders.generations));
    await generations.newest();
    const records = new RecordFiles(join(folder, folders.records), generations, grace);
    return new FileStore(folder, records, new ChunkFiles(join(folder, folders.chunks), grace));
  } catch (thrown) {
    throw fileFailure(thrown, 'opening it', path);
  }
}

async function checkFolder(folder: string, create: boolean): Promise<void> {
  const found = await stat(folder).catch(undefinedIfMissing);
  if (found && !found.isDirectory()) throw notAStore(folder, 'is a file, not a folder');
  const names = found ? await readdir(folder) : [];
  const ours: string[] = Object.values(folders);
  if (names.includes(folders.generations)) return;
  const other = names.find((name) => !ours.includes(name));
  if (other !== undefined) throw notAStore(folder, `holds something else ("${other}")`);
  if (!create) throw notAStore(folder, found ? 'is empty' : 'does not exist');
}

const notAStore = (folder: string, why: string): InputError =>
  new InputError('not-a-store', `"${folder}" ${why}: expected a folder that Benchwright has written.`, {
    advice: 'Name a folder that Benchwright has written or, to save, one that is new or empty.',
    place: { file: folder },
  });

class FileStore implements Store {
  readonly kind = 'files';
  readonly #folder: string;
  readonly #records: RecordFiles;
  readonly #chunks: ChunkFiles;
  readonly #announcements: Announcements;
  #lastCommit: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(folder: string, records: RecordFiles, chunks: ChunkFiles) {
    this.#folder = folder;
    this.#records = records;
    this.#chunks = chunks;
    this.#announcements = new Announcements(`benchwright/${folder}`);
  }

  get<Kind extends RecordKind>(kind: Kind, id: string): Promise<Records[Kind] | undefined> {
    return this.#attempt('reading a record', async () => {
      checkKey(kind, id);
      return (await this.#records.read((entry) => entry.kind === kind && entry.id === id))[0] as Records[Kind] | undefined;
    });
  }

  list<Kind extends RecordKind>(kind: Kind): Promise<Records[Kind][]> {
    return this.#attempt('reading records', async () => {
      checkKey(kind, '');
      return oldestFirst((await this.#records.survey((entry) => entry.kind === kind)).records as Records[Kind][]);
    });
  }

  unreadable(): Promise<StorageError[]> {
    return this.#attempt('looking at records', async () => (await this.#records.survey(() => true)).damaged);
  }

  commit(change: Change): Promise<void> {
    return this.#attempt('saving', async () => {
      const checked = checkChange(change);
      // One at a time: each goes on from what the one before it has left.
      const commit = this.#lastCommit.then(async () => {
        await this.#chunks.flush();
        await this.#records.commit(checked);
      });
      this.#lastCommit = commit.catch(() => undefined);
      await commit;
      for (const hash of checked.put.flatMap(namedChunks)) this.#chunks.named(hash);
      this.#announcements.announce(checked.kinds);
    });
  }

  putChunk(bytes: Uint8Array): Promise<ChunkRef> {
    return this.#attempt(`keeping ${bytes.byteLength} more bytes`, async () => {
      // Not slice(), which a Buffer has as a view.
      const kept = new Uint8Array(bytes);
      const ref = { hash: await sha256(kept), bytes: kept.byteLength };
      await this.#chunks.put(ref.hash, kept);
      return ref;
    });
  }

  abandon(refs: ChunkRef[]): Promise<void> {
    return this.#attempt('removing chunks', async () => {
      const hashes = refs.map((ref) => checkRef(ref).hash);
      const named = await this.#records.namedChunks();
      for (const hash of hashes) await this.#chunks.abandon(hash, named);
    });
  }

  getChunk(ref: ChunkRef): Promise<Uint8Array> {
    return this.#attempt('reading a chunk', async () => {
      const path = this.#chunks.path(checkRef(ref).hash);
      // Before reading, so that a file that has grown cannot fill the memory.
      const found = await stat(path).catch(undefinedIfMissing);
      if (!found) throw missingChunk(ref);
      if (found.size !== ref.bytes) throw damagedChunk(ref, `${found.size} bytes are there, ${ref.bytes} were expected`);
      const content = await readIfThere(path);
      if (!content) throw missingChunk(ref);
      return await checkBytes(ref, new Uint8Array(content));
    });
  }

  collect(): Promise<number> {
    return this.#attempt('collecting chunks', async () => {
      const freed = await this.#chunks.collect(await this.#records.namedChunks());
      return freed + (await this.#records.collect());
    });
  }

  usage(): Promise<Usage> {
    return this.#attempt('asking for the space left', async () => {
      let used = 0;
      for (const name of Object.values(folders)) {
        const folder = join(this.#folder, name);
        for (const file of await namesIn(folder)) used += (await stat(join(folder, file)).catch(undefinedIfMissing))?.size ?? 0;
      }
      const { bavail, bsize } = await statfs(this.#folder);
      return { used, quota: used + bavail * bsize, persistent: true };
    });
  }

  watch(listener: (kinds: RecordKind[]) => void): () => void {
    return this.#announcements.watch(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#lastCommit;
    this.#announcements.close();
  }

  async #attempt<T>(doing: string, work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw storageClosed();
    try {
      return await work();
    } catch (thrown) {
      throw fileFailure(thrown, doing, this.#folder);
    }
  }
}
