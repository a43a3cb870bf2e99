/** Logs over a store, whose code is loaded when somebody asks for one. */
import type { Store } from '../../storage/store.js';
import type { Logs } from './logs.js';

export function createLogs(store: Store): Logs {
  const stored = async () => {
    const { StoredLogs } = await import('./stored-logs.js');
    return new StoredLogs(store);
  };
  return {
    list: async () => (await stored()).list(),
    get: async (...given) => (await stored()).get(...given),
    async *export(...given) {
      return yield* (await stored()).export(...given);
    },
    remove: async (...given) => (await stored()).remove(...given),
  };
}
