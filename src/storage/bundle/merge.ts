/**
 * A project from outside beside what is kept. What is there with the same content is left alone; an id that has other content here is given
 * away to a new one, made from the content, so that the same file imported again finds it. References follow.
 */
import { StorageError } from '../../base/errors.js';
import { sha256 } from '../../base/hash.js';
import { currentPipeline } from '../../spec/migrate-pipeline.js';
import { trialId } from '../../spec/trial-id.js';
import { sameValue } from '../expected.js';
import { pipelinePrefix } from '../names.js';
import { writeRecord } from '../record-text.js';
import type { Expectation, Records, Store } from '../store.js';
import { isThing, itemOf, itemsOf, keyOf, type ProjectRecord, type ProjectThing, trialsIn } from './contents.js';
import { joinedVersions } from './join-versions.js';
import type { ProjectArrival, ProjectKind } from './project.js';

export interface Merge {
  arrivals: ProjectArrival[];
  put: ProjectRecord[];
  /** What the plan was made from. */
  expect: Expectation[];
}

export async function planMerge(store: Store, records: readonly ProjectRecord[]): Promise<Merge> {
  const ids = new Map<string, string>();
  const things = records.filter(isThing);
  // A record whose reference gets a new id may differ from what is kept for that reason alone: again, until nothing moves any more.
  for (let moved = true; moved; ) {
    moved = false;
    for (const record of things) {
      const key = keyOf(itemOf(record));
      if (ids.has(key)) continue;
      const parts = record.kind === 'sweep' ? trialsIn(records, record.id) : [];
      const kept = await keptAs(store, record);
      if (!kept || (await isKept(store, [record, ...parts], ids)) || joined(kept, record)) continue;
      ids.set(key, await freeId(store, record, parts));
      moved = true;
    }
  }
  const merge: Merge = { arrivals: [], put: [], expect: [] };
  const items = new Map(itemsOf(records).map((item) => [keyOf(item), item]));
  for (const record of things) {
    const arriving = renamed(record, ids);
    const kept = await keptAs(store, arriving);
    const there = kept !== undefined && !('deleted' in kept && kept.deleted !== undefined);
    const together = there && !sameContent(kept, arriving) ? joined(kept, arriving) : undefined;
    const lacks = together !== undefined && together !== kept;
    const outcome = lacks ? 'versions' : there ? 'there' : ids.has(keyOf(itemOf(record))) ? 'beside' : 'new';
    const item = items.get(keyOf(itemOf(record))) ?? itemOf(record);
    merge.arrivals.push({ ...item, as: itemOf(arriving).id, outcome });
    if (kept || (await isReadable(store, arriving))) merge.expect.push({ kind: arriving.kind, id: arriving.id, is: kept });
    if (lacks) merge.put.push(together);
    else if (!there)
      merge.put.push(arriving, ...(record.kind === 'sweep' ? trialsIn(records, record.id).map((trial) => renamed(trial, ids)) : []));
  }
  return merge;
}

/** Whether all of them are there as they arrive. */
async function isKept(store: Store, records: readonly ProjectRecord[], ids: ReadonlyMap<string, string>): Promise<boolean> {
  for (const record of records) {
    const kept = await keptAs(store, record);
    if (!kept || !sameContent(kept, renamed(record, ids))) return false;
  }
  return true;
}

/** What is kept under the same kind and id. A pipeline is a setting, whose value could be anything. */
async function keptAs(store: Store, { kind, id }: ProjectRecord): Promise<ProjectRecord | undefined> {
  const kept = await store.get(kind, id).catch((thrown: unknown) => {
    // One that cannot be read any more is mended by the one that arrives.
    if (!isDamaged(thrown)) throw thrown;
  });
  return kept as ProjectRecord | undefined;
}

/** Of a record that is damaged nothing can be expected. */
const isReadable = (store: Store, { kind, id }: ProjectRecord): Promise<boolean> =>
  store.get(kind, id).then(
    () => true,
    (thrown: unknown) => !isDamaged(thrown),
  );

const isDamaged = (thrown: unknown): boolean => thrown instanceof StorageError && thrown.code === 'record-damaged';

