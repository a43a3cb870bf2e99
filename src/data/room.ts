/** Whether an import will fit: asked when its first rows are there, and nothing has been written. */
import { StorageError } from '../base/errors.js';
import type { Store } from '../storage/store.js';
import { encodeChunk } from './chunks.js';
import type { ReadEvent } from './read.js';

/**
 * @param first the first rows that are to be kept
 * @param rows in all, where they have been counted
 * @throws StorageError `storage-short`, with what is needed, about, and what is free
 */
export async function requireRoom(store: Store, first: Extract<ReadEvent, { kind: 'chunk' }>, rows: number | undefined): Promise<void> {
  const { used, quota } = await store.usage();
  if (used === undefined || quota === undefined) return;
  const before = first.rows - first.chunk.rows;
  const chunks = rows === undefined ? 1 / Math.max(first.share, 1e-6) : (rows - before) / first.chunk.rows;
  const needed = Math.ceil(encodeChunk(first.chunk).byteLength * chunks);
  if (needed > quota - used) throw storageShort(needed, Math.max(0, quota - used));
}

export const storageShort = (needed: number, free: number): StorageError =>
  new StorageError(
    'storage-short',
    `This needs about ${megabytes(needed)}, and ${megabytes(free)} are free. Nothing has been written, and what was saved before is untouched.`,
    {
      advice: 'Delete what is no longer needed (the settings list what each thing takes), or free space on the disk.',
    },
  );

const megabytes = (bytes: number): string => {
  const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, 'GB'] : [bytes / 1e6, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
};
