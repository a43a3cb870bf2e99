/** The shapes of Benchwright's own services: what `workers/` expose and `host/browser` connects to. */
import type { Devices } from '../compute/devices.js';
import type { Datasets } from '../data/datasets.js';
import type { Lake } from '../data/lake/lake.js';
import type { Evaluator } from '../evaluate/evaluator.js';
import type { Models } from '../infer/models.js';
import type { TensorModels } from '../infer/tensors/models.js';
import type { Deployments } from '../serve/deployments.js';
import type { Experiments } from '../serve/experiment/experiments.js';
import type { Logs } from '../serve/log/logs.js';
import type { Project } from '../storage/bundle/project.js';
import type { Inventory } from '../storage/inventory/inventory.js';
import type { Usage } from '../storage/store.js';
import type { Pipelines } from '../train/pipelines.js';
import type { Sweeps } from '../train/sweeps/sweeps.js';
import type { Trainer } from '../train/trainer.js';
import type { Shapes } from './shape.js';

/** In the data worker. */
export interface DataServices {
  datasets: Datasets;
  lake: Lake;
  project: Project;
  inventory: Inventory;
  deployments: Deployments;
  experiments: Experiments;
  logs: Logs;
}

/** In the engine worker, which owns the devices. */
export interface EngineServices {
  trainer: Trainer;
  sweeps: Sweeps;
  models: Models;
  tensorModels: TensorModels;
  evaluator: Evaluator;
  pipelines: Pipelines;
  devices: Devices;
}

/** In the engine worker too where nothing is kept but in its memory: two workers cannot share one memory. */
export interface MemoryServices extends DataServices, EngineServices {
  space: { usage(): Promise<Usage> };
}

export const dataShapes: Shapes<DataServices> = {
  datasets: {
    builtins: 'value',
    import: 'stream',
    unfinished: 'value',
    discard: 'value',
    list: 'value',
    get: 'value',
    profile: 'stream',
    preview: 'fresh',
    decodePicture: 'fresh',
    export: 'stream',
    revise: 'stream',
    retype: 'stream',
    versions: 'value',
    compare: 'value',
    useVersion: 'value',
    removeVersion: 'value',
    rename: 'value',
    remove: 'value',
    restore: 'value',
  },
  lake: { open: 'value', preview: 'fresh', estimate: 'value', import: 'stream', refresh: 'stream', close: 'value' },
  project: { items: 'value', export: 'stream', inspect: 'value', import: 'stream' },
  inventory: { items: 'value', damaged: 'value', check: 'stream', empty: 'value' },
  deployments: {
    list: 'value',
    get: 'value',
    deploy: 'value',
    load: 'value',
    unload: 'value',
    label: 'value',
    unlabel: 'value',
    removeVersion: 'value',
    divide: 'value',
    rollBack: 'value',
    keepLog: 'value',
    lineage: 'value',
    remove: 'value',
    restore: 'value',
  },
  experiments: {
    list: 'value',
    get: 'value',
    plan: 'value',
    start: 'value',
    simulate: 'value',
    result: 'value',
    reweigh: 'value',
    stop: 'value',
    decide: 'value',
    remove: 'value',
    restore: 'value',
  },
  logs: { list: 'value', get: 'value', export: 'stream', remove: 'value' },
};

export const engineShapes: Shapes<EngineServices> = {
  trainer: {
    train: 'stream',
    crossValidate: 'stream',
    findLearningRate: 'stream',
    plan: 'value',
    runs: 'value',
    run: 'value',
    insight: 'value',
    annotate: 'value',
    remove: 'value',
    restore: 'value',
  },
  sweeps: { run: 'stream', list: 'value', get: 'value', trials: 'value', remove: 'value', restore: 'value' },
  models: {
    list: 'value',
    get: 'value',
    predict: 'value',
    predictFile: 'stream',
    forecast: 'value',
    export: 'fresh',
    import: 'value',
    importFrom: 'stream',
    rename: 'value',
    remove: 'value',
    restore: 'value',
  },
  tensorModels: {
    list: 'value',
    get: 'value',
    describe: 'value',
    run: 'fresh',
    rename: 'value',
    remove: 'value',
    restore: 'value',
  },
  evaluator: { evaluate: 'value' },
  pipelines: { preview: 'fresh', list: 'value', save: 'value', remove: 'value' },
  devices: { available: 'value', choose: 'value', measure: 'value', counters: 'value' },
};

export const memoryShapes: Shapes<MemoryServices> = { ...dataShapes, ...engineShapes, space: { usage: 'value' } };