/** Of a dataset, the one record that has the versions of both, where they are of one. */
const joined = (kept: ProjectRecord, arriving: ProjectRecord): ProjectRecord | undefined =>
  kept.kind === 'dataset' && arriving.kind === 'dataset' ? joinedVersions(kept, arriving) : undefined;

/** An id that follows from the content; the next one where somebody has changed what was imported under it. */
async function freeId(store: Store, record: ProjectThing, parts: readonly ProjectRecord[]): Promise<string> {
  for (let seed = parts.length > 0 ? writeRecord([record, ...parts]) : writeRecord(record); ; ) {
    seed = await sha256(seed);
    // A deployment's id is a name that people read.
    const id = record.kind === 'deployment' ? `${record.id.slice(0, 80)}-${seed.slice(0, 8)}` : seed.slice(0, 16);
    const kept = await keptAs(
      store,
      renamedBy(record, (kind, own) => (own === itemOf(record).id && kind === itemOf(record).kind ? id : own)),
    );
    if (!kept || sameButReferences(kept, record)) return id;
  }
}

const sameContent = (kept: ProjectRecord, arriving: ProjectRecord): boolean => sameValue(comparable(kept), comparable(arriving));

/** A record imported before, whose references were given new ids. */
const sameButReferences = (kept: ProjectRecord, arriving: ProjectRecord): boolean =>
  sameValue(withoutReferences(kept), withoutReferences(arriving));

/** Deleting is no content, and pipelines are compared in their newest form. */
function comparable(given: ProjectRecord): unknown {
  const { deleted: _, ...record } = given as Records['model'];
  const plain: unknown = JSON.parse(JSON.stringify(record));
  return 'pipeline' in record ? { ...(plain as object), pipeline: currentPipeline(record.pipeline) } : plain;
}

function withoutReferences(record: ProjectRecord): unknown {
  return comparable(renamedBy(record, () => ''));
}

/** The record under its new id, pointing to the new ids of others. */
const renamed = <Some extends ProjectRecord>(record: Some, ids: ReadonlyMap<string, string>): Some =>
  renamedBy(record, (kind, id) => ids.get(keyOf({ kind, id })) ?? id) as Some;

function renamedBy(record: ProjectRecord, idOf: (kind: ProjectKind, id: string) => string): ProjectRecord {
  if (record.kind === 'setting') {
    const id = idOf('pipeline', record.value.id);
    return { ...record, id: pipelinePrefix + id, value: { ...record.value, id } };
  }
  if (record.kind === 'trial') {
    const sweep = idOf('sweep', record.sweep);
    return { ...record, sweep, id: trialId(sweep, record.number) };
  }
  const id = idOf(record.kind, record.id);
  if (record.kind === 'dataset' || record.kind === 'tensor-model') return { ...record, id };
  if (record.kind === 'deployment') {
    // A version names a model of either kind; no id is of both.
    const modelOf = (own: string): string => [idOf('model', own), idOf('tensor-model', own)].find((other) => other !== own) ?? own;
    return { ...record, id, versions: record.versions.map((each) => ({ ...each, model: modelOf(each.model) })) };
  }
  if (record.kind === 'model') {
    const { run, dataset } = record.lineage;
    return {
      ...record,
      id,
      lineage: { ...record.lineage, run: idOf('run', run), dataset: { ...dataset, id: idOf('dataset', dataset.id) } },
    };
  }
  const { dataset, testDataset } = record;
  const shared = {
    id,
    dataset: { ...dataset, id: idOf('dataset', dataset.id) },
    ...(testDataset === undefined ? {} : { testDataset: idOf('dataset', testDataset) }),
  };
  if (record.kind === 'sweep') return { ...record, ...shared, ...(record.run === undefined ? {} : { run: idOf('run', record.run) }) };
  const { modelId, sweep } = record;
  return {
    ...record,
    ...shared,
    ...(modelId === undefined ? {} : { modelId: idOf('model', modelId) }),
    ...(sweep === undefined ? {} : { sweep: { ...sweep, id: idOf('sweep', sweep.id) } }),
  };
}
