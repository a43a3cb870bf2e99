/** Columns of a dataset read as other types: a new version of it, made from the rows that are stored. */
import { InputError } from '../../base/errors.js';
import type { DatasetRecord, Warning } from '../../spec/dataset.js';
import type { Field } from '../../spec/field.js';
import type { FieldType } from '../../spec/field-type.js';
import type { Store } from '../../storage/store.js';
import { updateRecord } from '../../storage/update.js';
import { ChunkWriter } from '../chunk-writer.js';
import { readChunks } from '../chunks.js';
import { asRead } from '../columns/as-read.js';
import { contentOf } from '../dataset-record.js';
import type { ImportProgress } from '../datasets.js';
import { withProgress } from '../progress.js';
import { type ReadEvent, readTable } from '../read.js';
import type { Position, Reading, SourceBatch, TableFile } from '../sources/table-file.js';
import { withContent } from './history.js';

/**
 * What does not fit a type is missing then, and told. Cancelling leaves nothing behind.
 * @param there answers the record, or throws where it was deleted
 * @throws InputError `missing-column`, `unknown-type`, or `type-of-pictures`
 */
export async function* retypeDataset(
  store: Store,
  there: (stored: DatasetRecord | undefined) => DatasetRecord,
  id: string,
  types: Readonly<Record<string, FieldType>>,
  signal?: AbortSignal,
): AsyncGenerator<ImportProgress, DatasetRecord> {
  const record = there(await store.get('dataset', id));
  const changed = new Map(Object.entries(types).filter(([name, type]) => record.fields.find((each) => each.name === name)?.type !== type));
  if (changed.size === 0 && Object.keys(types).length > 0) return record;
  refusePictures(record, types);
  const writer = new ChunkWriter(store);
  const chunks: DatasetRecord['chunks'] = [];
  let committed = false;
  try {
    const reading = readTable(new StoredFile(store, record, changed, signal), {
      types,
      readBuiltin: noBuiltin,
      ...(signal ? { signal } : {}),
    });
    const keep = async (event: Exclude<ReadEvent, { kind: 'progress' }>): Promise<void> => {
      if (event.kind === 'chunk') await writer.put(event.chunk, async (chunk) => void chunks.push(chunk));
    };
    const read = yield* withProgress(reading, keep, signal);
    await writer.settle(signal);
    const isChanged = (name: unknown): boolean => changed.has(String(name));
    const fields = read.fields.map((field, index): Field => (changed.has(field.name) ? field : record.fields[index]));
    const ofOthers = ({ place }: Warning): boolean => !isChanged(place.column);
    const warnings = [...record.warnings.filter(ofOthers), ...read.warnings.filter(({ place }) => isChanged(place.column))];
    const about = { origin: record.origin, target: record.suggestedTarget };
    const content = await contentOf({ rows: record.rows, fields, warnings }, chunks, about);
    const from = [...changed].map(([name, type]) => `${name}: ${type}`).join(', ');
    const kept = await updateRecord(store, 'dataset', id, (stored) => withContent(there(stored), content, { how: 'retyped', from }));
    committed = true;
    return kept;
  } finally {
    if (!committed) await writer.abandon();
  }
}

function refusePictures({ id, fields }: DatasetRecord, types: Readonly<Record<string, FieldType>>): void {
  const wrong = fields.find(({ name, type }) => Object.hasOwn(types, name) && (type === 'picture' || types[name] === 'picture'));
  if (!wrong) return;
  throw new InputError('type-of-pictures', `Column "${wrong.name}" cannot be read as "${types[wrong.name]}".`, {
    advice: 'Pictures stay pictures, and nothing else becomes one.',
    place: { dataset: id, column: wrong.name },
  });
}

const noBuiltin = (): never => {
  throw new TypeError('Stored rows are no built-in.');
};

/** Stored rows as a file of them: columns whose type stays are passed on as they are. */
class StoredFile implements TableFile {
  readonly name: string;
  readonly size: number;
  readonly names: readonly string[];
  readonly declared: readonly (FieldType | undefined)[];
  readonly numberFormats = ['point', 'comma'] as const;
  readonly #store: Store;
  readonly #record: DatasetRecord;
  readonly #changed: ReadonlyMap<string, FieldType>;
  readonly #signal: AbortSignal | undefined;

  constructor(store: Store, record: DatasetRecord, changed: ReadonlyMap<string, FieldType>, signal?: AbortSignal) {
    this.name = record.name;
    this.size = record.chunks.reduce((sum, { ref }) => sum + ref.bytes, 0);
    this.names = record.fields.map(({ name }) => name);
    this.declared = record.fields.map(({ type }) => type);
    this.#store = store;
    this.#record = record;
    this.#changed = changed;
    this.#signal = signal;
  }

  warnings(): Warning[] {
    return [];
  }

  async close(): Promise<void> {}

  async *batches(readings?: readonly Reading[], _after?: Position): AsyncGenerator<SourceBatch, void> {
    const { fields, chunks } = this.#record;
    let [row, bytes, place] = [0, 0, 0];
    for await (const { rows, columns } of readChunks(this.#store, this.#record, this.#signal)) {
      bytes += chunks[place++].ref.bytes;
      yield {
        rows,
        firstRow: row + 1,
        bytes,
        columns: columns.map((column, index) => {
          const { name, type } = fields[index];
          return this.#changed.has(name) && readings ? asRead(column, readings[index], type === 'datetime') : column;
        }),
        after: { row: row + rows },
      };
      row += rows;
    }
  }
}
