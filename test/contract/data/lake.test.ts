/** The lake against a real server: what is read, byte by byte, and that what it finds is what is there. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatasets } from '../../../src/data/catalogue.js';
import { createLake } from '../../../src/data/lake/create.js';
import type { Lake, LakeAccess, LakeDescription } from '../../../src/data/lake/lake.js';
import { parseWhere } from '../../../src/data/lake/where.js';
import { readTable } from '../../../src/data/whole.js';
import type { DatasetRecord } from '../../../src/spec/dataset.js';
import type { LakeQuery } from '../../../src/spec/lake.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import type { Store } from '../../../src/storage/store.js';
import { bucket, type ObjectStore, startObjectStore } from './object-store.js';
import { dataSet, type Flight, flightsOf, parquetOf } from './parquet-files.js';

const { files, flights } = dataSet();
const size = [...files.values()].reduce((sum, { length }) => sum + length, 0);

let server: ObjectStore;
let store: Store;
let lake: Lake;

beforeAll(async () => {
  server = await startObjectStore(new Map([...files].map(([path, bytes]) => [`flights/${path}`, bytes])));
});
afterAll(() => server.close());
beforeEach(() => {
  store = createMemoryStore();
  lake = createLake(store);
  server.reset();
});
afterEach(() => store.close());

const anybody = (): LakeAccess => ({ endpoint: server.url });
const open = (address = `s3://${bucket}/flights`): Promise<LakeDescription> => lake.open({ kind: 'address', address }, anybody());

async function finish<Answer>(work: AsyncGenerator<unknown, Answer>): Promise<Answer> {
  for (let next = await work.next(); ; next = await work.next()) if (next.done) return next.value;
}

const copy = (id: string, query: LakeQuery): Promise<DatasetRecord> => finish(lake.import(id, query));

/** Rows as texts, by the columns' names. */
async function rowsOf(record: DatasetRecord): Promise<Record<string, unknown>[]> {
  const { names, rows, columns } = await readTable(store, record);
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(
      names.map((name, index) => {
        const column = columns[index];
        if (column.kind === 'number') return [name, Number.isNaN(column.values[row]) ? null : column.values[row]];
        return [name, column.kind === 'text' && column.codes[row] >= 0 ? column.dictionary[column.codes[row]] : null];
      }),
    ),
  );
}

const only = (names: (keyof Flight)[], of: readonly Flight[]): Record<string, unknown>[] =>
  of.map((flight) => Object.fromEntries(names.map((name) => [name, flight[name]])));

describe('opening', () => {
  it('reads footers alone, and tells what is there', async () => {
    const found = await open();
    expect(found).toMatchObject({ files: 4, rowGroups: 40, rows: flights.length, bytes: size });
    expect(found.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['day', 'number'],
      ['delay', 'number'],
      ['origin', 'text'],
      ['note', 'text'],
      ['year', 'number'],
      ['carrier', 'text'],
    ]);
    expect(found.columns.find(({ name }) => name === 'day')).toMatchObject({ minimum: 0, maximum: 299, nulls: 0 });
    expect(found.columns.find(({ name }) => name === 'carrier')).toMatchObject({ minimum: 'AA', maximum: 'U A', partition: true });
    // One list, and the last 64 KiB of each file.
    expect(server.requests).toHaveLength(5);
    expect(server.bytes).toBe([...files.values()].reduce((sum, { length }) => sum + Math.min(length, 65_536), 0));
    expect(found.bytesRead).toBeGreaterThanOrEqual(server.bytes);
  });

  it('finds the same by an address with a slash, by one file, by lists and by a summary', async () => {
    const one = [...files.keys()][0];
    expect(await open(`${server.url}/${bucket}/flights/`)).toMatchObject({ files: 4, rows: flights.length });
    expect(await open(`${server.url}/${bucket}/flights/${one.replaceAll('%', '%25')}`)).toMatchObject({ files: 1, rows: 5000 });
    const addresses = [...files.keys()].map((path) => `${server.url}/${bucket}/flights/${path.replaceAll('%', '%25')}`);
    expect(await lake.open({ kind: 'addresses', name: 'some', addresses: addresses.slice(1) })).toMatchObject({ files: 3, rows: 15_000 });
    server.files = new Map([
      ...server.files,
      ['lists/manifest.json', new TextEncoder().encode(JSON.stringify({ entries: addresses.map((url) => ({ url })) }))],
      ['flights/list.txt', new TextEncoder().encode(`# all\n${[...files.keys()].map((path) => path.replaceAll('%', '%25')).join('\n')}\n`)],
    ]);
    expect(await open(`${server.url}/${bucket}/lists/manifest.json`)).toMatchObject({ files: 4, rows: flights.length });
    const byLines = await open(`${server.url}/${bucket}/flights/list.txt`);
    expect(byLines).toMatchObject({ files: 4, rows: flights.length });
    expect(byLines.columns.map(({ name }) => name)).toContain('carrier');
  });
});

