/** Keeping what came of a training: the weights' chunk first, then model and run in one commit. */
import { encodeFloats } from '../infer/weights.js';
import type { ChunkRef } from '../spec/chunk.js';
import type { RunRecord } from '../spec/run.js';
import type { ModelRecord } from '../spec/trained.js';
import type { Store } from '../storage/store.js';

/** @throws StorageError `storage-full`, with nothing half kept and the run's checkpoint still there */
export async function saveModel(
  store: Store,
  weights: Float32Array,
  make: (weights: ChunkRef) => { run: RunRecord; model: ModelRecord },
): Promise<RunRecord> {
  const ref = await store.putChunk(encodeFloats(weights));
  try {
    const { run, model } = make(ref);
    await store.commit({ put: [model, run] });
    return run;
  } catch (error) {
    await store.abandon([ref]);
    throw error;
  }
}
