/** A kept model by its id: one of ours, or one of another program. */
import type { Store } from '../storage/store.js';
import type { AnyModelRecord } from './models.js';

/** Deleted ones too. */
export const anyModel = async (store: Store, id: string): Promise<AnyModelRecord | undefined> =>
  (await store.get('model', id)) ?? (await store.get('tensor-model', id));
