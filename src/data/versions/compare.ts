/** Two versions of a dataset beside each other: rows, columns and figures. Chunks that both have are not read. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import type { DatasetRecord } from '../../spec/dataset.js';
import type { Field } from '../../spec/field.js';
import type { Store } from '../../storage/store.js';
import { readChunks } from '../chunks.js';
import type { MovedFigure, VersionComparison } from '../datasets.js';
import { rowHashes, WholeRows } from '../profile/chunk-hashes.js';
import { asVersion, type VersionName } from './history.js';

/** Rows of chunks that only one version has, up to which it is counted which of them are in both. */
const mostCounted = 2_000_000;
const words = 4294967296;

export async function compareVersions(
  store: Store,
  record: DatasetRecord,
  from: VersionName,
  to: VersionName,
  signal?: AbortSignal,
): Promise<VersionComparison> {
  const [before, after] = [asVersion(record, from), asVersion(record, to)];
  const [earlier, later] = [fieldsOf(before), fieldsOf(after)];
  const both = after.fields.filter(({ name }) => earlier.has(name));
  const hashes = new Set(before.chunks.map(({ ref }) => ref.hash));
  // A chunk that stands in a table twice takes its space once.
  const shared = new Map(after.chunks.filter(({ ref }) => hashes.has(ref.hash)).map(({ ref }) => [ref.hash, ref.bytes]));
  return {
    from: before.version?.number ?? 1,
    to: after.version?.number ?? 1,
    rows: { from: before.rows, to: after.rows, ...(await changedRows(store, before, after, signal)) },
    added: after.fields.filter(({ name }) => !earlier.has(name)).map(({ name, type }) => ({ column: name, type })),
    removed: before.fields.filter(({ name }) => !later.has(name)).map(({ name, type }) => ({ column: name, type })),
    retyped: both.flatMap(({ name, type }) => {
      const was = earlier.get(name)?.type ?? type;
      return was === type ? [] : [{ column: name, from: was, to: type }];
    }),
    moved: both
      .flatMap((field) => movedFigures(earlier.get(field.name) ?? field, field, before.rows, after.rows))
      .sort((a, b) => b.shift - a.shift),
    sharedBytes: [...shared.values()].reduce((sum, bytes) => sum + bytes, 0),
    same: before.hash === after.hash,
  };
}

const fieldsOf = ({ fields }: DatasetRecord): Map<string, Field> => new Map(fields.map((field) => [field.name, field]));

/** Rows as they are counted: equal ones as often as they are there. Undefined where the columns differ, or there are too many to hold. */
async function changedRows(
  store: Store,
  before: DatasetRecord,
  after: DatasetRecord,
  signal?: AbortSignal,
): Promise<{ added?: number; removed?: number }> {
  const shape = ({ fields }: DatasetRecord): string => JSON.stringify(fields.map(({ name }) => name));
  if (shape(before) !== shape(after)) return {};
  const [one, other] = [without(before, after), without(after, before)];
  const rowsOf = ({ chunks }: DatasetRecord): number => chunks.reduce((sum, { rows }) => sum + rows, 0);
  if (rowsOf(one) + rowsOf(other) > mostCounted) return {};
  const counts = new Map<number, number>();
  await countRows(store, one, (hash) => counts.set(hash, (counts.get(hash) ?? 0) + 1), signal);
  let added = 0;
  await countRows(
    store,
    other,
    (hash) => {
      const left = counts.get(hash) ?? 0;
      if (left === 0) added += 1;
      else counts.set(hash, left - 1);
    },
    signal,
  );
  return { added, removed: [...counts.values()].reduce((sum, count) => sum + count, 0) };
}

/** A chunk that both have as often is in neither. */
function without(record: DatasetRecord, other: DatasetRecord): DatasetRecord {
  const there = new Map<string, number>();
  for (const { ref } of other.chunks) there.set(ref.hash, (there.get(ref.hash) ?? 0) + 1);
  const chunks = record.chunks.filter(({ ref }) => {
    const left = there.get(ref.hash) ?? 0;
    there.set(ref.hash, left - 1);
    return left <= 0;
  });
  return { ...record, chunks };
}

async function countRows(store: Store, record: DatasetRecord, each: (hash: number) => void, signal?: AbortSignal): Promise<void> {
  for await (const { rows, columns } of readChunks(store, record, signal)) {
    const whole = new WholeRows(rows);
    for (const column of columns) {
      whole.mix(rowHashes(column, rows));
      await yieldToEventLoop();
      throwIfAborted(signal);
    }
    // 53 bits are as good as 64 among so few.
    for (let row = 0; row < rows; row++) each((whole.one[row] & 0x1fffff) * words + whole.other[row]);
  }
}

/** How a column's figures have moved; `shift` says how much that is: in standard deviations, or as a share of rows. */
function movedFigures(before: Field, after: Field, rowsBefore: number, rowsAfter: number): MovedFigure[] {
  const column = after.name;
  const found: MovedFigure[] = [];
  const add = (figure: MovedFigure['figure'], from: number, to: number, unit: number): void => {
    if (from === to || !Number.isFinite(to - from)) return;
    found.push({ column, figure, from, to, shift: unit > 0 ? Math.abs(to - from) / unit : 1 });
  };
  add('missing', before.missing / Math.max(1, rowsBefore), after.missing / Math.max(1, rowsAfter), 1);
  add('distinct', before.distinct, after.distinct, Math.max(before.distinct, after.distinct));
  const [one, other] = [before.range, after.range];
  if (one && other) {
    const unit = Math.max(one.standardDeviation, other.standardDeviation);
    for (const figure of ['mean', 'median', 'standardDeviation', 'minimum', 'maximum'] as const)
      add(figure, one[figure], other[figure], unit);
  }
  return found;
}
