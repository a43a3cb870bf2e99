/** Small remembered facts as records of kind 'setting'. */
import { StorageError } from '../base/errors.js';
import type { Store } from '../storage/store.js';

export interface Settings {
  /** The value that was remembered, whoever wrote it: check it before use. */
  recall(key: string): Promise<unknown>;
  /** Never fails for want of room: what is not remembered is found out again. */
  remember(key: string, value: unknown): Promise<void>;
}

export function settings(store: Store): Settings {
  return {
    recall: async (key) => (await store.get('setting', key))?.value,
    async remember(key, value) {
      try {
        await store.commit({ put: [{ kind: 'setting', id: key, value }] });
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
      }
    },
  };
}
