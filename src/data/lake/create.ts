/** The lake over a store: data sets that are open in this session, and the copies that are made of them. */
import { timestamp } from '../../base/clock.js';
import { InputError } from '../../base/errors.js';
import { newIdentifier } from '../../base/identifier.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import type { FieldType } from '../../spec/field-type.js';
import { LakeQuery } from '../../spec/lake.js';
import { validate } from '../../spec/validate.js';
import type { Store } from '../../storage/store.js';
import { updateRecord } from '../../storage/update.js';
import { ChunkWriter } from '../chunk-writer.js';
import { type Content, contentOf } from '../dataset-record.js';
import type { ImportProgress } from '../datasets.js';
import { longestName } from '../origin.js';
import { withProgress } from '../progress.js';
import { readTable } from '../read.js';
import { rebatched } from '../rebatch.js';
import type { Table } from '../table.js';
import { withContent } from '../versions/history.js';
import { joinChunks } from '../whole.js';
import { type DataSet, openDataSet } from './data-set.js';
import type { Lake, LakeAccess, LakeDescription, LakeEstimate, LakeImportProgress, LakeSource } from './lake.js';
import { chosenTypes, originOfCopy, sourceOfCopy, unchangedChunks } from './origin.js';
import { estimateOf, planOf } from './plan.js';
import { scan } from './scan.js';
import { LakeTable } from './table.js';

interface Open {
  dataSet: DataSet;
  access: LakeAccess;
}

/** Open at one time; the one that was opened first makes room. */
const mostOpen = 16;
const mostPreview = 1000;

export function createLake(store: Store): Lake {
  return new StoredLake(store);
}

class StoredLake implements Lake {
  readonly #store: Store;
  readonly #open = new Map<string, Open>();

  constructor(store: Store) {
    this.#store = store;
  }

