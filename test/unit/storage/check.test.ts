/** Looking whether everything is whole says what it found, also where that cannot be written down. */
import { expect, test } from 'vitest';
import { StorageError } from '../../../src/base/errors.js';
import { createDatasets } from '../../../src/data/catalogue.js';
import type { DatasetRecord } from '../../../src/spec/dataset.js';
import type { Damage } from '../../../src/storage/damage.js';
import { checkAll } from '../../../src/storage/inventory/check.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import type { Store } from '../../../src/storage/store.js';
import { watchful } from '../../../src/storage/watchful.js';
import { readBuiltin, textSource } from '../data/files.js';

/** A full store with one table, whose chunks cannot be read. */
async function storeFailingWith(code: string): Promise<{ store: Store; record: DatasetRecord }> {
  const memory = createMemoryStore();
  const record = await finish(createDatasets({ store: memory, readBuiltin }).import(textSource('a,b\n1,2\n3,4\n', 'table.csv')));
  const fail = (failure: string) => (): Promise<never> => Promise.reject(new StorageError(failure, 'No.'));
  const failing: Partial<Store> = { getChunk: fail(code), commit: fail('storage-full') };
  const store = new Proxy(memory, {
    get(target, name: keyof Store) {
      const value = failing[name] ?? target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { store: watchful(store), record };
}

async function finish<Result>(work: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (let next = await work.next(); ; next = await work.next()) if (next.done) return next.value;
}

const checked = (store: Store): Promise<Damage[]> => finish(checkAll(store));

test('damage is told although it cannot be marked', async () => {
  const { store, record } = await storeFailingWith('chunk-damaged');
  expect(await checked(store)).toMatchObject([{ id: record.id, chunks: 1, of: 1 }]);
});

test('a store that does not answer is not taken for a whole one', async () => {
  const { store } = await storeFailingWith('storage-closed');
  await expect(checked(store)).rejects.toMatchObject({ code: 'storage-closed' });
});
