/** What was seen of a training as a chunk beside its run's record, which lists of runs read without it. */
import { InputError, StorageError } from '../../base/errors.js';
import type { ChunkRef } from '../../spec/chunk.js';
import { RunInsight } from '../../spec/insight.js';
import { validate } from '../../spec/validate.js';
import type { Store } from '../../storage/store.js';

export const encodeInsight = (insight: RunInsight): Uint8Array => new TextEncoder().encode(JSON.stringify(insight));

/** @throws StorageError `chunk-missing`, `chunk-damaged` or `insight-damaged` */
export async function readInsight(store: Store, ref: ChunkRef): Promise<RunInsight> {
  const bytes = await store.getChunk(ref);
  try {
    return validate(RunInsight, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), 'insight');
  } catch (cause) {
    if (!(cause instanceof InputError || cause instanceof SyntaxError || cause instanceof TypeError)) throw cause;
    throw new StorageError('insight-damaged', 'What was seen of this training cannot be read.', {
      advice: 'Its curves, its figures and its model are not touched by that. Train again to see it once more.',
      cause,
    });
  }
}
