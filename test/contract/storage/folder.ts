/** A folder as a place for the contract. */
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileStore } from '../../../src/host/node/files.js';
import type { Place } from './place.js';

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'benchwright-'));

export async function folderPlace(): Promise<Required<Place>> {
  const folder = await temporaryFolder();
  const chunk = (name: string): string => join(folder, 'chunks', name);
  return {
    open: () => openFileStore(folder),
    kept: () => readdir(join(folder, 'chunks')),
    async damage(hash, how) {
      if (how === 'remove') return await rm(chunk(hash));
      const content = await readFile(chunk(hash));
      if (how === 'flip a byte') content[content.length >> 1] ^= 1;
      const longer = Buffer.concat([content, Buffer.alloc(1)]);
      await writeFile(
        chunk(hash),
        how === 'cut short' ? content.subarray(0, content.length >> 1) : how === 'make longer' ? longer : content,
      );
    },
    async leaveHalf(hash) {
      const name = chunk(`${hash}.0123456789abcdef.tmp`);
      await writeFile(name, new Uint8Array(3));
      const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
      await utimes(name, longAgo, longAgo);
    },
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}
