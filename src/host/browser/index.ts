/** What the library runs in pages and workers: the values of `src/index.ts`. */

export {
  AbortError,
  BenchwrightError,
  DeviceError,
  InputError,
  StorageError,
  TrainingError,
  WorkerError,
} from '../../base/errors.js';
export { describeModel } from '../../compute/plan/inspect.js';
export { createWorkbench } from './workbench.js';
