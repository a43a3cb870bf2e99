/**
 * Two stores seen as one: runs, models and sweeps are kept in `results`, datasets and small remembered facts in `inputs`. A command
 * reads its data into memory and leaves only the run and its model in a folder, which may be one that cannot be written to.
 */
import type { ChunkRef } from '../../spec/chunk.js';
import type { AnyRecord, Change, RecordKind, Records, Store } from '../../storage/store.js';

const ofResults: ReadonlySet<RecordKind> = new Set(['run', 'model', 'tensor-model', 'sweep', 'trial']);

/** A model that a training reads, as an extractor, lies among its inputs. */
const isRead = (kind: RecordKind): boolean => kind === 'model' || kind === 'tensor-model';

export function layeredStore(inputs: Store, results: Store): Store {
  const of = (kind: RecordKind): Store => (ofResults.has(kind) ? results : inputs);
  return {
    kind: results.kind,
    get: async <Kind extends RecordKind>(kind: Kind, id: string) =>
      (await of(kind).get(kind, id)) ?? (isRead(kind) ? await inputs.get(kind, id) : undefined),
    list: async <Kind extends RecordKind>(kind: Kind): Promise<Records[Kind][]> => [
      ...(await of(kind).list(kind)),
      ...(isRead(kind) ? await inputs.list(kind) : []),
    ],
    async commit(change: Change) {
      const part = (store: Store): Change => ({
        put: change.put?.filter((record: AnyRecord) => of(record.kind) === store),
        remove: change.remove?.filter(({ kind }) => of(kind) === store),
        expect: change.expect?.filter(({ kind }) => of(kind) === store),
      });
      for (const store of [results, inputs]) {
        const own = part(store);
        if (own.put?.length || own.remove?.length) await store.commit(own);
      }
    },
    /** New chunks belong to results: data is imported into `inputs` itself. */
    putChunk: (bytes: Uint8Array) => results.putChunk(bytes),
    abandon: (refs: ChunkRef[]) => results.abandon(refs),
    async getChunk(ref: ChunkRef) {
      return inputs.getChunk(ref).catch(() => results.getChunk(ref));
    },
    collect: () => results.collect(),
    usage: () => results.usage(),
    watch: (listener) => results.watch(listener),
    async close() {
      await Promise.all([inputs.close(), results.close()]);
    },
  };
}
