/** Deletes everything that this browser keeps for us: no undo. */
import { openBrowserStore } from '../../storage/indexeddb.js';
import { recordKinds } from '../../storage/records.js';

/**
 * Removes every record of the store in one transaction, then frees its chunks. Other tabs hear of it as of any commit. Stop
 * running work first: what it saves later is kept again.
 * @param name the database; left out, the page's own
 * @throws StorageError; then all of it is still there
 */
export async function eraseEverything(name?: string): Promise<void> {
  const store = await openBrowserStore({ name });
  try {
    const records = (await Promise.all(recordKinds.map((kind) => store.list(kind)))).flat();
    await store.commit({ remove: records.map(({ kind, id }) => ({ kind, id })) });
    await store.collect();
  } finally {
    await store.close();
  }
}
