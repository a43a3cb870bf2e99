/** Composes the services that need no device. */
import { createDatasets } from '../data/catalogue.js';
import { createLake } from '../data/lake/lazy.js';
import type { LoadDecoder } from '../data/pictures/decoder.js';
import type { ReadBuiltin } from '../data/source.js';
import type { DataServices } from '../remote/services.js';
import { createDeployments } from '../serve/create-deployments.js';
import { createExperiments } from '../serve/experiment/create.js';
import { createLogs } from '../serve/log/create.js';
import { createProject } from '../storage/bundle/create.js';
import { createInventory } from '../storage/inventory/create.js';
import type { Store } from '../storage/store.js';

export interface DataParts {
  store: Store;
  readBuiltin: ReadBuiltin;
  loadDecoder: LoadDecoder;
}

export function createDataServices(parts: DataParts): DataServices {
  const { store } = parts;
  return {
    datasets: createDatasets(parts),
    lake: createLake(store),
    project: createProject(store),
    inventory: createInventory(store),
    deployments: createDeployments(store),
    experiments: createExperiments({ store }),
    logs: createLogs(store),
  };
}
