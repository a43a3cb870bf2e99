/** What goes into a project file: the records that are asked for, what they need, and the chunks that these name. */
import { InputError } from '../../base/errors.js';
import type { ChunkRef } from '../../spec/chunk.js';
import type { SavedPipeline } from '../../spec/saved-pipeline.js';
import { pipelinePrefix } from '../names.js';
import { namedRefs } from '../records.js';
import type { AnyRecord, Records, Store } from '../store.js';
import type { ProjectItem, ProjectKind } from './project.js';

/** A pipeline that was saved by name is a setting, as it is stored. */
export type PipelineRecord = Records['setting'] & { value: SavedPipeline };
export type ProjectRecord = Records['dataset' | 'run' | 'model'] | PipelineRecord;

const kinds = ['dataset', 'run', 'model'] as const;

/** Deleted ones too. */
export async function everyRecord(store: Store): Promise<ProjectRecord[]> {
  const things = (await Promise.all(kinds.map((kind): Promise<ProjectRecord[]> => store.list(kind)))).flat();
  return [...things, ...(await store.list('setting')).filter(isPipeline)];
}

/** @throws InputError `unknown-item` when something is asked for that is not there */
export async function chosenRecords(store: Store, only?: readonly { kind: ProjectKind; id: string }[]): Promise<ProjectRecord[]> {
  const records = (await everyRecord(store)).filter((record) => !('deleted' in record) || record.deleted === undefined);
  if (only === undefined) return records;
  const byKey = new Map(records.map((record) => [keyOf(itemOf(record)), record]));
  const chosen = new Set<ProjectRecord>();
  for (const wanted of only) {
    const record = byKey.get(keyOf(wanted));
    if (!record) throw unknownItem(wanted);
    for (const needed of [record, ...neededBy(record).map((other) => byKey.get(keyOf(other)))]) if (needed) chosen.add(needed);
  }
  return records.filter((record) => chosen.has(record));
}

const isPipeline = (setting: Records['setting']): setting is PipelineRecord => setting.id.startsWith(pipelinePrefix);

/** Every chunk that the records name, once. */
export function chunksOf(records: readonly AnyRecord[]): ChunkRef[] {
  const refs = new Map<string, ChunkRef>();
  for (const record of records) for (const ref of namedRefs(record)) refs.set(ref.hash, ref);
  return [...refs.values()];
}

export function itemOf(record: ProjectRecord): ProjectItem {
  if (record.kind === 'setting') {
    const { id, name, created } = record.value;
    return { kind: 'pipeline', id, name, created, bytes: 0 };
  }
  const { kind, id, name, created } = record;
  return { kind, id, name, created, bytes: chunksOf([record]).reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** A run goes on only with its data; a model is used without anything else. */
function neededBy(record: ProjectRecord): { kind: ProjectKind; id: string }[] {
  if (record.kind !== 'run') return [];
  const { dataset, testDataset, modelId } = record;
  return [
    { kind: 'dataset', id: dataset.id },
    ...(testDataset === undefined ? [] : [{ kind: 'dataset' as const, id: testDataset }]),
    ...(modelId === undefined ? [] : [{ kind: 'model' as const, id: modelId }]),
  ];
}

export const keyOf = ({ kind, id }: { kind: ProjectKind; id: string }): string => `${kind} ${id}`;

const unknownItem = ({ kind, id }: { kind: ProjectKind; id: string }): InputError =>
  new InputError('unknown-item', `There is no ${kind} "${id}" to export.`, { advice: 'Choose from what is kept.', place: { kind, id } });
