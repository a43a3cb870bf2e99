/** Makes the data worker's services. */
import type { DataServices } from '../../remote/services.js';
import { openBrowserStore } from '../../storage/indexeddb.js';
import { watchful } from '../../storage/watchful.js';
import { createDataServices } from '../data-services.js';
import { tidy } from '../tidy.js';
import { builtinsOf } from './builtin.js';
import { loadDecoder } from './load-decoder.js';
import type { WorkerSetup } from './worker-setup.js';

export async function openData({ path, base }: WorkerSetup): Promise<DataServices> {
  const store = watchful(await openBrowserStore({ name: path }));
  void tidy(store);
  return createDataServices({ store, readBuiltin: builtinsOf(base), loadDecoder });
}
