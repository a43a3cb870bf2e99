/** The catalogue over a store in memory: import, cancel, preview, rename, delete, restore. */
import { beforeEach, expect, test, vi } from 'vitest';
import { createDatasets } from '../../../src/data/catalogue.js';
import type { Datasets, ImportOptions, ImportProgress } from '../../../src/data/datasets.js';
import type { Source } from '../../../src/data/source.js';
import { readTable } from '../../../src/data/whole.js';
import { DatasetRecord } from '../../../src/spec/dataset.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import type { Store } from '../../../src/storage/store.js';
import { inPieces, readBuiltin, textSource } from './files.js';

let store: Store;
let datasets: Datasets;

beforeEach(() => {
  store = createMemoryStore();
  datasets = createDatasets({ store, readBuiltin });
});

async function imported(
  source: Source,
  options?: ImportOptions,
  signal?: AbortSignal,
): Promise<{ record: DatasetRecord; progress: ImportProgress[] }> {
  const reading = datasets.import(source, options, signal);
  const progress: ImportProgress[] = [];
  let next = await reading.next();
  for (; !next.done; next = await reading.next()) progress.push(next.value);
  return { record: next.value, progress };
}

const noSource: [unknown, string][] = [
  [undefined, 'source'],
  [null, 'source'],
  ['iris.csv', 'source'],
  [{}, 'source.kind'],
  [{ kind: 'zz' }, 'source.kind'],
  [{ kind: 'builtin' }, 'source.name'],
  [{ kind: 'text', name: 'a.csv' }, 'source.text'],
  [{ kind: 'url', url: 7 }, 'source.url'],
  [{ kind: 'file', name: 'a.csv' }, 'source.file'],
  [{ kind: 'file', name: 'a.csv', file: '/tmp/a.csv' }, 'source.file'],
];

test.each(noSource)('%j is no source', async (source, field) => {
  const error = await imported(source as Source).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: 'InputError', code: 'invalid-source', place: { field } });
  expect((error as Error).message).toContain(`"${field}"`);
});

const rows = 9000;
const long = `a,b,target\n${Array.from({ length: rows }, (_, row) => `${row % 7},text ${row % 90},${row % 2}`).join('\n')}\n`;

test('a record is complete, valid, and its rows are those of the file', async () => {
  const { record, progress } = await imported(textSource(long, 'folder/long.csv'));
  expect(DatasetRecord.parse(record)).toEqual(record);
  expect(record).toMatchObject({ name: 'long', rows, suggestedTarget: 'target', origin: { kind: 'text', name: 'folder/long.csv' } });
  expect(record.chunks.map((chunk) => chunk.rows)).toEqual([8192, 808]);
  expect(progress.at(-1)).toMatchObject({ rows, bytes: long.length, size: long.length, secondsLeft: 0 });
  const table = await readTable(store, record);
  const [a, b] = table.columns;
  expect(a.kind === 'number' && a.values[8999]).toBe(8999 % 7);
  expect(b.kind === 'text' && b.dictionary[b.codes[8999]]).toBe(`text ${8999 % 90}`);
});

test('the same content has the same hash, whatever its name and its pieces; other content another', async () => {
  const bytes = new TextEncoder().encode(long);
  const first = await imported(textSource(long));
  const second = await imported(inPieces([bytes.subarray(0, 70_003), bytes.subarray(70_003)], 'other.csv'), { name: 'Other' });
  expect(second.record.hash).toBe(first.record.hash);
  expect(second.record.id).not.toBe(first.record.id);
  expect((await imported(textSource(long.replace('text 5', 'text!5')))).record.hash).not.toBe(first.record.hash);
  expect((await imported(textSource(long), { types: { a: 'category' } })).record.hash).not.toBe(first.record.hash);
});

test('cancelling, ending early and failing leave nothing behind', async () => {
  const kept = (await imported({ kind: 'builtin', name: 'iris' })).record;
  const before = await store.usage();
  const controller = new AbortController();
  const reading = datasets.import(textSource(long), {}, controller.signal);
  await reading.next();
  controller.abort();
  await expect(reading.next()).rejects.toMatchObject({ name: 'AbortError', code: 'cancelled' });
  const ended = datasets.import(textSource(long));
  await ended.next();
  await ended.return(undefined as never);
  await expect(imported(textSource(`${long}1,2\n`))).rejects.toMatchObject({ code: 'ragged-row', place: { row: rows + 1 } });
  const late = new AbortController();
  const put = vi.spyOn(store, 'putChunk');
  put.mockImplementation(async (bytes) => {
    const ref = await (Object.getPrototypeOf(store) as Store).putChunk.call(store, bytes);
    late.abort();
    return ref;
  });
  await expect(imported(textSource(long), {}, late.signal)).rejects.toMatchObject({ name: 'AbortError' });
  expect(put).toHaveBeenCalled();
  expect(await datasets.list()).toEqual([kept]);
  expect((await store.usage()).used).toBe(before.used);
});

test('a signal that is aborted before the start stops at once', async () => {
  await expect(imported(textSource(long), {}, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
});

test('a preview is clipped to the rows there are, across chunks', async () => {
  const { record } = await imported(textSource(long));
  const across = await datasets.preview(record.id, 8190, 4);
  expect(across).toMatchObject({ rows: 4, names: ['a', 'b', 'target'] });
  expect(Array.from(across.columns[0].kind === 'number' ? across.columns[0].values : [])).toEqual(
    [8190, 8191, 8192, 8193].map((row) => row % 7),
  );
  expect(across.columns[1].kind === 'text' && across.columns[1].dictionary).toHaveLength(4);
  expect((await datasets.preview(record.id, rows - 1, 50)).rows).toBe(1);
  expect((await datasets.preview(record.id, rows, 50)).rows).toBe(0);
  expect((await datasets.preview(record.id, -5, Number.NaN)).rows).toBe(0);
});

test('rename, delete, restore', async () => {
  const { record } = await imported({ kind: 'builtin', name: 'wine' });
  expect((await datasets.rename(record.id, '  My wine ')).name).toBe('My wine');
  await expect(datasets.rename(record.id, ' ')).rejects.toMatchObject({ code: 'invalid-name' });
  await datasets.remove(record.id);
  expect(await datasets.list()).toEqual([]);
  await expect(datasets.get(record.id)).rejects.toMatchObject({
    code: 'unknown-dataset',
    message: expect.stringContaining('My wine') as string,
  });
  await datasets.restore(record.id);
  expect((await datasets.get(record.id)).name).toBe('My wine');
  await expect(datasets.restore('nowhere')).rejects.toMatchObject({ code: 'unknown-dataset' });
});

test('the target is the one a table comes with, a column called so, or the last that can be learnt', async () => {
  const suggested = async (text: string): Promise<string | undefined> => (await imported(textSource(text))).record.suggestedTarget;
  expect((await imported({ kind: 'builtin', name: 'penguins' })).record).toMatchObject({
    name: 'Palmer penguins',
    suggestedTarget: 'species',
  });
  expect(await suggested('label,a\nx,1\ny,2\n')).toBe('label');
  expect(await suggested('a,b,id\n1,2,0\n2,3,1\n3,5,2\n')).toBe('b');
  expect(await suggested('a,b\n1,1\n1,1\n')).toBeUndefined();
});

test('a target of which nearly all rows are one class is told of', async () => {
  const text = `a,class\n${Array.from({ length: 50 }, (_, row) => `${row},${row === 7 ? 'yes' : 'no'}`).join('\n')}\n`;
  expect((await imported(textSource(text))).record.warnings).toMatchObject([{ code: 'class-imbalance', place: { column: 'class' } }]);
});
