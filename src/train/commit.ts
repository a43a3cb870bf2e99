/** Keeping arrays and the records that name them: chunks first, then one commit; all of it or nothing. */
import { encodeFloats } from '../infer/weights.js';
import type { ChunkRef } from '../spec/chunk.js';
import type { AnyRecord, Expectation, Store } from '../storage/store.js';

export type PutFloats = (values: Float32Array) => Promise<ChunkRef>;
export type PutBytes = (bytes: Uint8Array) => Promise<ChunkRef>;

/**
 * @param make puts chunks and answers the records to commit, which it gets back
 * @param expect what must still be stored
 * @throws StorageError, such as `storage-full`, with nothing half kept
 */
export async function commitWithChunks<Kept extends AnyRecord[]>(
  store: Store,
  make: (put: PutFloats, putBytes: PutBytes) => Promise<Kept>,
  expect?: Expectation[],
): Promise<Kept> {
  const refs: ChunkRef[] = [];
  try {
    const putBytes: PutBytes = async (bytes) => {
      const ref = await store.putChunk(bytes);
      refs.push(ref);
      return ref;
    };
    const records = await make((values) => putBytes(encodeFloats(values)), putBytes);
    await store.commit({ put: records, expect });
    return records;
  } catch (error) {
    // A store that cannot even let go of chunks has nothing to add to the first error; they are collected at a later start.
    await store.abandon(refs).catch(() => undefined);
    throw error;
  }
}