describe('a query', () => {
  it('reads the column chunks of the row groups that it needs, and nothing else', async () => {
    const { id } = await open();
    const query: LakeQuery = { columns: ['day', 'delay', 'carrier'], where: parseWhere(`day >= 270 and delay > 100 and year = 2024`) };
    const estimate = await lake.estimate(id, query);
    // Of 40 row groups: the last of each file of 2024.
    expect(estimate).toMatchObject({ rowGroups: 2, files: 2, rows: 1000 });
    server.reset();
    const record = await copy(id, query);
    expect(server.bytes).toBe(estimate.bytes);
    expect(server.bytes).toBeLessThan(size / 100);
    // Days and delays lie side by side: one request a row group.
    expect(server.requests).toHaveLength(2);
    expect(record.origin.lake).toMatchObject({ bytesRead: estimate.bytes, requests: 2, bytes: size, query });
    const such = flights.filter(({ day, delay, year }) => day >= 270 && delay !== null && delay > 100 && year === 2024);
    expect(await rowsOf(record)).toEqual(only(['day', 'delay', 'carrier'], such));
  });

  it.each([
    ['delay is missing', (flight: Flight) => flight.delay === null],
    [
      "carrier = 'U A' and origin in ('LAS', 'ORD')",
      (flight: Flight) => flight.carrier === 'U A' && ['LAS', 'ORD'].includes(flight.origin),
    ],
    ["origin >= 'O' and delay <= -30", (flight: Flight) => flight.origin >= 'O' && flight.delay !== null && flight.delay <= -30],
    ['delay != 5 and day < 2', (flight: Flight) => flight.delay !== null && flight.delay !== 5 && flight.day < 2],
  ])('%s', async (where, holds) => {
    const { id } = await open();
    const record = await copy(id, { columns: ['year', 'delay', 'origin', 'carrier'], where: parseWhere(where) });
    expect(await rowsOf(record)).toEqual(only(['delay', 'origin', 'year', 'carrier'], flights.filter(holds)));
  });

  it('of partitions alone reads no file', async () => {
    const { id } = await open();
    server.reset();
    const record = await copy(id, { columns: ['year', 'carrier'], where: parseWhere('year > 2023') });
    expect(server.bytes).toBe(0);
    expect(record.rows).toBe(10_000);
  });

  it('that nothing satisfies, or of a column that is not there, is refused', async () => {
    const { id } = await open();
    await expect(copy(id, { where: parseWhere('day > 400') })).rejects.toMatchObject({ name: 'InputError', code: 'no-rows' });
    await expect(lake.estimate(id, { where: parseWhere('speed > 1') })).rejects.toMatchObject({
      code: 'missing-column',
      advice: /"delay"/,
    });
    await expect(lake.estimate(id, { where: [{ column: 'day', op: '=', value: 'x' }] })).rejects.toMatchObject({
      code: 'invalid-predicate',
    });
    await expect(lake.estimate('no', {})).rejects.toMatchObject({ code: 'not-open' });
  });

  it('shows its first rows, of the first row group that has some', async () => {
    const { id } = await open();
    server.reset();
    const table = await lake.preview(id, { columns: ['day', 'origin'], where: parseWhere('day > 280') }, 7);
    expect(table).toMatchObject({ rows: 7, names: ['day', 'origin'] });
    expect(server.requests).toHaveLength(1);
  });

  it('stops at once when it is cancelled, and leaves nothing behind', async () => {
    const { id } = await open();
    const controller = new AbortController();
    const work = lake.import(id, {}, {}, controller.signal);
    await work.next();
    controller.abort();
    await expect(finish(work)).rejects.toMatchObject({ name: 'AbortError' });
    expect(await store.list('dataset')).toEqual([]);
    expect(await store.collect()).toBe(0);
    expect((await store.usage()).used).toBe(0);
  });
});

