/** Makes the engine worker's services, over the browser's store or, all of them, over memory. */
import type { EngineServices, MemoryServices } from '../../remote/services.js';
import { openBrowserStore } from '../../storage/indexeddb.js';
import { watchful } from '../../storage/watchful.js';
import { createEngineServices } from '../engine-services.js';
import { builtinsOf } from './builtin.js';
import { loadDecoder } from './load-decoder.js';
import { openOnnx } from './open-onnx.js';
import type { MemorySetup, WorkerSetup } from './worker-setup.js';

export async function openEngine(setup: WorkerSetup | MemorySetup): Promise<EngineServices | MemoryServices> {
  if ('changes' in setup) return openMemory(setup);
  const store = watchful(await openBrowserStore({ name: setup.path }));
  return createEngineServices({ store, readBuiltin: builtinsOf(setup.base), loadDecoder, openOnnx, device: setup.device });
}

async function openMemory({ base, device, changes }: MemorySetup): Promise<MemoryServices> {
  const [{ createMemoryStore }, { createDataServices }] = await Promise.all([
    import('../../storage/memory.js'),
    import('../data-services.js'),
  ]);
  const store = createMemoryStore();
  const channel = new BroadcastChannel(changes);
  store.watch((kinds) => channel.postMessage(kinds));
  const parts = { store, readBuiltin: builtinsOf(base), loadDecoder, openOnnx, device };
  return { ...createDataServices(parts), ...createEngineServices(parts), space: { usage: () => store.usage() } };
}
