/** Imports that were cut off: what is kept of them, and going on to the very same dataset. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDatasets } from '../../../src/data/catalogue.js';
import { identityOf } from '../../../src/data/import-journal.js';
import type { ByteSource, Source } from '../../../src/data/source.js';
import type { DatasetRecord } from '../../../src/spec/dataset.js';
import { ImportRecord } from '../../../src/spec/import.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import type { Store } from '../../../src/storage/store.js';
import { readBuiltin } from './files.js';

const rows = 30_000;
const text = `id,word,value,day\n${Array.from({ length: rows }, (_, row) => `${row},"w,${row % 700}",${(row * 37) % 1000},2024-01-${String((row % 28) + 1).padStart(2, '0')}`).join('\n')}\n`;

/** A file whose slices are noted. */
function file(content = text): { source: Source; entered: number[] } {
  const blob = new Blob([content]);
  const entered: number[] = [];
  const bytes: ByteSource = {
    size: blob.size,
    lastModified: 7,
    stream: () => blob.stream(),
    slice(start, end) {
      if (start > 0) entered.push(start);
      return blob.slice(start, end);
    },
  };
  return { source: { kind: 'file', name: 'long.csv', file: bytes }, entered };
}

async function imported(store: Store, source: Source): Promise<DatasetRecord> {
  const reading = createDatasets({ store, readBuiltin }).import(source);
  for (let next = await reading.next(); ; next = await reading.next()) if (next.done) return next.value;
}

/** The import as it stands in the store after so many chunks, and a store that holds just that. */
async function cutOffAfter(chunks: number, source = file().source): Promise<{ store: Store; record: ImportRecord; whole: DatasetRecord }> {
  const disturbed = createMemoryStore();
  const commit = disturbed.commit.bind(disturbed);
  let record: ImportRecord | undefined;
  vi.spyOn(disturbed, 'commit').mockImplementation(async (change) => {
    for (const put of change.put ?? []) if (put.kind === 'import' && put.chunks.length === chunks) record = structuredClone(put);
    await commit(change);
  });
  const whole = await imported(disturbed, source);
  if (!record) throw new Error('It was never kept.');
  const store = createMemoryStore();
  for (const { ref } of record.chunks) await store.putChunk(await disturbed.getChunk(ref));
  await store.commit({ put: [record] });
  return { store, record, whole };
}

beforeEach(() => {
  // Every look at the clock finds that it is time to keep what there is.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 10_000));
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('an import that was cut off goes on where it was, to the same dataset', async () => {
  const { store, record, whole } = await cutOffAfter(2);
  expect(ImportRecord.parse(record)).toEqual(record);
  expect(record).toMatchObject({ name: 'long', after: { row: 16_384, line: 16_386 }, learnt: { rows } });
  const { source, entered } = file();
  const datasets = createDatasets({ store, readBuiltin });
  expect((await datasets.unfinished()).map(({ id }) => id)).toEqual([record.id]);
  const again = await imported(store, source);
  expect(entered).toEqual([record.after.byte]);
  expect({ ...again, id: '', created: 0 }).toEqual({ ...whole, id: '', created: 0 });
  expect(await store.list('import')).toEqual([]);
});

test('where a chunk of it is gone, it begins anew', async () => {
  const { store, record, whole } = await cutOffAfter(2);
  await store.commit({ remove: [{ kind: 'import', id: record.id }] });
  await store.abandon([record.chunks[0].ref]);
  await store.commit({ put: [record] });
  const { source, entered } = file();
  expect((await imported(store, source)).hash).toBe(whole.hash);
  expect(entered).toEqual([]);
  expect(await store.list('import')).toEqual([]);
});

test('another file is not taken for it', async () => {
  const { store, record } = await cutOffAfter(1);
  const { source, entered } = file(`${text}30000,x,1,2024-01-01\n`);
  expect((await imported(store, source)).rows).toBe(rows + 1);
  expect(entered).toEqual([]);
  expect((await store.list('import')).map(({ id }) => id)).toEqual([record.id]);
});

test('it can be discarded, and frees what it kept', async () => {
  const { store, record } = await cutOffAfter(3);
  await createDatasets({ store, readBuiltin }).discard(record.id);
  expect(await store.list('import')).toEqual([]);
  expect((await store.usage()).used).toBe(0);
});

test('cancelled or failed imports leave nothing', async () => {
  const store = createMemoryStore();
  const controller = new AbortController();
  const reading = createDatasets({ store, readBuiltin }).import(file().source, undefined, controller.signal);
  for (let next = await reading.next(); !next.done && next.value.stage === 'learning'; next = await reading.next());
  await expect.poll(async () => (await store.usage()).used).toBeGreaterThan(0);
  controller.abort();
  await expect(
    (async () => {
      for (let next = await reading.next(); !next.done; next = await reading.next());
    })(),
  ).rejects.toMatchObject({ name: 'AbortError' });
  expect(await store.list('import')).toEqual([]);
  expect((await store.usage()).used).toBe(0);
});

test('what comes only once is not known again', async () => {
  expect(await identityOf({ kind: 'text', name: 'a', text: 'a\n1\n' })).toBeUndefined();
  expect(await identityOf({ kind: 'file', name: 'a', file: { stream: () => new Blob(['a\n1\n']).stream() } })).toBeUndefined();
});

test('an address goes on by range where the file is the same, and from the beginning where it is another', async () => {
  const bytes = Buffer.from(text);
  const asked: string[] = [];
  let etag: string | undefined = '"one"';
  const server = createServer((request, response) => {
    const from = Number(/bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    asked.push(`${request.method} ${request.headers.range ?? 'all'}`);
    if (etag) response.setHeader('etag', etag);
    if (from > 0) response.setHeader('content-range', `bytes ${from}-${bytes.length - 1}/${bytes.length}`);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length - from }).end(bytes.subarray(from));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const source: Source = { kind: 'url', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/long.csv` };
    const { store, record, whole } = await cutOffAfter(2, source);
    expect(record.source).toEqual({ kind: 'url', name: source.url, size: bytes.length, etag });
    // Read twice, fetched once.
    expect(asked.splice(0)).toEqual(['HEAD all', 'GET all']);
    const again = await imported(store, source);
    expect(asked.splice(0)).toEqual(['HEAD all', 'GET all', `GET bytes=${record.after.byte}-`]);
    expect(again.hash).toBe(whole.hash);
    await store.commit({ put: [record] });
    etag = '"two"';
    expect((await imported(store, source)).hash).toBe(whole.hash);
    expect(asked.splice(0)).toEqual(['HEAD all', 'GET all']);
    etag = undefined;
    expect(await identityOf(source)).toBeUndefined();
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('an import that was overtaken, as in a tab that was frozen, writes nothing more and takes nothing away', async () => {
  const store = createMemoryStore();
  const reading = createDatasets({ store, readBuiltin }).import(file().source);
  for (let next = await reading.next(); !next.done && (await store.list('import')).length === 0; next = await reading.next());
  // Another tab, to which the browser gave what this one held, has gone on with it.
  const [kept] = await store.list('import');
  const others = { ...kept, updated: kept.updated + 1, name: "the other's" };
  await store.commit({ put: [others] });
  await expect(
    (async () => {
      for (let next = await reading.next(); !next.done; next = await reading.next());
    })(),
  ).rejects.toMatchObject({ code: 'stale-write' });
  expect(await store.list('dataset')).toEqual([]);
  expect(await store.list('import')).toEqual([others]);
  for (const { ref } of others.chunks) expect((await store.getChunk(ref)).byteLength).toBe(ref.bytes);
});