describe('a sample', () => {
  it('has so many rows, the same for a seed, from some of the row groups', async () => {
    const { id } = await open();
    const sample = { rows: 400, seed: 7 };
    const estimate = await lake.estimate(id, { columns: ['day'], sample });
    expect(estimate.rowGroups).toBeLessThan(10);
    const first = await copy(id, { columns: ['day'], sample });
    expect(first.rows).toBe(400);
    expect((await copy(id, { columns: ['day'], sample })).hash).toBe(first.hash);
    expect((await copy(id, { columns: ['day'], sample: { rows: 400, seed: 8 } })).hash).not.toBe(first.hash);
  });

  it('is a share, also of rows that satisfy a condition', async () => {
    const { id } = await open();
    expect((await copy(id, { sample: { share: 0.1, seed: 1 } })).rows).toBe(2000);
    const where = parseWhere("origin = 'LAS'");
    const some = await copy(id, { where, sample: { rows: 50, seed: 1 } });
    expect(some.rows).toBe(50);
    const rows = await rowsOf(some);
    expect(rows.every(({ origin }) => origin === 'LAS')).toBe(true);
    // From several row groups, not from the first that has enough.
    expect(new Set(rows.map(({ day, year, carrier }) => `${year} ${carrier} ${Math.floor(Number(day) / 30)}`)).size).toBeGreaterThan(3);
    expect((await copy(id, { where, sample: { rows: 50, seed: 1 } })).hash).toBe(some.hash);
    const all = flights.filter(({ origin }) => origin === 'LAS').length;
    expect((await copy(id, { columns: ['day'], where, sample: { rows: 1_000_000 } })).rows).toBe(all);
    await expect(lake.estimate(id, { sample: { rows: 0 } })).rejects.toMatchObject({ code: 'invalid-sample' });
  });
});

describe('a copy', () => {
  it('is refreshed: the same where nothing changed, read anew where files did, and no other', async () => {
    const { id } = await open();
    const query = { columns: ['day', 'delay', 'year'] };
    const first = await copy(id, query);
    server.reset();
    const again = await finish(lake.refresh(first.id, anybody()));
    expect(again.id).toBe(first.id);
    expect(server.bytes).toBe(4 * 65_536);

    const before = server.files;
    const changed = flightsOf(2030, 'AA').slice(0, 1000);
    server.files = new Map([...before, ['flights/year=2024/carrier=AA/part-0.parquet', parquetOf(changed)]]);
    server.reset();
    const next = await finish(lake.refresh(first.id, anybody()));
    server.files = before;
    expect(next).toMatchObject({ id: first.id, version: { number: 2, how: 'refreshed' }, versions: [{ hash: first.hash }] });
    expect(next.origin.lake).toMatchObject({ query });
    expect(next.rows).toBe(first.rows - 4000);
    // Three files were known: of them only the footers, and chunks are shared between the versions.
    expect(next.origin.lake?.bytesRead).toBeLessThan(20_000);
    const known = new Set(first.chunks.map(({ ref }) => ref.hash));
    expect(next.chunks.filter(({ ref }) => known.has(ref.hash))).toHaveLength(3);
    expect(await rowsOf(next)).toEqual(
      only(
        ['day', 'delay', 'year'],
        [...flights.slice(0, 10_000), ...changed.map((flight) => ({ ...flight, year: 2024 })), ...flights.slice(15_000)],
      ),
    );
    // One letter in a footer, as many bytes as before: the mark tells.
    const path = 'flights/year=2023/carrier=AA/part-0.parquet';
    const other = (before.get(path) as Uint8Array).slice();
    other[Buffer.from(other).lastIndexOf('hyparquet')] = 'H'.charCodeAt(0);
    server.files = new Map([...before, [path, other]]);
    const marked = await finish(lake.refresh(first.id, anybody()));
    server.files = before;
    // What is read is what the first version was: that one is in use again, with the marks that its files have now.
    expect([marked.id, marked.hash]).toEqual([first.id, first.hash]);
    expect(marked.origin.lake?.files).not.toEqual(first.origin.lake?.files);
    await expect(finish(lake.refresh('no'))).rejects.toMatchObject({ code: 'unknown-dataset' });
  });
});

