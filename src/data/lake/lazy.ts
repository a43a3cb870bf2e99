/** The lake, whose code comes with the first call: most visits never open one. */
import type { Store } from '../../storage/store.js';
import type { Lake } from './lake.js';

export function createLake(store: Store): Lake {
  let made: Promise<Lake> | undefined;
  const lake = (): Promise<Lake> => {
    made ??= import('./create.js').then(({ createLake: create }) => create(store));
    return made;
  };
  return {
    open: async (...given) => (await lake()).open(...given),
    preview: async (...given) => (await lake()).preview(...given),
    estimate: async (...given) => (await lake()).estimate(...given),
    close: async (...given) => (await lake()).close(...given),
    async *import(...given) {
      return yield* (await lake()).import(...given);
    },
    async *refresh(...given) {
      return yield* (await lake()).refresh(...given);
    },
  };
}
