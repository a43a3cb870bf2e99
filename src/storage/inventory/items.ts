/** What each thing takes: chunks that several name count for each of them, and are nobody's own. */

import { type Damage, damageOf, type Owner, owners } from '../damage.js';
import { profiledHash } from '../names.js';
import { namedRefs } from '../records.js';
import type { AnyRecord, Expectation, Store } from '../store.js';
import { damagedChunks } from '../watchful.js';
import type { KeptItem } from './inventory.js';

export async function keptItems(store: Store): Promise<KeptItem[]> {
  const [things, imports, settings, damaged] = await Promise.all([
    owners(store),
    store.list('import'),
    store.list('setting'),
    damagedChunks(store),
  ]);
  const profiles = settings.filter(({ id }) => profiledHash(id) !== undefined);
  const users = new Map<string, number>();
  for (const record of [...things, ...imports, ...profiles])
    for (const { hash } of namedRefs(record)) users.set(hash, (users.get(hash) ?? 0) + 1);
  const sizes = (records: readonly (AnyRecord | Owner)[]): Pick<KeptItem, 'bytes' | 'ownBytes'> => {
    const refs = records.flatMap(namedRefs);
    const sum = (wanted: typeof refs): number => wanted.reduce((total, { bytes }) => total + bytes, 0);
    return { bytes: sum(refs), ownBytes: sum(refs.filter(({ hash }) => users.get(hash) === 1)) };
  };
  const items = things.map((record): KeptItem => {
    const { kind, id, name, created, deleted } = record;
    const damage = damageOf(record, damaged);
    return { kind, id, name, created, ...(deleted === undefined ? {} : { deleted }), ...sizes([record]), ...(damage ? { damage } : {}) };
  });
  for (const record of imports)
    items.push({ kind: 'import', id: record.id, name: record.name, created: record.created, ...sizes([record]) });
  if (profiles.length > 0) items.push({ kind: 'profile', id: 'profiles', name: 'Profiles of tables', created: 0, ...sizes(profiles) });
  return items.sort((one, other) => other.bytes - one.bytes);
}

export const damageIn = async (store: Store, damaged: ReadonlySet<string>): Promise<Damage[]> => [
  ...(await damagedRecords(store)),
  ...(await owners(store)).filter(({ deleted }) => deleted === undefined).flatMap((record) => damageOf(record, damaged) ?? []),
];

/** Of these no more is known than what they were: their names went with them. */
async function damagedRecords(store: Store): Promise<Damage[]> {
  const found = (await store.unreadable?.()) ?? [];
  return found.flatMap(({ message, place }): Damage[] => {
    const { kind, id } = place;
    if (!isOwner(kind) && kind !== 'deployment') return [];
    const advice = 'Everything else works as before. Import a .bench file that holds it, or put the file back from a copy.';
    return [{ kind, id: String(id), name: String(id), chunks: 0, of: 0, message, advice }];
  });
}

const ownerKinds: readonly Owner['kind'][] = ['dataset', 'run', 'model', 'tensor-model', 'sweep'];
const isOwner = (kind: unknown): kind is Owner['kind'] => ownerKinds.includes(kind as Owner['kind']);

/** As it is stored. */
function recordOf(owner: Owner): AnyRecord {
  if (owner.kind !== 'sweep') return owner;
  const { parts: _, ...sweep } = owner;
  return sweep;
}

/** Answers the bytes freed. */
export async function emptyBin(store: Store): Promise<number> {
  const isGone = ({ deleted }: { deleted?: number | undefined }): boolean => deleted !== undefined;
  const gone = (await owners(store)).filter(isGone);
  const others = [...(await store.list('deployment')), ...(await store.list('experiment'))].filter(isGone);
  // Whoever restores one meanwhile keeps it.
  const is = (owner: Owner): Expectation => ({ kind: owner.kind, id: owner.id, is: recordOf(owner) });
  const records = [...gone.flatMap((owner) => [owner, ...(owner.kind === 'sweep' ? owner.parts : [])]), ...others];
  const expect = [...gone.map(is), ...others.map((record) => ({ kind: record.kind, id: record.id, is: record }))];
  if (records.length > 0) await store.commit({ remove: records.map(({ kind, id }) => ({ kind, id })), expect });
  return store.collect();
}
