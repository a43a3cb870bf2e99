/** The browser's store as a place for the contract: opened here or in a worker, and damaged from behind through the file system. */
import { deleteDB } from 'idb';
import { chunkFolder } from '../../../src/storage/names.js';
import type { Store } from '../../../src/storage/store.js';
import type { Place } from '../../contract/storage/place.js';

let places = 0;

export const freshName = (): string => `test-${Date.now()}-${places++}`;

export async function chunksOf(name: string): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return await (await root.getDirectoryHandle(chunkFolder, { create: true })).getDirectoryHandle(name, { create: true });
}

export async function deletePlace(name: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await (await root.getDirectoryHandle(chunkFolder, { create: true })).removeEntry(name, { recursive: true }).catch(() => undefined);
  await deleteDB(name);
}

export async function browserPlace(open: (name: string) => Promise<Store>): Promise<Required<Place>> {
  const name = freshName();
  const workers: { terminate?(): void }[] = [];
  return {
    async open() {
      const store = await open(name);
      workers.push(store as { terminate?(): void });
      return store;
    },
    async kept() {
      return await Array.fromAsync((await chunksOf(name)).keys());
    },
    async damage(hash, how) {
      const folder = await chunksOf(name);
      if (how === 'remove') return await folder.removeEntry(hash);
      const handle = await folder.getFileHandle(hash);
      const content = new Uint8Array(await (await handle.getFile()).arrayBuffer());
      if (how === 'flip a byte') content[content.length >> 1] ^= 1;
      const writable = await handle.createWritable();
      await writable.write(how === 'cut short' ? content.subarray(0, content.length >> 1) : content);
      if (how === 'make longer') await writable.write(new Uint8Array(1));
      await writable.close();
    },
    async leaveHalf(hash) {
      const handle = await (await chunksOf(name)).getFileHandle(`${hash}.0123456789abcdef.tmp`, { create: true });
      const writable = await handle.createWritable();
      await writable.write(new Uint8Array(3));
      await writable.close();
    },
    async dispose() {
      for (const worker of workers) worker.terminate?.();
      await deletePlace(name);
    },
  };
}
