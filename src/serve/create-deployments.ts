/** Deployments over a store. The list is looked at by every page; what it takes to change one is loaded when somebody does. */
import type { Store } from '../storage/store.js';
import type { Deployments } from './deployments.js';

export function createDeployments(store: Store): Deployments {
  const stored = async () => {
    const { StoredDeployments } = await import('./stored-deployments.js');
    return new StoredDeployments(store);
  };
  return {
    list: async () => (await store.list('deployment')).filter(({ deleted }) => deleted === undefined),
    get: async (...given) => (await stored()).get(...given),
    deploy: async (...given) => (await stored()).deploy(...given),
    load: async (...given) => (await stored()).load(...given),
    unload: async (...given) => (await stored()).unload(...given),
    label: async (...given) => (await stored()).label(...given),
    unlabel: async (...given) => (await stored()).unlabel(...given),
    removeVersion: async (...given) => (await stored()).removeVersion(...given),
    divide: async (...given) => (await stored()).divide(...given),
    rollBack: async (...given) => (await stored()).rollBack(...given),
    keepLog: async (...given) => (await stored()).keepLog(...given),
    lineage: async (...given) => (await stored()).lineage(...given),
    remove: async (...given) => (await stored()).remove(...given),
    restore: async (...given) => (await stored()).restore(...given),
  };
}
