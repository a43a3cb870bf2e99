/** Chunks against their names: a reference is checked before it becomes a path, and bytes before they are handed out. */
import { StorageError } from '../base/errors.js';
import { sha256 } from '../base/hash.js';
import { ChunkRef } from '../spec/chunk.js';
import { validate } from '../spec/validate.js';

/** @throws InputError `invalid-chunk` when the reference is not a hash and a length. */
export function checkRef(ref: ChunkRef): ChunkRef {
  return validate(ChunkRef, ref, 'chunk');
}

/**
 * Answers the bytes when they are those that the reference names.
 * @throws StorageError `chunk-damaged`
 */
export async function checkBytes(ref: ChunkRef, bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes.byteLength !== ref.bytes) throw damagedChunk(ref, `${bytes.byteLength} bytes are there, ${ref.bytes} were written`);
  if ((await sha256(bytes)) !== ref.hash) throw damagedChunk(ref, 'its content has changed since it was written');
  return bytes;
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.byteLength === other.byteLength && one.every((byte, index) => byte === other[index]);
}

export const missingChunk = (ref: ChunkRef): StorageError =>
  new StorageError('chunk-missing', `The stored chunk ${ref.hash} (${ref.bytes} bytes) is gone.`, {
    advice: 'Import the data or train the model again; everything else that is saved is unaffected.',
    place: { chunk: ref.hash },
  });

export const damagedChunk = (ref: ChunkRef, how: string): StorageError =>
  new StorageError('chunk-damaged', `The stored chunk ${ref.hash} is damaged: ${how}.`, {
    advice: 'Import the data or train the model again; everything else that is saved is unaffected.',
    place: { chunk: ref.hash },
  });
