/** Chunks against their names: a reference is checked before it becomes a path, and bytes before they are handed out. */
import { InputError, StorageError } from '../base/errors.js';
import { sha256 } from '../base/hash.js';
import type { ChunkRef } from '../spec/chunk.js';

const sha256Form = /^[0-9a-f]{64}$/;

/** @throws InputError `invalid-chunk` when the reference is not a hash and a length. */
export function checkRef({ hash, bytes }: ChunkRef): ChunkRef {
  const refuse = (field: keyof ChunkRef, expected: string): never => {
    throw new InputError('invalid-chunk', `The reference to a chunk is not valid at "${field}": expected ${expected}.`, {
      advice: 'Use a reference that putChunk gave.',
      place: { field },
    });
  };
  if (typeof hash !== 'string' || !sha256Form.test(hash)) refuse('hash', 'a SHA-256 in lower-case hexadecimal');
  if (!Number.isSafeInteger(bytes) || bytes < 0) refuse('bytes', 'a length in bytes');
  return { hash, bytes };
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
