/** What an import will take, told by its first rows, when nothing has been written. */
import { encodeChunk } from './chunks.js';
import type { ReadEvent } from './read.js';

/**
 * @param first the first rows that are to be kept
 * @param rows in all, where they have been counted
 */
export function bytesNeeded(first: Extract<ReadEvent, { kind: 'chunk' }>, rows: number | undefined): number {
  const before = first.rows - first.chunk.rows;
  const chunks = rows === undefined ? 1 / Math.max(first.share, 1e-6) : (rows - before) / first.chunk.rows;
  return Math.ceil(encodeChunk(first.chunk).byteLength * chunks);
}
