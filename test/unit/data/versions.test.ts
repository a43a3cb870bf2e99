/** Versions of a dataset: rows replaced and appended, chunks shared, compared, gone back to and deleted. */
import { beforeEach, expect, test } from 'vitest';
import { createDatasets } from '../../../src/data/catalogue.js';
import type { Datasets, RevisionOptions } from '../../../src/data/datasets.js';
import { readTable } from '../../../src/data/whole.js';
import { DatasetRecord } from '../../../src/spec/dataset.js';
import { mostVersions } from '../../../src/spec/most-versions.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import type { Store } from '../../../src/storage/store.js';
import { readBuiltin, textSource } from './files.js';

const rows = 20_000;
const line = (row: number, shift = 0): string => `${row % 7},${(row * 37) % 101},text ${row % 90},${(row + shift) % 2 ? 'odd' : 'even'}`;
const table = (lines: string[], head = 'a,b,c,kind'): string => `${head}\n${lines.join('\n')}\n`;
const lines = (from: number, to: number, shift = 0): string[] => Array.from({ length: to - from }, (_, index) => line(from + index, shift));

let store: Store;
let datasets: Datasets;
let first: DatasetRecord;

async function finish<Result>(work: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (let next = await work.next(); ; next = await work.next()) if (next.done) return next.value;
}
const revised = (text: string, options?: RevisionOptions, name = 'more.csv'): Promise<DatasetRecord> =>
  finish(datasets.revise(first.id, textSource(text, name), options));
const refused = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: { code: string }) => error.code,
  );
const used = async (): Promise<number> => (await store.usage()).used ?? 0;
const hashes = ({ chunks }: { chunks: DatasetRecord['chunks'] }): string[] => chunks.map(({ ref }) => ref.hash);

beforeEach(async () => {
  store = createMemoryStore();
  datasets = createDatasets({ store, readBuiltin });
  first = await finish(datasets.import(textSource(table(lines(0, rows)), 'table.csv')));
});

test('other content is a new version of the same dataset, and what has not changed is stored once', async () => {
  const before = await used();
  const changed = lines(0, rows);
  changed[9000] = '6,100,text 1,odd';
  const second = await revised(table(changed));
  expect(DatasetRecord.parse(second)).toEqual(second);
  expect(second).toMatchObject({
    id: first.id,
    name: first.name,
    created: first.created,
    version: { number: 2, how: 'replaced', from: 'more.csv' },
  });
  expect(await datasets.list()).toHaveLength(1);
  expect(second.hash).not.toBe(first.hash);
  expect(hashes(second).filter((hash) => hashes(first).includes(hash))).toHaveLength(2);
  expect((await used()) - before).toBe(second.chunks[1].ref.bytes);
  expect((await datasets.versions(first.id)).map(({ number, inUse, rows: count }) => [number, inUse, count])).toEqual([
    [2, true, rows],
    [1, false, rows],
  ]);
  const comparison = await datasets.compare(first.id, 1, 2);
  expect(comparison).toMatchObject({
    from: 1,
    to: 2,
    rows: { from: rows, to: rows, added: 1, removed: 1 },
    added: [],
    removed: [],
    retyped: [],
    same: false,
  });
  // One value of 20,000 in each of two columns: means moved, and which did is told.
  expect(comparison.moved.filter(({ figure }) => figure === 'mean').map(({ column }) => column)).toEqual(['b', 'a']);
  const earlier = (await datasets.preview(first.id, 9000, 1, 1)).columns[0];
  expect(earlier.kind === 'number' && earlier.values[0]).toBe(9000 % 7);
});

test('the same content again makes no version, and content of an earlier version is that version', async () => {
  expect(await revised(table(lines(0, rows)))).toEqual(first);
  await revised(table(lines(0, 50)));
  const back = await revised(table(lines(0, rows)));
  expect(back).toMatchObject({ hash: first.hash, version: { number: 1 } });
  expect(await datasets.versions(first.id)).toHaveLength(2);
});

test('rows that are appended follow the others, whose chunks all stay', async () => {
  const before = await used();
  const second = await revised(table(['even,text 3,1,2.5', 'odd,text 900,2,3'], 'kind,c,b,a'), { append: true });
  expect(hashes(second).slice(0, first.chunks.length)).toEqual(hashes(first));
  expect((await used()) - before).toBe(second.chunks.at(-1)?.ref.bytes);
  expect(second).toMatchObject({ rows: rows + 2, origin: first.origin, version: { number: 2, how: 'appended', from: 'more.csv' } });
  expect(second.fields.map(({ name, type }) => `${name} ${type}`)).toEqual(['a number', 'b integer', 'c category', 'kind category']);
  // Every figure is of all rows: as if they had been read at once.
  const whole = await finish(datasets.import(textSource(table([...lines(0, rows), '2.5,1,text 3,even', '3,2,text 900,odd']))));
  // Sums over chunks of other lengths end in another last digit.
  const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(13)) : value);
  const figures = ({ fields }: DatasetRecord): unknown =>
    JSON.parse(
      JSON.stringify(
        fields.map(({ reason: _, ...field }) => field),
        rounded,
      ),
    );
  expect(figures(second)).toEqual(figures(whole));
  const [one, other] = await Promise.all([readTable(store, second), readTable(store, whole)]);
  expect(one).toEqual(other);
  expect(await datasets.compare(first.id, 1, 2)).toMatchObject({
    rows: { from: rows, to: rows + 2, added: 2, removed: 0 },
    retyped: [{ column: 'a', from: 'integer', to: 'number' }],
  });
});

