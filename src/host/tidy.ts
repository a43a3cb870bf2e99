/** Frees, at a start, the space of what was deleted so long ago that nobody is about to undo it. */
import { timestamp } from '../base/clock.js';
import type { RecordKind, Store } from '../storage/store.js';

const kinds = ['dataset', 'run', 'model'] as const satisfies RecordKind[];

/** A day, in milliseconds: another tab may still offer to undo a deletion of this morning. */
const undoWithin = 24 * 60 * 60 * 1000;

/** A week, in milliseconds, in which an import that was cut off may go on. */
const goOnWithin = 7 * undoWithin;

/** Never fails: what could not be freed now is freed at the next start. */
export async function tidy(store: Store): Promise<void> {
  const before = timestamp() - undoWithin;
  try {
    const records = (await Promise.all(kinds.map((kind) => store.list(kind)))).flat();
    const remove: { kind: RecordKind; id: string }[] = records
      .filter(({ deleted }) => deleted !== undefined && deleted < before)
      .map(({ kind, id }) => ({ kind, id }));
    const imports = await store.list('import');
    remove.push(...imports.filter(({ updated }) => updated < timestamp() - goOnWithin).map(({ kind, id }) => ({ kind, id })));
    if (remove.length > 0) await store.commit({ remove });
    await store.collect();
  } catch {
    // The store is closed, full or broken: whoever needs it next is told.
  }
}
