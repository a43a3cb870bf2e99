/**
 * A store that says whose it is when a chunk cannot be read, and remembers it: the mark is a small setting that every tab sees, and goes when
 * the chunk is put again, or found whole. Nothing is deleted meanwhile; whatever else is stored stays as usable as it was.
 */
import { StorageError } from '../base/errors.js';
import type { ChunkRef } from '../spec/chunk.js';
import { damagedHash, damageMark } from './names.js';
import type { Change, RecordKind, Records, Store } from './store.js';

export const watchful = (store: Store): Store => new WatchfulStore(store);

/** Chunks that were found damaged and not been mended, by hash. */
export async function damagedChunks(store: Store): Promise<Set<string>> {
  return new Set((await store.list('setting')).flatMap(({ id }) => damagedHash(id) ?? []));
}

class WatchfulStore implements Store {
  readonly #store: Store;
  #marks: Promise<Set<string>> | undefined;

  constructor(store: Store) {
    this.#store = store;
    store.watch((kinds) => {
      if (kinds.includes('setting')) this.#marks = undefined;
    });
  }

  get kind(): Store['kind'] {
    return this.#store.kind;
  }

  async getChunk(ref: ChunkRef): Promise<Uint8Array> {
    try {
      const bytes = await this.#store.getChunk(ref);
      await this.#mended(ref.hash);
      return bytes;
    } catch (thrown) {
      throw isDamage(thrown) ? await this.#named(thrown, ref) : thrown;
    }
  }

  async putChunk(bytes: Uint8Array): Promise<ChunkRef> {
    const ref = await this.#store.putChunk(bytes);
    await this.#mended(ref.hash);
    return ref;
  }

  get<Kind extends RecordKind>(kind: Kind, id: string): Promise<Records[Kind] | undefined> {
    return this.#store.get(kind, id);
  }

  list<Kind extends RecordKind>(kind: Kind): Promise<Records[Kind][]> {
    return this.#store.list(kind);
  }

  commit(change: Change): Promise<void> {
    return this.#store.commit(change);
  }

  abandon(refs: ChunkRef[]): Promise<void> {
    return this.#store.abandon(refs);
  }

  collect(): Promise<number> {
    return this.#store.collect();
  }

  usage(): ReturnType<Store['usage']> {
    return this.#store.usage();
  }

  async unreadable(): Promise<StorageError[]> {
    return (await this.#store.unreadable?.()) ?? [];
  }

  async fits(bytes: number): Promise<boolean | undefined> {
    return await this.#store.fits?.(bytes);
  }

  watch(listener: (kinds: RecordKind[]) => void): () => void {
    return this.#store.watch(listener);
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  /** What is only a shortcut, such as a profile that was kept, belongs to nobody: whoever reads it makes it again. */
  async #named(thrown: StorageError, { hash }: ChunkRef): Promise<StorageError> {
    const { damageError, damageOf, owners } = await import('./damage.js');
    const found = (await owners(this.#store)).flatMap((owner) => damageOf(owner, new Set([hash])) ?? []);
    if (found.length === 0) return thrown;
    await this.#change({ put: [{ kind: 'setting', id: damageMark(hash), value: thrown.code }] });
    return damageError(thrown, hash, found);
  }

  async #mended(hash: string): Promise<void> {
    this.#marks ??= damagedChunks(this.#store);
    const marks = await this.#marks.catch(() => undefined);
    if (!marks?.has(hash)) return;
    marks.delete(hash);
    await this.#change({ remove: [{ kind: 'setting', id: damageMark(hash) }] });
  }

  /** A mark that cannot be written, in a full store or a folder that is only read, is made by the next who finds it. */
  async #change(change: Change): Promise<void> {
    await this.#store.commit(change).catch(() => undefined);
  }
}

export const isDamage = (thrown: unknown): thrown is StorageError =>
  thrown instanceof StorageError && (thrown.code === 'chunk-damaged' || thrown.code === 'chunk-missing');