describe('a copy that was changed here', () => {
  const query = { columns: ['day', 'delay', 'year'] };
  const changed = flightsOf(2030, 'AA').slice(0, 1000);
  const withChange = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    const before = server.files;
    server.files = new Map([...before, ['flights/year=2024/carrier=AA/part-0.parquet', parquetOf(changed)]]);
    try {
      return await work();
    } finally {
      server.files = before;
    }
  };
  const datasetsOf = () => createDatasets({ store, readBuiltin: () => Promise.reject(new Error('None.')) });
  const kindsOf = ({ fields }: DatasetRecord): string[] => fields.map(({ type }) => type);

  it('keeps the types that were chosen when it is refreshed, again and again', async () => {
    const first = await copy((await open()).id, query);
    const retyped = await finish(datasetsOf().retype(first.id, { year: 'category', delay: 'text' }));
    const next = await withChange(() => finish(lake.refresh(first.id, anybody())));
    expect(kindsOf(next)).toEqual(kindsOf(retyped));
    expect(next.rows).toBe(first.rows - 4000);
    const rows = await rowsOf(next);
    expect(new Set(rows.map(({ year }) => year))).toEqual(new Set(['2023', '2024']));
    const asText = (delay: unknown): unknown => (delay === null ? null : String(delay));
    const expected = [...flights.slice(0, 10_000), ...changed, ...flights.slice(15_000)];
    expect(rows.map(({ delay }) => delay)).toEqual(only(['delay'], expected).map(({ delay }) => asText(delay)));
    const back = await finish(lake.refresh(first.id, anybody()));
    expect(kindsOf(back)).toEqual(kindsOf(retyped));
    expect(back.rows).toBe(first.rows);
  });

  it('is not refreshed where rows that were appended would be lost', async () => {
    const first = await copy((await open()).id, query);
    const text = 'day,delay,year\n1,2,2031\n';
    const longer = await finish(datasetsOf().revise(first.id, { kind: 'text', name: 'more.csv', text }, { append: true }));
    expect(await finish(lake.refresh(first.id, anybody()))).toEqual(longer);
    const refused = withChange(() => finish(lake.refresh(first.id, anybody())));
    await expect(refused).rejects.toMatchObject({ code: 'rows-appended', place: { version: 2 } });
    expect((await datasetsOf().get(first.id)).hash).toBe(longer.hash);
  });
});

