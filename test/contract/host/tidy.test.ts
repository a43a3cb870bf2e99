import { expect, test } from 'vitest';
import { tidy } from '../../../src/host/tidy.js';
import type { DatasetRecord } from '../../../src/spec/dataset.js';
import type { SweepRecord } from '../../../src/spec/sweep-record.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import { keptProfile } from '../../../src/storage/names.js';
import type { Store } from '../../../src/storage/store.js';
import { newTrial } from '../../../src/train/sweeps/records.js';

const hour = 60 * 60 * 1000;

async function keep(store: Store, id: string, deleted?: number): Promise<DatasetRecord> {
  const ref = await store.putChunk(new TextEncoder().encode(id));
  const record: DatasetRecord = {
    kind: 'dataset',
    id,
    name: id,
    created: 0,
    ...(deleted === undefined ? {} : { deleted }),
    origin: { kind: 'text', name: id },
    rows: 1,
    fields: [],
    warnings: [],
    hash: ref.hash,
    chunks: [{ ref, rows: 1 }],
  };
  await store.commit({ put: [record] });
  return record;
}

test('what was deleted over a day ago is freed; what may still be restored, and what was never deleted, stays', async () => {
  const store = createMemoryStore();
  const old = await keep(store, 'old', Date.now() - 25 * hour);
  const recent = await keep(store, 'recent', Date.now() - 23 * hour);
  const alive = await keep(store, 'alive');

  await tidy(store);

  expect((await store.list('dataset')).map(({ id }) => id)).toEqual(['alive', 'recent']);
  await expect(store.getChunk(old.chunks[0].ref)).rejects.toMatchObject({ code: 'chunk-missing' });
  for (const { chunks } of [recent, alive]) await expect(store.getChunk(chunks[0].ref)).resolves.toBeInstanceOf(Uint8Array);
});

test('trials go with their sweep', async () => {
  const store = createMemoryStore();
  const trial = (sweep: string) => ({ ...newTrial(sweep, 1, { values: {}, spec: { target: 'a' }, epochs: 1 }) });
  const sweep = (id: string, deleted?: number) => ({ kind: 'sweep', id, created: 0, ...(deleted ? { deleted } : {}) }) as SweepRecord;
  await store.commit({
    put: [
      sweep('old', Date.now() - 25 * hour),
      sweep('recent', Date.now() - hour),
      sweep('alive'),
      ...['old', 'recent', 'alive'].map(trial),
    ],
  });
  await tidy(store);
  expect((await store.list('sweep')).map(({ id }) => id)).toEqual(['alive', 'recent']);
  expect((await store.list('trial')).map((each) => each.sweep).sort()).toEqual(['alive', 'recent']);
});

test('a store that cannot be tidied is left as it is', async () => {
  const store = createMemoryStore();
  await keep(store, 'old', Date.now() - 25 * hour);
  await store.close();
  await expect(tidy(store)).resolves.toBeUndefined();
});

test('what is kept of a profile goes with the last dataset of its data; other settings stay', async () => {
  const store = createMemoryStore();
  const { hash } = await keep(store, 'alive');
  const ref = await store.putChunk(new TextEncoder().encode('a profile'));
  const ids = [keptProfile(hash, 1), keptProfile('f'.repeat(64), 1), 'theme'];
  await store.commit({ put: ids.map((id) => ({ kind: 'setting' as const, id, value: id === 'theme' ? 'dark' : { ref } })) });
  await tidy(store);
  expect((await store.list('setting')).map(({ id }) => id).sort()).toEqual([ids[0], 'theme'].sort());
  await expect(store.getChunk(ref)).resolves.toBeInstanceOf(Uint8Array);
});
