/**
 * The workbench of a page: nothing is computed in its thread. A data worker parses and stores, an engine worker owns the
 * devices; both, and the page itself, open the same database, whose commits they announce to each other.
 */
import { newIdentifier } from '../../base/identifier.js';
import { connect } from '../../remote/connect.js';
import { resumingTrainer } from '../../remote/resuming-trainer.js';
import {
  type DataServices,
  dataShapes,
  type EngineServices,
  engineShapes,
  type MemoryServices,
  memoryShapes,
} from '../../remote/services.js';
import { openBrowserStore } from '../../storage/indexeddb.js';
import type { RecordKind } from '../../storage/store.js';
import { type CheckedOptions, checkOptions } from '../options.js';
import type { Workbench, WorkbenchOptions } from '../workbench.js';
import { dataWorkerUrl, engineWorkerUrl, trustedScriptUrl } from './page-scripts.js';
import type { MemorySetup, WorkerSetup } from './worker-setup.js';

/**
 * Opens a workbench in a page. Workers start with the first call that needs them.
 * @throws InputError `invalid-options`; StorageError `storage-unavailable` where the browser keeps nothing: 'memory' works there
 */
export async function createPageWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const checked = checkBrowserOptions(options);
  return checked.storage === 'memory' ? inMemory(checked) : inDatabase(checked);
}

export const checkBrowserOptions = (options: WorkbenchOptions): CheckedOptions =>
  checkOptions(options, { host: 'a browser', storage: ['indexeddb', 'memory'] });

async function inDatabase({ path, device, threads }: CheckedOptions): Promise<Workbench> {
  const store = await openBrowserStore({ name: path });
  const setup: WorkerSetup = { path, device, threads, base: document.baseURI };
  const data = connect<DataServices>(spawn(dataWorkerUrl), dataShapes, { setup });
  const engine = connect<EngineServices>(spawn(engineWorkerUrl), engineShapes, { setup });
  return {
    ...data.services,
    ...engine.services,
    trainer: resumingTrainer(engine.services.trainer),
    usage: () => store.usage(),
    watch: (listener) => store.watch(listener),
    async close() {
      data.close();
      engine.close();
      await store.close();
    },
  };
}

/** Two workers cannot share one memory, and passing every chunk from one to the other would double it: so one holds all. */
async function inMemory({ device, threads }: CheckedOptions): Promise<Workbench> {
  const changes = `benchwright-memory-${newIdentifier()}`;
  const setup: MemorySetup = { device, threads, base: document.baseURI, changes };
  const { services, close } = connect<MemoryServices>(spawn(engineWorkerUrl), memoryShapes, { setup });
  const { space, ...rest } = services;
  const channel = new BroadcastChannel(changes);
  return {
    ...rest,
    usage: () => space.usage(),
    watch(listener) {
      const heard = ({ data }: MessageEvent<RecordKind[]>): void => listener(data);
      channel.addEventListener('message', heard);
      return () => channel.removeEventListener('message', heard);
    },
    async close() {
      close();
      channel.close();
    },
  };
}

const spawn = (url: string) => () => new Worker(trustedScriptUrl(url), { type: 'module' });
