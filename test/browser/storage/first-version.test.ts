/**
 * What version 1 of the database holds is opened for ever. The database is made here by the platform's own calls, with every name written out, from
 * the records and chunks of the fixture: nothing of ours that could change along with them has a part in it.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openBrowserStore } from '../../../src/storage/indexeddb.js';
import type { Store } from '../../../src/storage/store.js';
import fixture from '../../golden/store/v1/project.bench?url';
import { deletePlace, freshName } from './place.js';

interface V1Record {
  kind: string;
  id: string;
}
interface V1Chunk {
  hash: string;
  bytes: number;
}

let records: V1Record[];
let chunks: { ref: V1Chunk; content: Blob }[];
let name: string;
let store: Store | undefined;

beforeEach(async () => {
  const file = await (await fetch(fixture)).blob();
  const length = new DataView(await file.slice(0, 48).arrayBuffer()).getUint32(12, true);
  const manifest = JSON.parse(await file.slice(48, 48 + length).text()) as { records: V1Record[]; chunks: V1Chunk[] };
  let at = 48 + length;
  records = manifest.records;
  chunks = manifest.chunks.map((ref) => {
    at += ref.bytes;
    return { ref, content: file.slice(at - ref.bytes, at) };
  });
  name = freshName();
});
afterEach(async () => {
  await store?.close();
  await deletePlace(name);
});

const hashesIn = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"hash":\s*"([0-9a-f]{64})",\s*"bytes"/g)].map(([, hash]) => hash);

async function write(blobs: boolean): Promise<void> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    const made = opening.result.createObjectStore('records', { keyPath: ['kind', 'id'] });
    made.createIndex('chunks', 'chunks', { multiEntry: true });
    opening.result.createObjectStore('chunks');
  };
  await new Promise((resolve, reject) => Object.assign(opening, { onsuccess: resolve, onerror: reject }));
  const transaction = opening.result.transaction(['records', 'chunks'], 'readwrite');
  for (const record of records)
    transaction.objectStore('records').put({ kind: record.kind, id: record.id, record, chunks: hashesIn(record) });
  if (blobs) for (const { ref, content } of chunks) transaction.objectStore('chunks').put(content, ref.hash);
  await new Promise((resolve) => transaction.addEventListener('complete', resolve));
  opening.result.close();
  if (blobs) return;
  const all = await (await navigator.storage.getDirectory()).getDirectoryHandle('benchwright-chunks', { create: true });
  const folder = await all.getDirectoryHandle(name, { create: true });
  for (const { ref, content } of chunks) {
    const writable = await (await folder.getFileHandle(ref.hash, { create: true })).createWritable();
    await writable.write(content);
    await writable.close();
  }
}

it.each([
  ['files', false],
  ['blobs in the database', true],
])('with its chunks as %s: every record, every chunk, and nothing is collected', async (_, blobs) => {
  await write(blobs);
  store = await openBrowserStore({ name });
  for (const kind of ['dataset', 'run', 'model'] as const)
    expect(await store.list(kind)).toHaveLength(records.filter((record) => record.kind === kind).length);
  for (const record of records) expect(await store.get(record.kind as 'dataset', record.id)).toEqual(record);
  expect(await store.collect()).toBe(0);
  for (const { ref } of chunks) expect((await store.getChunk(ref)).byteLength).toBe(ref.bytes);
  expect(records.length).toBeGreaterThan(3);
});
