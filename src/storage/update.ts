/** Changing one record that others may be changing too: read, change, and written only if nobody was faster. */
import { StorageError } from '../base/errors.js';
import type { AnyRecord, Change, RecordKind, Records, Store } from './store.js';

/** So many writers in a row are not people. */
const mostAttempts = 20;

/** Whether somebody else was faster. */
export const isStale = (thrown: unknown): boolean => thrown instanceof StorageError && thrown.code === 'stale-write';

/**
 * Reads, makes and writes anew where another writer was faster in between.
 * @throws what `write` throws; StorageError `stale-write` when others are faster time and again
 */
export async function untilWritten<Written>(write: () => Promise<Written>): Promise<Written> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (thrown) {
      if (!isStale(thrown) || attempt === mostAttempts) throw thrown;
    }
  }
}

/**
 * @param change makes the new record from the one that is stored, which it does not alter; it is called anew when another writer was faster
 * @param also what else the same commit does
 * @throws what `change` throws; StorageError `stale-write` when others are faster time and again
 */
export function updateRecord<Kind extends RecordKind>(
  store: Store,
  kind: Kind,
  id: string,
  change: (stored: Records[Kind] | undefined) => Records[Kind],
  also: Pick<Change, 'remove' | 'expect'> = {},
): Promise<Records[Kind]> {
  return untilWritten(async () => {
    const stored = await store.get(kind, id);
    const changed = change(stored);
    await store.commit({ ...also, put: [changed], expect: [{ kind, id, is: stored }, ...(also.expect ?? [])] });
    return changed;
  });
}

/** Takes back that a record was deleted. @throws what `unknown` makes where there is none; StorageError `stale-write` */
export async function restoreRecord<Kind extends RecordKind>(
  store: Store,
  kind: Kind,
  id: string,
  unknown: (id: string) => Error,
): Promise<void> {
  await updateRecord(store, kind, id, (stored) => {
    if (!stored) throw unknown(id);
    return undeleted(stored);
  });
}

export function undeleted<Kept extends AnyRecord>(record: Kept): Kept {
  const { deleted: _, ...kept } = record as Kept & { deleted?: number };
  return kept as unknown as Kept;
}
