/** Experiments over a store. The list is looked at by every page; what else there is to do is loaded when somebody does it. */
import type { Experiments } from './experiments.js';
import type { ExperimentParts } from './stored-experiments.js';

export function createExperiments(parts: ExperimentParts): Experiments {
  const stored = async () => {
    const { StoredExperiments } = await import('./stored-experiments.js');
    return new StoredExperiments(parts);
  };
  return {
    list: async () => (await parts.store.list('experiment')).filter(({ deleted }) => deleted === undefined).reverse(),
    get: async (...given) => (await stored()).get(...given),
    plan: async (...given) => (await stored()).plan(...given),
    start: async (...given) => (await stored()).start(...given),
    simulate: async (...given) => (await stored()).simulate(...given),
    result: async (...given) => (await stored()).result(...given),
    reweigh: async (...given) => (await stored()).reweigh(...given),
    stop: async (...given) => (await stored()).stop(...given),
    decide: async (...given) => (await stored()).decide(...given),
    remove: async (...given) => (await stored()).remove(...given),
    restore: async (...given) => (await stored()).restore(...given),
  };
}
