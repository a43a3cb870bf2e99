/** The workbench of a worker, which may block its own thread: everything runs in it. */
import { openBrowserStore } from '../../storage/indexeddb.js';
import { createMemoryStore } from '../../storage/memory.js';
import { inlineWorkbench } from '../inline.js';
import type { CheckedOptions } from '../options.js';
import type { Workbench } from '../workbench.js';
import { builtinsOf } from './builtin.js';
import { loadDecoder } from './load-decoder.js';
import { openOnnx } from './open-onnx.js';

/** The built-in tables are looked for in the folder `data/` beside the worker's script. */
export async function createWorkbenchInWorker({ storage, path, device }: CheckedOptions): Promise<Workbench> {
  const store = storage === 'memory' ? createMemoryStore() : await openBrowserStore({ name: path });
  return inlineWorkbench({ store, readBuiltin: builtinsOf(location.href), loadDecoder, openOnnx, device });
}
