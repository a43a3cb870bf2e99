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
type Trial = Records['trial'];
/** What stands for itself. Trials are part of their sweep. */
export type ProjectThing = Records['dataset' | 'run' | 'model' | 'tensor-model' | 'sweep' | 'deployment'] | PipelineRecord;
export type ProjectRecord = ProjectThing | Trial;

const kinds = ['dataset', 'run', 'model', 'tensor-model', 'sweep', 'trial', 'deployment'] as const;

/** Deleted ones too. */
export async function everyRecord(store: Store): Promise<ProjectRecord[]> {
  const things = (await Promise.all(kinds.map((kind): Promise<ProjectRecord[]> => store.list(kind)))).flat();
  return [...things, ...(await store.list('setting')).filter(isPipeline)];
}

/** @throws InputError `unknown-item` when something is asked for that is not there */
export async function chosenRecords(store: Store, only?: readonly { kind: ProjectKind; id: string }[]): Promise<ProjectRecord[]> {
  const records = await everyRecord(store);
  const byKey = new Map(records.filter(isKeptThing).map((thing) => [keyOf(itemOf(thing)), thing]));
  const chosen = new Set<string>(only ? [] : byKey.keys());
  const choose = (wanted: { kind: ProjectKind; id: string }): void => {
    const key = keyOf(wanted);
    const thing = byKey.get(key);
    if (!thing || chosen.has(key)) return;
    chosen.add(key);
    for (const needed of neededBy(thing)) choose(needed);
  };
  for (const wanted of only ?? []) {
    if (!byKey.has(keyOf(wanted))) throw unknownItem(wanted);
    choose(wanted);
  }
  return records.filter((record) => chosen.has(keyOf(record.kind === 'trial' ? { kind: 'sweep', id: record.sweep } : itemOf(record))));
}

const isKeptThing = (record: ProjectRecord): record is ProjectThing =>
  isThing(record) && (!('deleted' in record) || record.deleted === undefined);

export const isThing = (record: ProjectRecord): record is ProjectThing => record.kind !== 'trial';

const isPipeline = (setting: Records['setting']): setting is PipelineRecord => setting.id.startsWith(pipelinePrefix);

/** Every chunk that the records name, once. */
export function chunksOf(records: readonly AnyRecord[]): ChunkRef[] {
  const refs = new Map<string, ChunkRef>();
  for (const record of records) for (const ref of namedRefs(record)) refs.set(ref.hash, ref);
  return [...refs.values()];
}

/** What the records are, each sweep with its trials. */
export const itemsOf = (records: readonly ProjectRecord[]): ProjectItem[] =>
  records.filter(isThing).map((thing) => itemOf(thing, thing.kind === 'sweep' ? trialsIn(records, thing.id) : []));

export const trialsIn = (records: readonly ProjectRecord[], sweep: string): Trial[] =>
  records.filter((record): record is Trial => record.kind === 'trial' && record.sweep === sweep);

export function itemOf(thing: ProjectThing, parts: readonly Trial[] = []): ProjectItem {
  if (thing.kind === 'setting') {
    const { id, name, created } = thing.value;
    return { kind: 'pipeline', id, name, created, bytes: 0 };
  }
  if (thing.kind === 'deployment') return { kind: thing.kind, id: thing.id, name: thing.id, created: thing.created, bytes: 0 };
  const { kind, id, name, created } = thing;
  return { kind, id, name, created, bytes: chunksOf([thing, ...parts]).reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** A run goes on only with its data, and so does a sweep, which shows the winner's run; a deployment answers with its models; a model is used without anything else. */
function neededBy(thing: ProjectThing): { kind: ProjectKind; id: string }[] {
  if (thing.kind === 'deployment') {
    return thing.versions.flatMap(({ model: id }) => (['model', 'tensor-model'] as const).map((kind) => ({ kind, id })));
  }
  if (thing.kind !== 'run' && thing.kind !== 'sweep') return [];
  const { dataset, testDataset } = thing;
  const [kind, id] = thing.kind === 'run' ? (['model', thing.modelId] as const) : (['run', thing.run] as const);
  return [
    { kind: 'dataset', id: dataset.id },
    ...(testDataset === undefined ? [] : [{ kind: 'dataset' as const, id: testDataset }]),
    ...(id === undefined ? [] : [{ kind, id }]),
  ];
}

export const keyOf = ({ kind, id }: { kind: ProjectKind; id: string }): string => `${kind} ${id}`;

const unknownItem = ({ kind, id }: { kind: ProjectKind; id: string }): InputError =>
  new InputError('unknown-item', `There is no ${kind} "${id}" to export.`, { advice: 'Choose from what is kept.', place: { kind, id } });
