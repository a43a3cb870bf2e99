/** What every store does with a record, whatever it keeps it in: copies it, refuses what cannot be kept, finds its chunks. */
import { InputError } from '../base/errors.js';
import type { ChunkRef } from '../spec/chunk.js';
import type { AnyRecord, Change, Expectation, RecordKind, Records } from './store.js';

export const recordKinds: readonly RecordKind[] = [
  'dataset',
  'run',
  'model',
  'tensor-model',
  'sweep',
  'trial',
  'deployment',
  'log',
  'experiment',
  'import',
  'setting',
];

/** Deeper nesting than any record of ours has; a cycle ends here too. */
const deepest = 64;

/** A change whose records are copies of plain data, so that what is kept cannot change under the store. */
export interface CheckedChange {
  put: AnyRecord[];
  remove: { kind: RecordKind; id: string }[];
  expect: Expectation[];
  /** Kinds that the change touches. */
  kinds: RecordKind[];
}

/**
 * Copies a change and makes sure, before anything is written, that all of it can be kept: numbers (also those that are not
 * finite), text, booleans, null, lists and plain objects. Properties that are undefined are left out.
 * @throws InputError `invalid-record` naming the record and the property
 */
export function checkChange(change: Change): CheckedChange {
  const put = (change.put ?? []).map((record) => {
    checkKey(record.kind, record.id);
    return copy(record, `${record.kind} "${record.id}"`, 0) as AnyRecord;
  });
  const remove = (change.remove ?? []).map(({ kind, id }) => {
    checkKey(kind, id);
    return { kind, id };
  });
  const expect = (change.expect ?? []).map(({ kind, id, is }) => {
    checkKey(kind, id);
    return is === undefined ? { kind, id } : { kind, id, is: copy(is, `${kind} "${id}"`, 0) as AnyRecord };
  });
  return { put, remove, expect, kinds: [...new Set([...put, ...remove].map(({ kind }) => kind))] };
}

/** @throws InputError `invalid-record` when no record can have this kind and id. */
export function checkKey(kind: unknown, id: unknown): void {
  if (!recordKinds.includes(kind as RecordKind)) {
    throw refused(`"${String(kind)}" is not a kind of record: expected one of ${recordKinds.join(', ')}`, 'kind');
  }
  if (typeof id !== 'string') throw refused(`The id of a ${String(kind)} must be text and is of type ${typeof id}`, 'id');
}

/** Sorts by creation, then id; settings have no creation and stand by id. */
export function oldestFirst<Kind extends RecordKind>(records: Records[Kind][]): Records[Kind][] {
  const created = (record: AnyRecord): number => ('created' in record ? record.created : 0);
  return records.sort((one, other) => created(one) - created(other) || (one.id < other.id ? -1 : 1));
}

/** The chunks that a record names, wherever in it the references stand, each once. */
export function namedRefs(record: AnyRecord): ChunkRef[] {
  const refs = new Map<string, ChunkRef>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { hash, bytes } = value as { hash?: unknown; bytes?: unknown };
    if (typeof hash === 'string' && typeof bytes === 'number') refs.set(hash, { hash, bytes });
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(record);
  return [...refs.values()];
}

/** The hashes of these chunks. */
export const namedChunks = (record: AnyRecord): string[] => namedRefs(record).map(({ hash }) => hash);

function copy(value: unknown, place: string, depth: number): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (depth > deepest) throw refused(`${place} is nested deeper than ${deepest} levels`, place);
  if (Array.isArray(value)) return Array.from(value, (item, index) => copy(item, `${place}[${index}]`, depth + 1));
  if (isPlainObject(value)) {
    const kept = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(kept.map(([key, inner]) => [key, copy(inner, `${place}.${key}`, depth + 1)]));
  }
  throw refused(`${place} is neither a number, text, true, false, null, a list nor a plain object`, place);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const refused = (message: string, place: string): InputError =>
  new InputError('invalid-record', `${message}, so the record cannot be kept.`, {
    advice: 'Keep bytes with putChunk, and name them in the record.',
    place: { field: place },
  });
