/** Where `train` keeps the rows that it reads: in memory, or, where they may be too many for it, in a folder that goes when it ends. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileStore } from '../host/node/files.js';
import { createMemoryStore } from '../storage/memory.js';
import type { Store } from '../storage/store.js';

/** Bytes of files. What cannot be told beforehand, as of an address, is taken for small. */
const mostInMemory = 128 * 2 ** 20;

export interface Inputs {
  store: Store;
  close(): Promise<void>;
}

/** @param given what is to be read, as on the command line */
export async function openInputs(given: readonly (string | undefined)[]): Promise<Inputs> {
  const sizes = await Promise.all(given.map((path) => (path === undefined ? 0 : sizeOf(path))));
  if (sizes.reduce((sum, size) => sum + size, 0) <= mostInMemory) {
    const store = createMemoryStore();
    return { store, close: () => store.close() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'benchwright-'));
  const store = await openFileStore(folder);
  return {
    store,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A folder's own size says nothing, and neither does an address: only a file's counts. */
const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );
