/**
 * A project from outside beside what is kept. What is there with the same content is left alone; an id that has other content here is given
 * away to a new one, made from the content, so that the same file imported again finds it. References follow.
 */
import { sha256 } from '../../base/hash.js';
import { currentPipeline } from '../../spec/migrate-pipeline.js';
import { sameValue } from '../expected.js';
import { writeRecord } from '../record-text.js';
import type { Expectation, Store } from '../store.js';
import { itemOf, keyOf, type ProjectRecord } from './contents.js';
import type { ProjectArrival, ProjectKind } from './project.js';

export interface Merge {
  arrivals: ProjectArrival[];
  put: ProjectRecord[];
  /** What the plan was made from. */
  expect: Expectation[];
}

export async function planMerge(store: Store, records: readonly ProjectRecord[]): Promise<Merge> {
  const ids = new Map<string, string>();
  // A record whose reference gets a new id may differ from what is kept for that reason alone: again, until nothing moves any more.
  for (let moved = true; moved; ) {
    moved = false;
    for (const record of records) {
      if (ids.has(keyOf(record))) continue;
      const kept = await store.get(record.kind, record.id);
      if (!kept || sameContent(kept, renamed(record, ids))) continue;
      ids.set(keyOf(record), await freeId(store, record));
      moved = true;
    }
  }
  const merge: Merge = { arrivals: [], put: [], expect: [] };
  for (const record of records) {
    const arriving = renamed(record, ids);
    const kept = await store.get(arriving.kind, arriving.id);
    const there = kept !== undefined && kept.deleted === undefined;
    merge.arrivals.push({ ...itemOf(record), as: arriving.id, outcome: there ? 'there' : ids.has(keyOf(record)) ? 'beside' : 'new' });
    merge.expect.push({ kind: arriving.kind, id: arriving.id, is: kept });
    if (!there) merge.put.push(arriving);
  }
  return merge;
}

/** An id that follows from the content; the next one where somebody has changed what was imported under it. */
async function freeId(store: Store, record: ProjectRecord): Promise<string> {
  for (let seed = writeRecord(record); ; ) {
    seed = await sha256(seed);
    const id = seed.slice(0, 16);
    const kept = await store.get(record.kind, id);
    if (!kept || sameButReferences(kept, record)) return id;
  }
}

const sameContent = (kept: ProjectRecord, arriving: ProjectRecord): boolean => sameValue(comparable(kept), comparable(arriving));

/** A record imported before, whose references were given new ids. */
const sameButReferences = (kept: ProjectRecord, arriving: ProjectRecord): boolean =>
  sameValue(withoutReferences(kept), withoutReferences(arriving));

/** Deleting is no content, and pipelines are compared in their newest form. */
function comparable({ deleted: _, ...record }: ProjectRecord): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(record));
  return 'pipeline' in record ? { ...(plain as object), pipeline: currentPipeline(record.pipeline) } : plain;
}

function withoutReferences(record: ProjectRecord): unknown {
  return comparable(renamedBy(record, () => ''));
}

/** The record under its new id, pointing to the new ids of others. */
const renamed = (record: ProjectRecord, ids: ReadonlyMap<string, string>): ProjectRecord =>
  renamedBy(record, (kind, id) => ids.get(keyOf({ kind, id })) ?? id);

function renamedBy(record: ProjectRecord, idOf: (kind: ProjectKind, id: string) => string): ProjectRecord {
  const id = idOf(record.kind, record.id);
  if (record.kind === 'dataset') return { ...record, id };
  if (record.kind === 'model') {
    const { run, dataset } = record.lineage;
    return {
      ...record,
      id,
      lineage: { ...record.lineage, run: idOf('run', run), dataset: { ...dataset, id: idOf('dataset', dataset.id) } },
    };
  }
  const { dataset, testDataset, modelId } = record;
  return {
    ...record,
    id,
    dataset: { ...dataset, id: idOf('dataset', dataset.id) },
    ...(testDataset === undefined ? {} : { testDataset: idOf('dataset', testDataset) }),
    ...(modelId === undefined ? {} : { modelId: idOf('model', modelId) }),
  };
}