describe('a store that wants a key', () => {
  const key = { id: 'AKIDEXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', token: 'a token / of + this = session' };
  let guarded: ObjectStore;
  beforeAll(async () => {
    guarded = await startObjectStore(new Map([...files].map(([path, bytes]) => [`a b/${path}`, bytes])), {
      key,
      region: 'eu-central-1',
      pageSize: 3,
    });
  });
  afterAll(() => guarded.close());
  const access = (): LakeAccess => ({
    accessKeyId: key.id,
    secretAccessKey: key.secret,
    sessionToken: key.token,
    region: 'eu-central-1',
    endpoint: guarded.url,
  });
  const openGuarded = (given: LakeAccess): Promise<LakeDescription> =>
    lake.open({ kind: 'address', address: `s3://${bucket}/a b/` }, given);

  it('lets in who signs as it wants, page by page, and keeps no secret', async () => {
    const { id, rows } = await openGuarded(access());
    expect(rows).toBe(flights.length);
    const record = await copy(id, { columns: ['day'], where: parseWhere('day < 5 and year = 2023') });
    expect(record.rows).toBe(flights.filter(({ day, year }) => day < 5 && year === 2023).length);
    const kept = JSON.stringify(record);
    for (const secret of [key.secret, key.token, key.id]) expect(kept).not.toContain(secret);
  });

  it('is the only one that sees a signature, whatever sites a list names', async () => {
    const [one] = [...files.keys()];
    const elsewhere = `${server.url}/${bucket}/flights/${one.replaceAll('%', '%25')}`;
    guarded.files = new Map([...guarded.files, ['list.txt', new TextEncoder().encode(`${elsewhere}\n`)]]);
    guarded.reset();
    const found = await lake.open({ kind: 'address', address: `${guarded.url}/${bucket}/list.txt` }, { ...access(), endpoint: '' });
    expect(found).toMatchObject({ files: 1, rows: 5000 });
    expect([guarded.signed, server.signed]).toEqual([1, 0]);
  });

  it('says in words what is wrong', async () => {
    await expect(openGuarded({ endpoint: guarded.url })).rejects.toMatchObject({ code: 'access-denied', advice: /access key/ });
    await expect(openGuarded({ ...access(), secretAccessKey: 'other' })).rejects.toMatchObject({
      code: 'access-denied',
      message: /SignatureDoesNotMatch/,
    });
    await expect(openGuarded({ ...access(), region: 'us-west-2' })).rejects.toMatchObject({ code: 'wrong-region', advice: /eu-central-1/ });
    await expect(openGuarded({ ...access(), secretAccessKey: '' })).rejects.toMatchObject({ code: 'access-incomplete' });
  });
});

describe('what cannot be read', () => {
  it('is refused in words', async () => {
    const at = (address: string, access: LakeAccess = anybody()) => lake.open({ kind: 'address', address }, access);
    await expect(at(`s3://${bucket}/nothing`)).rejects.toMatchObject({ code: 'no-files' });
    await expect(at(`${server.url}/${bucket}/no.parquet`)).rejects.toMatchObject({ code: 'no-such-file' });
    await expect(at('s3://x')).rejects.toMatchObject({ code: 'invalid-address' });
    await expect(at('ftp://host/a.parquet')).rejects.toMatchObject({ code: 'invalid-address' });
    await expect(at('http://127.0.0.1:1/a.parquet')).rejects.toMatchObject({ code: 'unreadable-url', message: /nothing answers/ });
    await expect(at(`s3://${bucket}/flights`, { endpoint: 'file:///etc' })).rejects.toMatchObject({ code: 'invalid-address' });
  });

  it('in parts is taken as a whole where it is small', async () => {
    const plain = await startObjectStore(new Map([['a.parquet', parquetOf(flightsOf(2023, 'AA'))]]), { ranges: false });
    try {
      const { id, rows } = await lake.open({ kind: 'address', address: `${plain.url}/${bucket}/a.parquet` });
      expect(rows).toBe(5000);
      expect((await copy(id, { columns: ['day'] })).rows).toBe(5000);
      expect(plain.requests.filter((request) => request.startsWith('GET'))).toHaveLength(1);
    } finally {
      await plain.close();
    }
  });

  it('because it changed meanwhile is told', async () => {
    const { id } = await open(`${server.url}/${bucket}/flights/year=2023/carrier=AA/part-0.parquet`);
    const before = server.files;
    server.files = new Map([...before, ['flights/year=2023/carrier=AA/part-0.parquet', parquetOf(flightsOf(1999, 'AA'))]]);
    await expect(copy(id, {})).rejects.toMatchObject({ code: 'changed-meanwhile' });
    server.files = before;
  });
});
