/** Changing one record that others may be changing too: read, change, and written only if nobody was faster. */
import { StorageError } from '../base/errors.js';
import type { RecordKind, Records, Store } from './store.js';

/** So many writers in a row are not people. */
const mostAttempts = 20;

/**
 * @param change makes the new record from the one that is stored, which it does not alter; it is called anew when another writer was faster
 * @throws what `change` throws; StorageError `stale-write` when others are faster time and again
 */
export async function updateRecord<Kind extends RecordKind>(
  store: Store,
  kind: Kind,
  id: string,
  change: (stored: Records[Kind] | undefined) => Records[Kind],
): Promise<Records[Kind]> {
  for (let attempt = 1; ; attempt++) {
    const stored = await store.get(kind, id);
    const changed = change(stored);
    try {
      await store.commit({ put: [changed], expect: [{ kind, id, is: stored }] });
      return changed;
    } catch (thrown) {
      if (!(thrown instanceof StorageError && thrown.code === 'stale-write') || attempt === mostAttempts) throw thrown;
    }
  }
}
