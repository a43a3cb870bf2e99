/** Keeps how far an import of a table has come, so that the same source given again goes on there. */
import { Claims } from '../base/claims.js';
import { milliseconds, timestamp } from '../base/clock.js';
import { InputError } from '../base/errors.js';
import { sha256 } from '../base/hash.js';
import { newIdentifier } from '../base/identifier.js';
import type { FieldType } from '../spec/field-type.js';
import type { ImportRecord, Learnt, SourceIdentity } from '../spec/import.js';
import type { Expectation, Store } from '../storage/store.js';
import { isStale } from '../storage/update.js';
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
    await store.commit({ remove: [{ kind: 'import', id }], expect: [{ kind: 'import', id, is: record }] });
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
  /** The dataset that it is a new version of. */
  into?: string | undefined;
}

export class ImportJournal {
  readonly #store: Store;
  #record: ImportRecord;
  #kept = milliseconds();
  /** The record as this import has written or found it last. A tab that was frozen, and overtaken by another, has an older one. */
  #written: ImportRecord | undefined;
  readonly #release: () => void;

  private constructor(store: Store, record: ImportRecord, written: ImportRecord | undefined, release: () => void) {
    this.#store = store;
    this.#record = record;
    this.#written = written;
    this.#release = release;
  }

  /** Goes on with the import of the same source, where one was cut off. */
  static async open({ store, identity, name, types, into }: JournalRequest): Promise<ImportJournal> {
    for (const record of await cutOffImports(store)) {
      if (!isSame(record.source, identity) || !isSame(record.types, types) || record.into !== into) continue;
      const release = await claims.claim(record.id).catch(() => undefined);
      if (release) return new ImportJournal(store, record, structuredClone(record), release);
    }
    const id = newIdentifier();
    const now = timestamp();
    const learnt: Learnt = { names: [], decisions: [], rows: 0, warnings: [] };
    const record: ImportRecord = {
      ...{ kind: 'import', id, name, created: now, updated: now, source: identity, types: { ...types }, learnt, chunks: [] },
      after: { row: 0 },
      ...(into === undefined ? {} : { into }),
    };
    return new ImportJournal(store, record, undefined, await claims.claim(id));
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
    const next = structuredClone({ ...this.#record, updated: timestamp() });
    await this.#store.commit({ put: [next], expect: this.end.expect });
    this.#written = next;
    this.#kept = milliseconds();
  }

  /** Begins anew: what was kept cannot be used. What another tab has made of it meanwhile is its own. */
  async reset(): Promise<void> {
    const refs = this.#record.chunks.map(({ ref }) => ref);
    this.#record = { ...this.#record, chunks: [], after: { row: 0 } };
    if (this.#written) {
      await this.#store.commit(this.end).catch((thrown: unknown) => {
        if (!isStale(thrown)) throw thrown;
      });
    }
    this.#written = undefined;
    await this.#store.abandon(refs);
  }

  /** Part of the commit that keeps the dataset: the journal goes, if it is still this import's. */
  get end(): { remove: { kind: 'import'; id: string }[]; expect: Expectation[] } {
    const key = { kind: 'import' as const, id: this.#record.id };
    return { remove: [key], expect: [{ ...key, ...(this.#written ? { is: this.#written } : {}) }] };
  }

  close(): void {
    this.#release();
  }
}
