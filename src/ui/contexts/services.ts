/** One small context a service: a panel asks for the two or three that it uses. The shell provides them. */
import { createContext } from '@lit/context';
import type { Devices } from '../../compute/devices.js';
import type { Datasets } from '../../data/datasets.js';
import type { Lake } from '../../data/lake/lake.js';
import type { Models } from '../../infer/models.js';
import type { TensorModels } from '../../infer/tensors/models.js';
import type { Deployments } from '../../serve/deployments.js';
import type { Experiments } from '../../serve/experiment/experiments.js';
import type { Logs } from '../../serve/log/logs.js';
import type { Project } from '../../storage/bundle/project.js';
import type { Inventory } from '../../storage/inventory/inventory.js';
import type { Pipelines } from '../../train/pipelines.js';
import type { Sweeps } from '../../train/sweeps/sweeps.js';
import type { Trainer } from '../../train/trainer.js';

export const datasetsContext = createContext<Datasets>(Symbol('datasets'));
export const lakeContext = createContext<Lake>(Symbol('lake'));
export const trainerContext = createContext<Trainer>(Symbol('trainer'));
export const sweepsContext = createContext<Sweeps>(Symbol('sweeps'));
export const modelsContext = createContext<Models>(Symbol('models'));
export const tensorModelsContext = createContext<TensorModels>(Symbol('tensor models'));
export const deploymentsContext = createContext<Deployments>(Symbol('deployments'));
export const experimentsContext = createContext<Experiments>(Symbol('experiments'));
export const logsContext = createContext<Logs>(Symbol('logs'));
export const devicesContext = createContext<Devices>(Symbol('devices'));
export const pipelinesContext = createContext<Pipelines>(Symbol('pipelines'));
export const inventoryContext = createContext<Inventory>(Symbol('inventory'));
export const projectContext = createContext<Project>(Symbol('project'));
