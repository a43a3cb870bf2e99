/** Composes the services that need no device. */
import { createDatasets } from '../data/catalogue.js';
import type { LoadDecoder } from '../data/pictures/decoder.js';
import type { ReadBuiltin } from '../data/source.js';
import { later } from '../remote/later.js';
import { type DataServices, dataShapes } from '../remote/services.js';
import { createDeployments } from '../serve/create-deployments.js';
import { createExperiments } from '../serve/experiment/create.js';
import { createInventory } from '../storage/inventory/create.js';
import type { Store } from '../storage/store.js';

export interface DataParts {
  store: Store;
  readBuiltin: ReadBuiltin;
  loadDecoder: LoadDecoder;
}

/** What the start page asks is there at once; the rest is loaded when it is used. */
export function createDataServices(parts: DataParts): DataServices {
  const { store } = parts;
  return {
    datasets: createDatasets(parts),
    deployments: createDeployments(store),
    experiments: createExperiments({ store }),
    inventory: createInventory(store),
    lake: later(dataShapes.lake, async () => (await import('../data/lake/create.js')).createLake(store)),
    project: later(dataShapes.project, async () => (await import('../storage/bundle/create.js')).createProject(store)),
    logs: later(dataShapes.logs, async () => (await import('../serve/log/create.js')).createLogs(store)),
  };
}
