/** The catalogue of datasets over a store: imports sources into chunks, and keeps their records. */
import { timestamp } from '../base/clock.js';
import { InputError } from '../base/errors.js';
import type { DatasetRecord } from '../spec/dataset.js';
import type { Field, PictureSize } from '../spec/field.js';
import { type FieldType, isNumeric } from '../spec/field-type.js';
import type { ImportRecord } from '../spec/import.js';
import type { Profile } from '../spec/profile.js';
import type { Store } from '../storage/store.js';
import { restoreRecord, updateRecord } from '../storage/update.js';
import { listBuiltins } from './builtins.js';
import type {
  Datasets,
  ExportFormat,
  ExportPiece,
  ImportOptions,
  ImportProgress,
  ProfileProgress,
  RevisionOptions,
  VersionComparison,
  VersionSummary,
} from './datasets.js';
import type { DecodedChunks } from './decoded-chunks.js';
import { longestName } from './origin.js';
import { type LoadDecoder, noDecoder } from './pictures/decoder.js';
import type { BuiltinDescription, ByteSource, ReadBuiltin, Source } from './source.js';
import type { Column, Picture, Table, TableChunk } from './table.js';

export interface CatalogueOptions {
  store: Store;
  readBuiltin: ReadBuiltin;
  /** Left out: picture files cannot be read; built-in pictures can. */
  loadDecoder?: LoadDecoder;
}

export function createDatasets({ store, readBuiltin, loadDecoder = noDecoder }: CatalogueOptions): Datasets {
  return new Catalogue(store, readBuiltin, loadDecoder);
}

class Catalogue implements Datasets {
  readonly #store: Store;
  readonly #readBuiltin: ReadBuiltin;
  readonly #loadDecoder: LoadDecoder;
  #decoded: DecodedChunks | undefined;

  constructor(store: Store, readBuiltin: ReadBuiltin, loadDecoder: LoadDecoder) {
    this.#store = store;
    this.#readBuiltin = readBuiltin;
    this.#loadDecoder = loadDecoder;
  }

