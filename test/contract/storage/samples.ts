/** Records to store: whole enough for the types, small enough to read. */
import type { ChunkRef } from '../../../src/spec/chunk.js';
import type { DatasetRecord } from '../../../src/spec/dataset.js';
import type { Records } from '../../../src/storage/store.js';

export function dataset(id: string, refs: ChunkRef[] = [], created = 1): DatasetRecord {
  return {
    kind: 'dataset',
    id,
    name: `Dataset ${id}`,
    created,
    origin: { kind: 'text', name: 'pasted' },
    rows: refs.length,
    fields: [],
    warnings: [],
    hash: '0'.repeat(64),
    chunks: refs.map((ref) => ({ ref, rows: 1 })),
  };
}

export const setting = (id: string, value: unknown): Records['setting'] => ({ kind: 'setting', id, value });

/** Bytes that differ with the seed, and from byte to byte. */
export const bytes = (length: number, seed = 1): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 31 + seed * 17) % 251);
