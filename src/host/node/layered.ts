/**
 * Two stores seen as one: datasets are read from `inputs`, everything else is kept in `results`. A command reads its data
 * into memory and leaves only the run and the model in its folder.
 */
import type { ChunkRef } from '../../spec/chunk.js';
import type { AnyRecord, Change, RecordKind, Records, Store } from '../../storage/store.js';

export function layeredStore(inputs: Store, results: Store): Store {
  const of = (kind: RecordKind): Store => (kind === 'dataset' ? inputs : results);
  return {
    kind: results.kind,
    get: <Kind extends RecordKind>(kind: Kind, id: string) => of(kind).get(kind, id),
    list: <Kind extends RecordKind>(kind: Kind): Promise<Records[Kind][]> => of(kind).list(kind),
    async commit(change: Change) {
      const part = (store: Store): Change => ({
        put: change.put?.filter((record: AnyRecord) => of(record.kind) === store),
        remove: change.remove?.filter(({ kind }) => of(kind) === store),
      });
      await results.commit(part(results));
      const data = part(inputs);
      if (data.put?.length || data.remove?.length) await inputs.commit(data);
    },
    /** New chunks belong to results: data is imported into `inputs` itself. */
    putChunk: (bytes: Uint8Array) => results.putChunk(bytes),
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
