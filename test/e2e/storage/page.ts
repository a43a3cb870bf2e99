/** What the page under test offers to the test: a store, and a worker that commits until the browser is killed. */
import { openBrowserStore } from '../../../src/storage/indexeddb.js';
import { bytes, dataset, setting } from '../../contract/storage/samples.js';

/** Opens the store, as text the error's code where it does not open. */
const tryToOpen = (): Promise<string> =>
  openBrowserStore().then(
    async (store) => (await store.close(), 'opened'),
    (thrown: { code: string }) => thrown.code,
  );

/** Commits from `first` on, and tells the server of each number that is durable. */
export async function commitForEver(first: number): Promise<void> {
  const store = await openBrowserStore();
  for (let number = first; ; number++) {
    const ref = await store.putChunk(bytes(200_000, number));
    await store.commit({ put: [dataset('n', [ref], number), setting('n', number), setting(`n-${number}`, number)] });
    await fetch(`/durable/${number}`);
  }
}

/** What a store holds after `commitForEver` was cut short: the number of its last commit, or what is wrong with it. */
async function lastCommit(): Promise<number | string> {
  const store = await openBrowserStore();
  const kept = await store.get('dataset', 'n');
  if (!kept) return 'the dataset is gone';
  const content = await store.getChunk(kept.chunks[0].ref);
  if (content.some((byte, index) => byte !== bytes(index + 1, kept.created)[index])) return 'the chunk is another';
  if ((await store.get('setting', 'n'))?.value !== kept.created) return 'half of a commit is there';
  if ((await store.list('setting')).length !== kept.created + 1) return 'a commit is missing';
  await store.collect();
  await store.getChunk(kept.chunks[0].ref);
  await store.close();
  return kept.created;
}

/** Fills a store beyond its quota. Answers the codes of the errors, and what was and is there. */
async function overfill(quota: (bytes: number | undefined) => Promise<void>): Promise<Record<string, unknown>> {
  const store = await openBrowserStore({ name: 'full' });
  const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'no error', (thrown: { code: string }) => thrown.code);
  const ref = await store.putChunk(bytes(100_000));
  await store.commit({ put: [dataset('before', [ref])] });
  const much = 20_000_000;
  await quota(((await store.usage()).used ?? 0) + 2_000_000);
  const outcome = {
    chunk: await codeOf(store.putChunk(new Uint8Array(much).fill(1))),
    record: await codeOf(store.commit({ put: [setting('small', 1), setting('large', 'x'.repeat(much))], remove: [{ kind: 'dataset', id: 'before' }] })),
    collected: await store.collect(),
    settings: (await store.list('setting')).length,
    before: (await store.get('dataset', 'before'))?.name,
    chunkBefore: (await store.getChunk(ref)).byteLength,
  };
  await quota(undefined);
  return { ...outcome, after: await codeOf(store.putChunk(new Uint8Array(much).fill(1))) };
}

declare global {
  var storagePage: { tryToOpen: typeof tryToOpen; commitForEver: typeof commitForEver; lastCommit: typeof lastCommit; overfill: typeof overfill };
}
globalThis.storagePage = { tryToOpen, commitForEver, lastCommit, overfill };
