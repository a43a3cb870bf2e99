/** A store opened in a worker, its methods called by message: so that the contract runs over what workers do. */
import { toWire } from '../../../src/base/errors.js';
import { openBrowserStore } from '../../../src/storage/indexeddb.js';
import type { Store } from '../../../src/storage/store.js';

export type Call = { id: number; method: Exclude<keyof Store, 'kind' | 'watch'> | 'open'; parameters: unknown[] };

let store: Store | undefined;

addEventListener('message', async ({ data }: MessageEvent<Call>) => {
  const { id, method, parameters } = data;
  try {
    if (method === 'open') {
      store = await openBrowserStore({ name: String(parameters[0]) });
      store.watch((kinds) => postMessage({ kinds }));
      postMessage({ id });
    } else {
      const call = store?.[method] as (...given: unknown[]) => Promise<unknown>;
      postMessage({ id, result: await call.apply(store, parameters) });
    }
  } catch (thrown) {
    postMessage({ id, error: toWire(thrown) });
  }
});
