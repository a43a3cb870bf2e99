/** What the page under test offers to the test: a store, and a worker that commits until the browser is killed. */
import { Random } from '../../../src/base/random.js';
import { openBrowserStore } from '../../../src/storage/indexeddb.js';
import { bytes, dataset, setting } from '../../contract/storage/samples.js';
import type { Work } from './worker.js';

/** Opens the store, as text the error's code where it does not open. */
const tryToOpen = (): Promise<string> =>
  openBrowserStore().then(
    (store) => store.close().then(() => 'opened'),
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
  const expected = bytes(200_000, kept.created);
  if ((await store.getChunk(kept.chunks[0].ref)).some((byte, index) => byte !== expected[index])) return 'the chunk is another';
  if ((await store.get('setting', 'n'))?.value !== kept.created) return 'half of a commit is there';
  if ((await store.list('setting')).length !== kept.created + 1) return 'a commit is missing';
  await store.collect();
  await store.getChunk(kept.chunks[0].ref);
  await store.close();
  return kept.created;
}

/** Text that a database cannot make shorter. */
function noise(length: number): string {
  const random = new Random(1);
  return Array.from({ length: length / 4 }, () => (random.integer(36 ** 4) + 36 ** 4).toString(36).slice(1)).join('');
}

/** Asks a store for more than its quota. Answers the codes of the errors, and what was and is there. */
export async function overfill(name: string): Promise<Record<string, unknown>> {
  const store = await openBrowserStore({ name });
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'no error',
      (thrown: { code: string }) => thrown.code,
    );
  const ref = await store.putChunk(bytes(100_000));
  await store.commit({ put: [dataset('before', [ref])] });
  const much = 20_000_000;
  const outcome = {
    chunk: await codeOf(store.putChunk(new Uint8Array(much).fill(1))),
    record: await codeOf(
      store.commit({ put: [setting('small', 1), setting('large', noise(much))], remove: [{ kind: 'dataset', id: 'before' }] }),
    ),
    collected: await store.collect(),
    settings: (await store.list('setting')).length,
    before: (await store.get('dataset', 'before'))?.name,
    chunkBefore: await codeOf(store.getChunk(ref)),
  };
  await store.close();
  return outcome;
}

const inWorker = (work: Work): Promise<Record<string, unknown>> =>
  new Promise((resolve) => {
    const worker = new Worker('/worker.js', { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Record<string, unknown>>) => resolve(data);
    worker.postMessage(work);
  });

declare global {
  var storagePage: {
    tryToOpen: typeof tryToOpen;
    commitForEver: typeof commitForEver;
    lastCommit: typeof lastCommit;
    overfill: typeof overfill;
    inWorker: typeof inWorker;
  };
}
globalThis.storagePage = { tryToOpen, commitForEver, lastCommit, overfill, inWorker };
