/** What happens to a store in a browser: upgrades by newer tabs, connections that are dropped, workers that end. */
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from '../../../src/storage/connection.js';
import { openBrowserStore } from '../../../src/storage/indexeddb.js';
import { migrations } from '../../../src/storage/migrations/migrate.js';
import { askToPersist } from '../../../src/storage/quota.js';
import type { Store } from '../../../src/storage/store.js';
import { code } from '../../contract/storage/place.js';
import { bytes, dataset, setting } from '../../contract/storage/samples.js';
import { openInWorker } from './in-worker.js';
import { deletePlace, freshName } from './place.js';

let name: string;
let store: Store;
const { open } = IDBFactory.prototype;
let databases: IDBDatabase[];

beforeEach(async () => {
  name = freshName();
  databases = [];
  IDBFactory.prototype.open = function (...given) {
    const request = open.apply(this, given);
    request.addEventListener('success', () => databases.push(request.result));
    return request;
  };
  store = await openBrowserStore({ name });
});
afterEach(async () => {
  IDBFactory.prototype.open = open;
  await store.close();
  await deletePlace(name);
});

describe('a newer version of the database', () => {
  const newer = [...migrations, (database: { createObjectStore(name: string): unknown }) => void database.createObjectStore('more')];

  it('is not kept waiting by an older tab, keeps its records, and the older tab says what to do', async () => {
    await store.commit({ put: [setting('s', 1)] });
    const connection = new Connection(name, newer);
    expect(await connection.use((database) => database.getAll('records'))).toHaveLength(1);
    await expect(store.get('setting', 's')).rejects.toEqual(code('storage-newer'));
    await expect(store.commit({ put: [setting('s', 2)] })).rejects.toEqual(code('storage-newer'));
    await expect(openBrowserStore({ name })).rejects.toEqual(code('storage-newer'));
    await connection.close();
  });

  it('gives up with advice where an older tab does not answer, and opens once it is gone', async () => {
    await store.close();
    const deaf = await openDB(name);
    const connection = new Connection(name, newer);
    await expect(connection.use((database) => database.count('records'))).rejects.toEqual(code('storage-blocked'));
    deaf.close();
    expect(await connection.use((database) => database.count('records'))).toBe(0);
    await connection.close();
  }, 20_000);

  it('is left alone when its upgrade fails', async () => {
    await store.commit({ put: [setting('s', 1)] });
    const failing = new Connection(name, [
      ...newer,
      () => {
        throw new Error('no');
      },
    ]);
    await expect(failing.use(async () => undefined)).rejects.toEqual(code('upgrade-failed'));
    expect((await store.get('setting', 's'))?.value).toBe(1);
    expect([...databases[databases.length - 1].objectStoreNames]).not.toContain('more');
  });
});

it('opens what version 1 has written, under the names of version 1', async () => {
  await store.close();
  await deletePlace(name);
  const content = Uint8Array.of(1, 2, 3);
  const ref = { hash: '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81', bytes: 3 };
  const database = await openDB(name, 1, {
    upgrade(created) {
      created.createObjectStore('records', { keyPath: ['kind', 'id'] }).createIndex('chunks', 'chunks', { multiEntry: true });
      created.createObjectStore('chunks');
    },
  });
  await database.put('records', { kind: 'dataset', id: 'old', record: dataset('old', [ref]), chunks: [ref.hash] });
  database.close();
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('benchwright-chunks', { create: true });
  const file = await (await folder.getDirectoryHandle(name, { create: true })).getFileHandle(ref.hash, { create: true });
  const writable = await file.createWritable();
  await writable.write(content);
  await writable.close();

  store = await openBrowserStore({ name });
  expect(await store.list('dataset')).toEqual([dataset('old', [ref])]);
  expect(await store.collect()).toBe(0);
  expect(await store.getChunk(ref)).toEqual(content);
});

describe('a connection that the browser has closed', () => {
  it('is replaced, whether or not the browser told', async () => {
    for (const tell of [true, false]) {
      const [lost] = databases.slice(-1);
      lost.close();
      if (tell) lost.dispatchEvent(new Event('close'));
      await store.commit({ put: [setting('s', tell)] });
      expect((await store.get('setting', 's'))?.value).toBe(tell);
    }
    expect(databases).toHaveLength(3);
  });

  it('is replaced once by many users at once', async () => {
    databases[0].close();
    await Promise.all(Array.from({ length: 5 }, (_, index) => store.commit({ put: [setting(`s${index}`, index)] })));
    expect(await store.list('setting')).toHaveLength(5);
    expect(databases).toHaveLength(2);
  });

  it('is not replaced after the store was closed', async () => {
    await store.close();
    await expect(store.get('setting', 's')).rejects.toEqual(code('storage-closed'));
    expect(databases).toHaveLength(1);
  });
});

describe('a worker that ends', () => {
  it('leaves to be collected what it had not named', async () => {
    const worker = await openInWorker(name);
    const ref = await worker.putChunk(bytes(100));
    expect(await store.collect()).toBe(0);
    worker.terminate();
    await expect.poll(() => store.collect()).toBe(100);
    await expect(store.getChunk(ref)).rejects.toEqual(code('chunk-missing'));
  });

  it('shares chunks and records with the page', async () => {
    const worker = await openInWorker(name);
    const ref = await worker.putChunk(bytes(100));
    await worker.commit({ put: [dataset('one', [ref])] });
    expect(await store.get('dataset', 'one')).toEqual(dataset('one', [ref]));
    expect(await store.getChunk(ref)).toEqual(bytes(100));
    worker.terminate();
  });
});

it('refuses names that cannot name a store', async () => {
  for (const bad of ['', '../x', 'a/b', 'x'.repeat(65)])
    await expect(openBrowserStore({ name: bad })).rejects.toEqual(code('invalid-name'));
});

it('asks the browser to keep everything, and tells whether it will', async () => {
  expect((await store.usage()).persistent).toBe(await askToPersist());
  expect((await store.usage()).quota).toBeGreaterThan(0);
});