  builtins(): Promise<BuiltinDescription[]> {
    return listBuiltins(this.#readBuiltin);
  }

  async *import(given: Source, options: ImportOptions = {}, signal?: AbortSignal): AsyncGenerator<ImportProgress, DatasetRecord> {
    // What checks and reads a source comes with the first one: the start page needs the lists alone.
    const { checkedSource } = await import('./check-source.js');
    const source = checkedSource(given);
    const name = options.name === undefined ? undefined : checkedName(options.name);
    // Parsers come with the first table.
    const { importSource } = await import('./import-source.js');
    const parts = { store: this.#store, readBuiltin: this.#readBuiltin, loadDecoder: this.#loadDecoder };
    return yield* importSource(parts, source, { ...options, ...(name === undefined ? {} : { name }) }, signal);
  }

  async unfinished(): Promise<ImportRecord[]> {
    if ((await this.#store.list('import')).length === 0) return [];
    const { cutOffImports } = await import('./import-journal.js');
    return cutOffImports(this.#store);
  }

  async discard(id: string): Promise<void> {
    const { discardImport } = await import('./import-journal.js');
    await discardImport(this.#store, id);
  }

  async list(): Promise<DatasetRecord[]> {
    const records = await this.#store.list('dataset');
    const there = records.filter((record) => record.deleted === undefined).sort((a, b) => b.created - a.created);
    // A list is asked for again and again, and many versions of a large table are much to send.
    return there.map(({ versions: _, ...record }) => record);
  }

  async get(id: string, version?: number | string): Promise<DatasetRecord> {
    const record = there(id, await this.#store.get('dataset', id));
    if (version === undefined || version === record.hash) return record;
    const { asVersion } = await import('./versions/history.js');
    return asVersion(record, version);
  }

  async *profile(id: string, options: { target?: string | null } = {}, signal?: AbortSignal): AsyncGenerator<ProfileProgress, Profile> {
    const [record, { profileDataset }] = await Promise.all([this.get(id), import('./profile/profile-dataset.js')]);
    return yield* profileDataset(this.#store, record, options.target, signal);
  }

  async preview(id: string, offset: number, limit: number, version?: number | string): Promise<Table> {
    const record = await this.get(id, version);
    const from = Math.max(0, Math.floor(offset) || 0);
    const to = Math.min(record.rows, from + Math.max(0, Math.floor(limit) || 0));
    const [{ DecodedChunks }, { joinChunks, sliceChunk }] = await Promise.all([import('./decoded-chunks.js'), import('./whole.js')]);
    this.#decoded ??= new DecodedChunks(this.#store);
    const parts: TableChunk[] = [];
    let start = 0;
    for (const { ref, rows } of record.chunks) {
      const [first, last] = [Math.max(from, start) - start, Math.min(to, start + rows) - start];
      if (first < last) parts.push(sliceChunk(await this.#decoded.get(ref), first, last));
      start += rows;
    }
    const empty = (): TableChunk => ({ rows: 0, columns: record.fields.map(emptyColumn) });
    return joinChunks(
      record.fields.map((field) => field.name),
      parts.length ? parts : [empty()],
    );
  }

  async decodePicture(file: ByteSource, size?: PictureSize): Promise<Picture> {
    const { decodeFile } = await import('./pictures/decode.js');
    return decodeFile(file, this.#loadDecoder, size);
  }

  async *export(id: string, format: ExportFormat, signal?: AbortSignal): AsyncGenerator<ExportPiece, { rows: number; bytes: number }> {
    const record = await this.get(id);
    const { exportDataset } = await import('./export/export.js');
    return yield* exportDataset(this.#store, record, format, signal);
  }

  async *revise(
    id: string,
    given: Source,
    options: RevisionOptions = {},
    signal?: AbortSignal,
  ): AsyncGenerator<ImportProgress, DatasetRecord> {
    const [{ checkedSource }, { reviseDataset }] = await Promise.all([import('./check-source.js'), import('./versions/revise.js')]);
    const parts = { store: this.#store, readBuiltin: this.#readBuiltin, loadDecoder: this.#loadDecoder };
    return yield* reviseDataset(parts, (stored) => there(id, stored), id, checkedSource(given), options, signal);
  }

  async *retype(id: string, types: Record<string, FieldType>, signal?: AbortSignal): AsyncGenerator<ImportProgress, DatasetRecord> {
    const { retypeDataset } = await import('./versions/retype.js');
    return yield* retypeDataset(this.#store, (stored) => there(id, stored), id, types, signal);
  }

  async versions(id: string): Promise<VersionSummary[]> {
    const [record, { summaries }] = await Promise.all([this.get(id), import('./versions/summaries.js')]);
    return summaries(record);
  }

  async compare(id: string, from: number | string, to: number | string, signal?: AbortSignal): Promise<VersionComparison> {
    const [record, { compareVersions }] = await Promise.all([this.get(id), import('./versions/compare.js')]);
    return compareVersions(this.#store, record, from, to, signal);
  }

  async useVersion(id: string, version: number | string): Promise<DatasetRecord> {
    const { withVersion } = await import('./versions/history.js');
    return await updateRecord(this.#store, 'dataset', id, (record) => withVersion(there(id, record), version));
  }

  async removeVersion(id: string, version: number | string): Promise<DatasetRecord> {
    const { asVersion, withoutVersion } = await import('./versions/history.js');
    let chunks: DatasetRecord['chunks'] = [];
    const kept = await updateRecord(this.#store, 'dataset', id, (record) => {
      ({ chunks } = asVersion(there(id, record), version));
      return withoutVersion(there(id, record), version);
    });
    // Frees what no record names any more; what cannot be freed now is when the store is opened next.
    await this.#store.abandon(chunks.map(({ ref }) => ref)).catch(() => undefined);
    return kept;
  }

  async rename(id: string, name: string): Promise<DatasetRecord> {
    const checked = checkedName(name);
    return await updateRecord(this.#store, 'dataset', id, (record) => ({ ...there(id, record), name: checked }));
  }

  async remove(id: string): Promise<void> {
    await updateRecord(this.#store, 'dataset', id, (record) => ({ ...there(id, record), deleted: timestamp() }));
  }

  async restore(id: string): Promise<void> {
    await restoreRecord(this.#store, 'dataset', id, unknownDataset);
  }
}

/** @throws InputError `unknown-dataset` when there is none, or it was deleted */
function there(id: string, record: DatasetRecord | undefined): DatasetRecord {
  if (record && record.deleted === undefined) return record;
  throw unknownDataset(id, record);
}

const unknownDataset = (id: string, deleted?: DatasetRecord): InputError =>
  new InputError('unknown-dataset', deleted ? `The dataset "${deleted.name}" was deleted.` : `There is no dataset with the id "${id}".`, {
    advice: deleted ? 'Restore it, or import it again.' : 'Import it, or choose another one.',
    place: { dataset: id },
  });

function emptyColumn({ type, picture }: Field): Column {
  if (picture) return { kind: 'picture', size: picture, pixels: new Uint8Array(0) };
  return isNumeric(type) ? { kind: 'number', values: new Float64Array(0) } : { kind: 'text', codes: new Int32Array(0), dictionary: [] };
}

function checkedName(name: string): string {
  const trimmed = name.trim();
  if (trimmed !== '' && trimmed.length <= longestName) return trimmed;
  throw new InputError(
    'invalid-name',
    trimmed === '' ? 'A name has at least one character.' : `A name has at most ${longestName} characters; this one has ${trimmed.length}.`,
    {
      advice: 'Choose another name.',
      place: { field: 'name' },
    },
  );
}
