/** Keeps how far an import of a table has come, so that the same source given again goes on there. */
import { Claims } from '../base/claims.js';
import { milliseconds, timestamp } from '../base/clock.js';
import { InputError } from '../base/errors.js';
import { sha256 } from '../base/hash.js';
import { newIdentifier } from '../base/identifier.js';
import type { FieldType } from '../spec/field-type.js';
import type { ImportRecord, Learnt, SourceIdentity } from '../spec/import.js';
import type { Store } from '../storage/store.js';
import { decodeChunk } from './chunks.js';
import type { ByteSource, Source } from './source.js';
import { versionAt } from './sources/address.js';
import type { Position } from './sources/table-file.js';
import type { TableChunk } from './table.js';

/** Milliseconds of work that may be lost. */
const interval = 3_000;
const startBytes = 64 * 1024;

/** In the browser's lock manager. */
const claims = new Claims('benchwright import ', (id) => new InputError('import-active', `The import ${id} is going on.`));

/** Undefined where a source cannot be known again, or is not worth it. */
export async function identityOf(source: Source, signal?: AbortSignal): Promise<SourceIdentity | undefined> {
  if (source.kind === 'url') {
    const version = /^https?:/i.test(source.url) ? await versionAt(source.url, signal) : undefined;
    return version && { kind: 'url', name: source.url, ...version };
  }
  if (source.kind !== 'file' || !source.file.slice || source.file.size === undefined) return undefined;
  const { size, lastModified } = source.file;
  const start = await sha256(await firstBytes(source.file.slice(0, Math.min(size, startBytes))));
  return { kind: 'file', name: source.name, size, ...(lastModified === undefined ? {} : { lastModified }), start };
}

const firstBytes = async (file: ByteSource): Promise<Uint8Array> => new Uint8Array(await new Response(file.stream()).arrayBuffer());

const isSame = (one: object, other: object): boolean => {
  const entries = (of: object): string => JSON.stringify(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1)));
  return entries(one) === entries(other);
};

/** Those that nobody works on: their page or process ended. */
export async function cutOffImports(store: Store): Promise<ImportRecord[]> {
  const [records, active] = [await store.list('import'), await claims.active()];
  return records.filter(({ id }) => !active.has(id));
}

/** Forgets an import that was cut off, and frees what it kept. */
export async function discardImport(store: Store, id: string): Promise<void> {
  const record = await store.get('import', id);
  if (!record) return;
  const release = await claims.claim(id);
  try {
    await store.commit({ remove: [{ kind: 'import', id }] });
    await store.abandon(record.chunks.map(({ ref }) => ref));
  } finally {
    release();
  }
}

export interface JournalRequest {
  store: Store;
  identity: SourceIdentity;
  name: string;
  types: Readonly<Record<string, FieldType>>;
}

export class ImportJournal {
  readonly #store: Store;
  #record: ImportRecord;
  #kept = milliseconds();
  #isKept = false;
  readonly #release: () => void;

  private constructor(store: Store, record: ImportRecord, isKept: boolean, release: () => void) {
    this.#store = store;
    this.#record = record;
    this.#isKept = isKept;
    this.#release = release;
  }

  /** Goes on with the import of the same source, where one was cut off. */
  static async open({ store, identity, name, types }: JournalRequest): Promise<ImportJournal> {
    for (const record of await cutOffImports(store)) {
      if (!isSame(record.source, identity) || !isSame(record.types, types)) continue;
      const release = await claims.claim(record.id).catch(() => undefined);
      if (release) return new ImportJournal(store, record, true, release);
    }
    const id = newIdentifier();
    const now = timestamp();
    const learnt: Learnt = { names: [], decisions: [], rows: 0, warnings: [] };
    const record: ImportRecord = {
      ...{ kind: 'import', id, name, created: now, updated: now, source: identity, types: { ...types }, learnt, chunks: [] },
      after: { row: 0 },
    };
    return new ImportJournal(store, record, false, await claims.claim(id));
  }

  get record(): Readonly<ImportRecord> {
    return this.#record;
  }

  /** The rows that are kept already. @throws StorageError where one of their chunks is gone or damaged */
  async *kept(): AsyncGenerator<TableChunk> {
    for (const { ref } of this.#record.chunks) yield decodeChunk(await this.#store.getChunk(ref));
  }

  learnt(learnt: Learnt): void {
    this.#record.learnt = learnt;
  }

  async add(chunk: ImportRecord['chunks'][number], after: Position): Promise<void> {
    this.#record.chunks.push(chunk);
    this.#record.after = after;
    if (milliseconds() - this.#kept < interval) return;
    this.#record.updated = timestamp();
    await this.#store.commit({ put: [this.#record] });
    this.#isKept = true;
    this.#kept = milliseconds();
  }

  /** Begins anew: what was kept cannot be used. */
  async reset(): Promise<void> {
    const refs = this.#record.chunks.map(({ ref }) => ref);
    this.#record = { ...this.#record, chunks: [], after: { row: 0 } };
    if (this.#isKept) await this.#store.commit({ remove: [this.key] });
    this.#isKept = false;
    await this.#store.abandon(refs);
  }

  /** To be removed in the commit that keeps the dataset. */
  get key(): { kind: 'import'; id: string } {
    return { kind: 'import', id: this.#record.id };
  }

  close(): void {
    this.#release();
  }
}
