/** A workbench whose services run in the caller's own thread: in Node, and in a worker of somebody else's. */
import { watchful } from '../storage/watchful.js';
import { createDataServices } from './data-services.js';
import { createEngineServices, type EngineParts } from './engine-services.js';
import { tidy } from './tidy.js';
import type { Workbench } from './workbench.js';

/** The workbench owns the store from now on: its `close` closes it. */
export function inlineWorkbench(given: EngineParts): Workbench {
  const parts = { ...given, store: watchful(given.store) };
  const { store } = parts;
  const { dispose, ...engine } = createEngineServices(parts);
  const tidying = tidy(store);
  return {
    ...createDataServices(parts),
    ...engine,
    usage: () => store.usage(),
    watch: (listener) => store.watch(listener),
    async close() {
      dispose();
      await tidying;
      await store.close();
    },
  };
}
