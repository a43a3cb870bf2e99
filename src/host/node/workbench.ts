/** The workbench of Node: all services in the caller's thread, over memory or a folder. */
import { createMemoryStore } from '../../storage/memory.js';
import { inlineWorkbench } from '../inline.js';
import { checkOptions } from '../options.js';
import type { Workbench, WorkbenchOptions } from '../workbench.js';
import { readBuiltin } from './builtin.js';
import { loadDecoder } from './decoder.js';
import { openFileStore } from './files.js';
import { openOnnx } from './open-onnx.js';

/** @throws InputError `invalid-options`, and what `openFileStore` says of a folder that cannot be used */
export async function createWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { storage, path, device } = checkOptions(options, { host: 'Node', storage: ['memory', 'files'] });
  const store = storage === 'files' && path !== undefined ? await openFileStore(path) : createMemoryStore();
  return inlineWorkbench({ store, readBuiltin, loadDecoder, openOnnx, device });
}