test.each([
  ['a column less', 'a,b,c\n1,2,x\n', 'columns-differ', 'kind'],
  ['a column more', 'a,b,c,kind,z\n1,2,x,odd,1\n', 'columns-differ', 'z'],
  ['another name', 'a,b,C,kind\n1,2,x,odd\n', 'columns-differ', 'c'],
  ['words among numbers', 'a,b,c,kind\n1,2,x,odd\n1,two,x,odd\n', 'columns-differ', 'b'],
])('%s cannot be appended, and nothing changes', async (_, text, code, column) => {
  const before = await used();
  const error = await revised(text, { append: true }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'InputError', code, place: { column } });
  expect(await datasets.get(first.id)).toEqual(first);
  expect(await used()).toBe(before);
});

test('an earlier version is gone back to, and one that is deleted takes along only what no other has', async () => {
  const second = await revised(table([...lines(0, 8192), ...lines(0, 100, 1)]));
  const both = await used();
  expect(await datasets.useVersion(first.id, 1)).toMatchObject({ hash: first.hash, rows, version: { number: 1 } });
  expect(await datasets.get(first.id, second.hash)).toMatchObject({ rows: 8292, version: { number: 2 } });
  expect(await refused(datasets.removeVersion(first.id, 1))).toBe('version-in-use');
  expect(await refused(datasets.useVersion(first.id, 7))).toBe('unknown-version');
  const { ownBytes } = (await datasets.versions(first.id))[0];
  const left = await datasets.removeVersion(first.id, 2);
  expect(left).toMatchObject({ hash: first.hash, version: { number: 1 } });
  expect(left.versions).toBeUndefined();
  expect(both - (await used())).toBe(ownBytes);
  expect(await readTable(store, left)).toMatchObject({ rows });
  // A number that was given is not given again while a later one is there; the next is after the highest.
  expect(await revised(table(lines(3, 9)))).toMatchObject({ version: { number: 2 } });
});

test('a version that is cancelled half-way leaves the dataset and the store as they were', async () => {
  const before = await used();
  const work = datasets.revise(first.id, textSource(table(lines(0, rows, 1))));
  for (let event = await work.next(); !event.done && event.value.stage !== 'keeping'; ) event = await work.next();
  await work.return(undefined as never);
  expect(await datasets.get(first.id)).toEqual(first);
  expect(await used()).toBe(before);
});

test('a name that was changed while a version was being read stays, and rows are not appended to others than those in use', async () => {
  const replacing = datasets.revise(first.id, textSource(table(lines(0, 90))));
  await replacing.next();
  await datasets.rename(first.id, 'Another name');
  expect(await finish(replacing)).toMatchObject({ name: 'Another name', rows: 90 });
  const appending = datasets.revise(first.id, textSource(table(lines(0, 10))), { append: true });
  await appending.next();
  await datasets.useVersion(first.id, 1);
  expect(await refused(finish(appending))).toBe('stale-write');
  expect(await datasets.get(first.id)).toMatchObject({ rows, name: 'Another name' });
});

test('there is an end to versions, said before anything is lost', async () => {
  for (let number = 2; number <= mostVersions; number++) await revised(table(lines(0, number)));
  expect(await refused(revised(table(lines(0, 99))))).toBe('too-many-versions');
  expect(await datasets.versions(first.id)).toHaveLength(mostVersions);
});

test.each([
  ['day-first', '13/04/2024', '14/05/2023', '03/04/2024', Date.UTC(2024, 3, 3)],
  ['month-first', '04/13/2024', '05/14/2023', '03/04/2024', Date.UTC(2024, 2, 4)],
  ['seconds', '1717142400', '1717142401', '1200', 1_200_000],
] as const)('dates that are appended to %s ones are read alike, and so are rows to answer about', async (form, one, other, added, time) => {
  const days = await finish(datasets.import(textSource(`timestamp,x\n${one},1\n${other},2\n`, 'days.csv')));
  expect(days.fields[0]).toMatchObject({ type: 'datetime', dates: form });
  const more = await finish(datasets.revise(days.id, textSource(`timestamp,x\n${added},3\n`, 'more.csv'), { append: true }));
  expect(more.fields[0]).toMatchObject({ type: 'datetime', dates: form });
  const { columns } = await readTable(store, more);
  expect(columns[0].kind === 'number' && columns[0].values[2]).toBe(time);
  expect(more.warnings.map(({ code }) => code)).not.toContain('ambiguous-dates');
});

test('dates of the other order cannot be appended: one of both would have been read wrongly', async () => {
  const days = await finish(datasets.import(textSource('day,x\n03/04/2024,1\n05/06/2024,2\n', 'days.csv')));
  expect(days.fields[0]).toMatchObject({ dates: 'month-first' });
  const error = await finish(datasets.revise(days.id, textSource('day,x\n31/05/2024,3\n', 'more.csv'), { append: true })).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'columns-differ', place: { column: 'day' }, message: expect.stringContaining('day first') });
});

test('a chunk that stands in a table twice is shared once', async () => {
  const doubled = await revised(table([...lines(0, 8192), ...lines(0, 8192)]));
  expect(hashes(doubled)).toEqual([hashes(first)[0], hashes(first)[0]]);
  expect((await datasets.compare(first.id, 1, 2)).sharedBytes).toBe(first.chunks[0].ref.bytes);
});
