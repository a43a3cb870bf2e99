/** A new version of a dataset: other rows in place of those in use, or more rows behind them. */
import type { DatasetRecord } from '../../spec/dataset.js';
import { staleWrite } from '../../storage/expected.js';
import { updateRecord } from '../../storage/update.js';
import type { Content } from '../dataset-record.js';
import type { ImportProgress, RevisionOptions } from '../datasets.js';
import { type Destination, type ImportParts, importInto } from '../import-source.js';
import type { Source } from '../source.js';
import { joining } from './append.js';
import { withContent } from './history.js';

/** @param there answers the record, or throws where it was deleted */
export async function* reviseDataset(
  parts: ImportParts,
  there: (stored: DatasetRecord | undefined) => DatasetRecord,
  id: string,
  source: Source,
  { append, ...options }: RevisionOptions,
  signal?: AbortSignal,
): AsyncGenerator<ImportProgress, DatasetRecord> {
  const { store } = parts;
  const into = there(await store.get('dataset', id));
  const how = append ? 'appended' : 'replaced';
  // Of an address the file alone: what else stands in it may open doors.
  const from = source.kind === 'url' ? (new URL(source.url).pathname.split('/').at(-1) ?? '') : source.name;
  const keep: Destination['keep'] = (read, also) => {
    const content: Content = append ? { ...read, origin: into.origin } : read;
    const revised = (stored: DatasetRecord | undefined): DatasetRecord => {
      const record = there(stored);
      // Rows were appended to others than those that are in use now.
      if (append && record.hash !== into.hash) throw staleWrite({ kind: 'dataset', id });
      return withContent(record, content, { how, from });
    };
    return updateRecord(store, 'dataset', id, revised, also);
  };
  if (!append) return yield* importInto({ into, keep }, parts, source, options, signal);
  const { joined, types, dates, pictures } = joining(store, into, from, signal);
  return yield* importInto(
    { into, after: { chunks: into.chunks, dates, joined }, keep },
    parts,
    source,
    { ...options, types, ...(pictures ? { pictures } : {}) },
    signal,
  );
}
