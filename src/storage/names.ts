/**
 * Names under which things are kept in a browser. They are in the profiles of everybody who has opened Benchwright: changing
 * one loses their work unless a migration in `migrations/` carries it over and a test opens what the old version wrote.
 */
import { InputError } from '../base/errors.js';

export const defaultName = 'benchwright';
/** IndexedDB: records by kind and id. */
export const recordTable = 'records';
/** IndexedDB: the index of records by the hash of each chunk that they name. */
export const chunkIndex = 'chunks';
/** IndexedDB: chunks as blobs, where the origin private file system cannot be written. */
export const blobTable = 'chunks';
/** Origin private file system: the folder that holds one folder of chunks for each database. */
export const chunkFolder = 'benchwright-chunks';

/** Settings of this kind are pipelines that were saved under a name. */
export const pipelinePrefix = 'pipeline/';

/** Settings of this kind name what is kept of a profile, by the data that it is of. */
const profilePrefix = 'profile/';
export const keptProfile = (hash: string, version: number): string => `${profilePrefix}${hash}/${version}`;
/** The hash of the data that a setting's profile is of; undefined of other settings. */
export const profiledHash = (id: string): string | undefined =>
  id.startsWith(profilePrefix) ? id.slice(profilePrefix.length).split('/')[0] : undefined;

/** Settings of this kind name features of pictures that an extractor has computed, by the extractor. */
const featuresPrefix = 'features/';
export const keptFeatures = (extractor: string): string => featuresPrefix + extractor;
export const isKeptFeatures = (id: string): boolean => id.startsWith(featuresPrefix);

/** Settings of this kind say of a chunk, by its hash, that it was found damaged or gone, and not been put again since. */
const damagePrefix = 'damaged/';
export const damageMark = (hash: string): string => damagePrefix + hash;
/** The hash of the chunk that a setting says this of; undefined of other settings. */
export const damagedHash = (id: string): string | undefined => (id.startsWith(damagePrefix) ? id.slice(damagePrefix.length) : undefined);

/** Web Locks and channels live only as long as a page: these need no migration, but tabs of both versions must agree. */
export const chunkLock = (name: string, hash: string): string => `${name}/chunk/${hash}`;
export const writeLock = (name: string, hash: string): string => `${name}/write/${hash}`;
export const commitChannel = (name: string): string => `${name}/commits`;

/** @throws InputError `invalid-name` when the text cannot name a database, a folder and a lock. */
export function checkName(name: string): string {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(name)) return name;
  throw new InputError('invalid-name', `"${name}" cannot name a store: expected 1 to 64 letters, digits, "-" or "_".`, {
    advice: 'Choose a name of letters and digits.',
    place: { name },
  });
}
