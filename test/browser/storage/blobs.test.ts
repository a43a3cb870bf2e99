/** The contract where a browser has no origin private file system, as in some private modes: chunks are blobs in the database. */
import { openDB } from 'idb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowserStore } from '../../../src/storage/indexeddb.js';
import { blobTable } from '../../../src/storage/names.js';
import { durableStoreContract } from '../../contract/storage/durable-store.contract.js';
import type { Place } from '../../contract/storage/place.js';
import { bytes, dataset } from '../../contract/storage/samples.js';
import { storeContract } from '../../contract/storage/store.contract.js';
import { chunksOf, deletePlace, freshName } from './place.js';

const { getDirectory } = StorageManager.prototype;
beforeAll(() => {
  StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('Not here.', 'SecurityError'));
});
afterAll(() => {
  StorageManager.prototype.getDirectory = getDirectory;
});

async function blobPlace(): Promise<Required<Place>> {
  const name = freshName();
  const change = async (hash: string, content: Uint8Array<ArrayBuffer> | undefined): Promise<void> => {
    const database = await openDB(name);
    await (content ? database.put(blobTable, new Blob([content]), hash) : database.delete(blobTable, hash));
    database.close();
  };
  const read = async (hash: string): Promise<Uint8Array<ArrayBuffer>> => {
    const database = await openDB(name);
    const blob: Blob = await database.get(blobTable, hash);
    database.close();
    return new Uint8Array(await blob.arrayBuffer());
  };
  return {
    open: () => openBrowserStore({ name }),
    async kept() {
      const database = await openDB(name);
      const names = await database.getAllKeys(blobTable);
      database.close();
      return names.map(String);
    },
    async damage(hash, how) {
      if (how === 'remove') return await change(hash, undefined);
      const content = await read(hash);
      if (how === 'flip a byte') content[content.length >> 1] ^= 1;
      const longer = Uint8Array.of(...content, 0);
      await change(hash, how === 'cut short' ? content.slice(0, content.length >> 1) : how === 'make longer' ? longer : content);
    },
    leaveHalf: (hash) => change(`${hash}.tmp`, new Uint8Array(3)),
    async dispose() {
      const database = await openDB(name);
      database.close();
      indexedDB.deleteDatabase(name);
    },
  };
}

storeContract('IndexedDB alone', blobPlace);
durableStoreContract('IndexedDB alone', blobPlace);

it('finds and collects chunks of both places, as a page and a worker may have to write to different ones', async () => {
  const name = freshName();
  const withBlobs = await openBrowserStore({ name });
  StorageManager.prototype.getDirectory = getDirectory;
  const withFiles = await openBrowserStore({ name });
  const refs = [await withBlobs.putChunk(bytes(100, 1)), await withFiles.putChunk(bytes(200, 2)), await withFiles.putChunk(bytes(100, 1))];
  expect(await Array.fromAsync((await chunksOf(name)).keys())).toEqual([refs[1].hash]);
  await withFiles.commit({ put: [dataset('one', refs)] });
  await withBlobs.commit({ put: [dataset('two', refs)] });
  for (const [index, ref] of refs.entries()) expect((await withFiles.getChunk(ref)).byteLength).toBe([100, 200, 100][index]);
  await withFiles.commit({ remove: ['one', 'two'].map((id) => ({ kind: 'dataset', id })) });
  expect(await withFiles.collect()).toBe(300);
  await withBlobs.close();
  await withFiles.close();
  await deletePlace(name);
});
