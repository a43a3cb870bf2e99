/** A log's record and its chunks: added to, kept within bounds, and changed as a whole or not at all. */
import { day } from '../../data/cadence.js';
import { decodeChunk, encodeChunk } from '../../data/chunks.js';
import type { TableChunk } from '../../data/table.js';
import { joinChunks, sliceChunk } from '../../data/whole.js';
import type { ChunkRef } from '../../spec/chunk.js';
import type { LogChunk, LogForm, LogRecord, LogSettings } from '../../spec/prediction-log.js';
import { namedRefs } from '../../storage/records.js';
import type { Store } from '../../storage/store.js';
import { untilWritten } from '../../storage/update.js';
import { outcomeFields } from './fields.js';

/** Rows of a chunk: few commits rewrite much, and what goes when room is made is little of the whole. */
const mostChunkRows = 4_096;
/** Bytes of all chunks of a log together, whatever their rows. */
const mostBytes = 256 * 2 ** 20;

const timeColumn = 2;

/**
 * Writes what `make` makes of the record, anew where another writer was faster; chunks that nobody names afterwards are freed.
 * @param make answers undefined where nothing is to change; it puts chunks, and alters nothing that it is given
 */
export function changeLog(
  store: Store,
  name: string,
  make: (stored: LogRecord | undefined) => Promise<LogRecord | undefined>,
): Promise<void> {
  return untilWritten(async () => {
    const stored = await store.get('log', name);
    const made = await make(stored);
    if (!made) return;
    const [before, after] = [refsOf(stored), refsOf(made)];
    try {
      await store.commit({ put: [made], expect: [{ kind: 'log', id: name, is: stored }] });
    } catch (thrown) {
      await store.abandon(without(after, before)).catch(() => undefined);
      throw thrown;
    }
    await store.abandon(without(before, after));
  });
}

function without(refs: readonly ChunkRef[], others: readonly ChunkRef[]): ChunkRef[] {
  const hashes = new Set(others.map(({ hash }) => hash));
  return refs.filter(({ hash }) => !hashes.has(hash));
}

const refsOf = (record: LogRecord | undefined): ChunkRef[] => (record ? namedRefs(record) : []);

/** The record with more rows at its end. @param chunk of the form; nothing where it has no rows */
export async function withRows(
  store: Store,
  record: LogRecord,
  form: LogForm,
  chunk: TableChunk,
  settings: LogSettings,
): Promise<LogRecord> {
  const known = record.forms.findIndex((each) => isSame(each, form));
  const index = known < 0 ? record.forms.length : known;
  const names = form.fields.map(({ name }) => name);
  const chunks = await added(store, record.chunks, { names, chunk, index, size: chunkRows(settings) });
  return { ...record, forms: known < 0 ? [...record.forms, form] : record.forms, chunks };
}

export async function withOutcomes(store: Store, record: LogRecord, chunk: TableChunk, settings: LogSettings): Promise<LogRecord> {
  const names = outcomeFields.map(({ name }) => name);
  return { ...record, outcomes: await added(store, record.outcomes, { names, chunk, index: 0, size: chunkRows(settings) }) };
}

/** So that a log of few rows can make room without losing most of them. */
const chunkRows = ({ rows }: LogSettings): number => Math.max(1, Math.min(mostChunkRows, Math.floor(rows / 8)));

const isSame = (one: LogForm, other: LogForm): boolean => JSON.stringify(one) === JSON.stringify(other);

interface More {
  names: string[];
  chunk: TableChunk;
  index: number;
  size: number;
}

/** The last chunk of the form is filled first. */
async function added(store: Store, kept: readonly LogChunk[], { names, chunk, index, size }: More): Promise<LogChunk[]> {
  if (chunk.rows === 0) return [...kept];
  const last = kept.findLast(({ form }) => form === index);
  const isOpen = last !== undefined && last.rows < size;
  const joined = isOpen ? joinChunks(names, [decodeChunk(await store.getChunk(last.ref)), chunk]) : chunk;
  const chunks = isOpen ? kept.filter((each) => each !== last) : [...kept];
  for (let start = 0; start < joined.rows; start += size) {
    chunks.push(await putChunk(store, sliceChunk(joined, start, Math.min(joined.rows, start + size)), index));
  }
  return chunks;
}

export async function putChunk(store: Store, chunk: TableChunk, form: number): Promise<LogChunk> {
  const times = (chunk.columns[timeColumn] as { values: Float64Array }).values;
  const [from, to] = times.reduce(([least, most], time) => [Math.min(least, time), Math.max(most, time)], [Infinity, -Infinity]);
  return { ref: await store.putChunk(encodeChunk(chunk)), rows: chunk.rows, form, from, to };
}

export const rowsOf = (chunks: readonly LogChunk[]): number => chunks.reduce((sum, { rows }) => sum + rows, 0);

/** Without the oldest chunks that are too many, too large or too old, and forms that no chunk has any more. @param now milliseconds since 1970 */
export function withinBounds(record: LogRecord, { rows, days }: LogSettings, now: number): LogRecord {
  const chunks = bounded(record.chunks, rows, now - days * day);
  const dropped = record.dropped + rowsOf(record.chunks) - rowsOf(chunks);
  return withUsedForms({ ...record, chunks, outcomes: bounded(record.outcomes, rows, now - days * day), dropped });
}

function withUsedForms(record: LogRecord): LogRecord {
  const used = new Set(record.chunks.map(({ form }) => record.forms[form]));
  const forms = record.forms.filter((form) => used.has(form));
  return { ...record, forms, chunks: record.chunks.map((chunk) => ({ ...chunk, form: forms.indexOf(record.forms[chunk.form]) })) };
}

function bounded(chunks: readonly LogChunk[], most: number, since: number): LogChunk[] {
  let [rows, bytes] = [0, 0];
  const newest = [...chunks].sort((one, other) => other.to - one.to);
  const kept = new Set<LogChunk>();
  for (const chunk of newest) {
    rows += chunk.rows;
    bytes += chunk.ref.bytes;
    if (chunk.to < since || rows > most || bytes > mostBytes) break;
    kept.add(chunk);
  }
  return chunks.filter((chunk) => kept.has(chunk));
}