  async open(source: LakeSource, access: LakeAccess = {}, signal?: AbortSignal): Promise<LakeDescription> {
    const dataSet = await openDataSet(checkedSource(source), { access, wire: { bytes: 0, requests: 0, signal } });
    const id = newIdentifier();
    this.#open.set(id, { dataSet, access });
    for (const first of this.#open.keys()) if (this.#open.size > mostOpen) this.#open.delete(first);
    const { name, address, files, columns, wire } = dataSet;
    return {
      id,
      name,
      address,
      files: files.length,
      rowGroups: files.reduce((sum, { footer }) => sum + footer.groups.length, 0),
      rows: files.reduce((sum, { footer }) => sum + footer.rows, 0),
      bytes: files.reduce((sum, { file }) => sum + file.size, 0),
      bytesRead: wire.bytes,
      requests: wire.requests,
      columns,
      examples: files.slice(0, 5).map(({ file }) => file.path),
      writer: files[0].footer.writer,
    };
  }

  async preview(id: string, query: LakeQuery, limit: number, signal?: AbortSignal): Promise<Table> {
    const { dataSet } = this.#named(id);
    dataSet.wire.signal = signal;
    const most = Math.max(1, Math.min(mostPreview, Math.floor(limit) || 1));
    const plan = planOf(dataSet, checkedQuery(query));
    for await (const { chunk } of rebatched(scan(dataSet, plan, { signal }), plan.columns, most)) return joinChunks(plan.columns, [chunk]);
    return { names: plan.columns, rows: 0, columns: plan.columns.map(() => ({ kind: 'text', codes: new Int32Array(0), dictionary: [] })) };
  }

  async estimate(id: string, query: LakeQuery): Promise<LakeEstimate> {
    const { dataSet } = this.#named(id);
    return estimateOf(dataSet, planOf(dataSet, checkedQuery(query)));
  }

  async *import(
    id: string,
    query: LakeQuery,
    { name }: { name?: string } = {},
    signal?: AbortSignal,
  ): AsyncGenerator<LakeImportProgress, DatasetRecord> {
    const opened = this.#named(id);
    return yield* this.#copy(opened, checkedQuery(query), { signal }, async (content) => {
      const called = (name?.trim() || opened.dataSet.name || 'Data set').slice(0, longestName);
      const record: DatasetRecord = { kind: 'dataset', id: newIdentifier(), name: called, created: timestamp(), ...content };
      await this.#store.commit({ put: [record] });
      return record;
    });
  }

  async *refresh(dataset: string, access: LakeAccess = {}, signal?: AbortSignal): AsyncGenerator<LakeImportProgress, DatasetRecord> {
    const record = await this.#store.get('dataset', dataset);
    const { source, origin } = sourceOfCopy(record, dataset);
    const known = {
      ...(origin.region === undefined ? {} : { region: origin.region }),
      ...(origin.endpoint === undefined ? {} : { endpoint: origin.endpoint }),
      ...access,
    };
    const dataSet = await openDataSet(source, { access: known, wire: { bytes: 0, requests: 0, signal } });
    const stored = record as DatasetRecord;
    const { kept, isSame } = unchangedChunks(stored, dataSet);
    if (isSame) return stored;
    return yield* this.#copy({ dataSet, access: known }, origin.query, { signal, kept, types: chosenTypes(stored) }, (content) =>
      updateRecord(this.#store, 'dataset', dataset, (latest) => {
        sourceOfCopy(latest, dataset);
        const next = withContent(latest as DatasetRecord, content, { how: 'refreshed', from: content.origin.name });
        // What was read may be the same, and its files still be others.
        return { ...next, origin: content.origin };
      }),
    );
  }

  async close(id: string): Promise<void> {
    this.#open.delete(id);
  }

  async *#copy(
    { dataSet, access }: Open,
    query: LakeQuery,
    about: { signal?: AbortSignal | undefined; kept?: LakeTableKept; types?: Record<string, FieldType> },
    keep: (content: Content) => Promise<DatasetRecord>,
  ): AsyncGenerator<LakeImportProgress, DatasetRecord> {
    const { wire } = dataSet;
    const { signal } = about;
    wire.signal = signal;
    const before = { bytes: wire.bytes, requests: wire.requests };
    const table = new LakeTable(dataSet, planOf(dataSet, query), this.#store, about.kept);
    const chunks: DatasetRecord['chunks'] = [];
    const writer = new ChunkWriter(this.#store);
    let committed = false;
    try {
      const types = Object.fromEntries(Object.entries(about.types ?? {}).filter(([name]) => table.names.includes(name)));
      const reading = readTable(table, { types, readBuiltin: noBuiltin, store: this.#store, ...(signal ? { signal } : {}) });
      const progress = withProgress(
        reading,
        async (event) => {
          if (event.kind === 'chunk') await writer.put(event.chunk, async (chunk) => void chunks.push(chunk));
        },
        signal,
      );
      const result = yield* counted(progress, () => wire.bytes - before.bytes);
      await writer.settle(signal);
      const origin = originOfCopy(dataSet, {
        query,
        access,
        chunks: table.chunksOfFiles(),
        bytesRead: wire.bytes - before.bytes,
        requests: wire.requests - before.requests,
      });
      const record = await keep(await contentOf(result, chunks, { origin }));
      committed = true;
      return record;
    } finally {
      if (!committed) await writer.abandon();
      await table.dispose();
    }
  }

  #named(id: string): Open {
    const found = this.#open.get(id);
    if (found) return found;
    throw new InputError('not-open', 'This data set is not open any more.', { advice: 'Open its address again.', place: { id } });
  }
}

type LakeTableKept = ConstructorParameters<typeof LakeTable>[3];

async function* counted<Answer>(
  progress: AsyncGenerator<ImportProgress, Answer>,
  bytesRead: () => number,
): AsyncGenerator<LakeImportProgress, Answer> {
  try {
    for (let next = await progress.next(); ; next = await progress.next()) {
      if (next.done) return next.value;
      yield { ...next.value, bytesRead: bytesRead() };
    }
  } finally {
    await progress.return(undefined as never);
  }
}

function checkedQuery(query: LakeQuery): LakeQuery {
  return validate(LakeQuery, query, 'lake-query');
}

function checkedSource(source: LakeSource): LakeSource {
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
  const given = source as { kind?: unknown; address?: unknown; addresses?: unknown; files?: unknown } | null | undefined;
  if (given?.kind === 'address' && isText(given.address)) return source;
  if (given?.kind === 'addresses' && Array.isArray(given.addresses) && given.addresses.every(isText)) return source;
  if (given?.kind === 'files' && Array.isArray(given.files)) return source;
  throw new InputError('invalid-source', 'This is no source of a data set.', {
    advice: "Give for example { kind: 'address', address: 's3://bucket/prefix' }.",
    place: { field: 'source' },
  });
}

const noBuiltin = (): never => {
  throw new TypeError('A data set is no built-in.');
};
