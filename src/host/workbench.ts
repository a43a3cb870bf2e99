/** The workbench: one small interface a service, the same in a page (behind workers), in a worker and in Node. */
import type { Devices } from '../compute/devices.js';
import type { Datasets } from '../data/datasets.js';
import type { Lake } from '../data/lake/lake.js';
import type { Evaluator } from '../evaluate/evaluator.js';
import type { Models } from '../infer/models.js';
import type { TensorModels } from '../infer/tensors/models.js';
import type { Deployments } from '../serve/deployments.js';
import type { Experiments } from '../serve/experiment/experiments.js';
import type { Logs } from '../serve/log/logs.js';
import type { DevicePreference } from '../spec/device-name.js';
import type { Project } from '../storage/bundle/project.js';
import type { Inventory } from '../storage/inventory/inventory.js';
import type { RecordKind, Usage } from '../storage/store.js';
import type { Pipelines } from '../train/pipelines.js';
import type { Sweeps } from '../train/sweeps/sweeps.js';
import type { Trainer } from '../train/trainer.js';

export interface WorkbenchOptions {
  /** Default: 'indexeddb' in a page or worker, 'memory' in Node. */
  storage?: 'memory' | 'indexeddb' | 'files';
  /** The folder of 'files', or the database name of 'indexeddb'. */
  path?: string;
  /** The default of every training; a spec may ask for another. */
  device?: DevicePreference;
  /** The most threads that an engine may use; those of today use one. Default: cores − 1, at least 1. */
  threads?: number;
}

export interface Workbench {
  readonly datasets: Datasets;
  /** Parquet data sets that lie elsewhere, of which only what is asked for is read. */
  readonly lake: Lake;
  readonly trainer: Trainer;
  /** Many trainings compared, and the best kept. */
  readonly sweeps: Sweeps;
  readonly models: Models;
  /** Models of other programs, used by tensors. */
  readonly tensorModels: TensorModels;
  readonly evaluator: Evaluator;
  readonly pipelines: Pipelines;
  readonly devices: Devices;
  /** Models that answer requests, by name. */
  readonly deployments: Deployments;
  /** Versions of a deployment compared by what comes of their answers. */
  readonly experiments: Experiments;
  /** What deployments were asked and answered. */
  readonly logs: Logs;
  /** Everything in one `.bench` file, out and in. */
  readonly project: Project;
  /** What each thing takes, and whether it is whole. */
  readonly inventory: Inventory;
  /** What is kept, and how much room there is. */
  usage(): Promise<Usage>;
  /** Calls the listener after records changed, here or in another tab. Answers the function that stops it. */
  watch(listener: (kinds: RecordKind[]) => void): () => void;
  close(): Promise<void>;
}
