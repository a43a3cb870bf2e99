/** Frees, at a start, the space of what was deleted so long ago that nobody is about to undo it. */
import { timestamp } from '../base/clock.js';
import { isKeptFeatures, profiledHash } from '../storage/names.js';
import type { RecordKind, Store } from '../storage/store.js';

const kinds = ['dataset', 'run', 'model', 'tensor-model', 'sweep', 'deployment', 'experiment'] as const satisfies RecordKind[];

/** A day, in milliseconds: another tab may still offer to undo a deletion of this morning. */
const undoWithin = 24 * 60 * 60 * 1000;

/** A week, in milliseconds, in which an import that was cut off may go on. */
const goOnWithin = 7 * undoWithin;

/** Profiles of data that is not there any more. */
async function orphanedProfiles(store: Store): Promise<{ kind: 'setting'; id: string }[]> {
  const hashes = new Set(
    (await store.list('dataset')).flatMap(({ hash, versions = [] }) => [hash, ...versions.map((version) => version.hash)]),
  );
  const settings = await store.list('setting');
  return settings.flatMap(({ id }) => {
    const hash = profiledHash(id);
    return hash === undefined || hashes.has(hash) ? [] : [{ kind: 'setting' as const, id }];
  });
}

/** Features that no training has added to for a month: what is computed in seconds need not be kept for good. */
const featuresWithin = 30 * undoWithin;

async function oldFeatures(store: Store): Promise<{ kind: 'setting'; id: string }[]> {
  const before = timestamp() - featuresWithin;
  const isOld = (value: unknown): boolean => !(((value as { used?: unknown } | null)?.used as number) >= before);
  return (await store.list('setting')).flatMap(({ id, value }) =>
    isKeptFeatures(id) && isOld(value) ? [{ kind: 'setting' as const, id }] : [],
  );
}

/** Trials of sweeps that are not there any more, or go now. */
async function orphanedTrials(store: Store, going: readonly { kind: RecordKind; id: string }[]): Promise<{ kind: 'trial'; id: string }[]> {
  const gone = new Set(going.flatMap(({ kind, id }) => (kind === 'sweep' ? [id] : [])));
  const kept = new Set((await store.list('sweep')).flatMap(({ id }) => (gone.has(id) ? [] : [id])));
  return (await store.list('trial')).flatMap(({ id, sweep }) => (kept.has(sweep) ? [] : [{ kind: 'trial' as const, id }]));
}

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
    remove.push(...(await orphanedTrials(store, remove)));
    if (remove.length > 0) await store.commit({ remove });
    await store.commit({ remove: [...(await orphanedProfiles(store)), ...(await oldFeatures(store))] });
    await store.collect();
  } catch {
    // The store is closed, full or broken: whoever needs it next is told.
  }
}
