import { openBrowserStore } from '../../../src/storage/indexeddb.js';
import { durableStoreContract } from '../../contract/storage/durable-store.contract.js';
import { storeContract } from '../../contract/storage/store.contract.js';
import { openInWorker } from './in-worker.js';
import { browserPlace } from './place.js';

for (const [name, open] of [
  ['IndexedDB and OPFS', (name: string) => openBrowserStore({ name })],
  ['IndexedDB and OPFS in a worker', openInWorker],
] as const) {
  storeContract(name, () => browserPlace(open));
  durableStoreContract(name, () => browserPlace(open));
}
