/** The versions within a dataset's record: looked up, put in use, added and taken away. Pure: nothing is stored here. */
import { timestamp } from '../../base/clock.js';
import { InputError } from '../../base/errors.js';
import type { DatasetRecord, DatasetVersion, VersionMark } from '../../spec/dataset.js';
import { mostVersions } from '../../spec/most-versions.js';
import { allVersions, arranged, currentVersion, identityOf } from '../../spec/versions.js';
import type { Content } from '../dataset-record.js';

/** A version by its number, or by the hash of its content. */
export type VersionName = number | string;

/** Undefined where there is none, or it was deleted. */
export const findVersion = (record: DatasetRecord, wanted: VersionName): DatasetVersion | undefined =>
  allVersions(record).find(({ version, hash }) => (typeof wanted === 'number' ? version.number === wanted : hash === wanted));

/** The dataset as it is in one of its versions: whoever reads it need not know that there are others. @throws InputError `unknown-version` */
export function asVersion(record: DatasetRecord, wanted: VersionName | undefined): DatasetRecord {
  if (wanted === undefined || wanted === record.hash) return record;
  const { version, ...content } = findVersion(record, wanted) ?? unknownVersion(record, wanted);
  return { ...identityOf(record), ...content, version };
}

/** The same dataset with another of its versions in use. @throws InputError `unknown-version` */
export function withVersion(record: DatasetRecord, wanted: VersionName): DatasetRecord {
  const found = findVersion(record, wanted) ?? unknownVersion(record, wanted);
  return arranged(record, found, allVersions(record));
}

/**
 * The same dataset with new content in use. Content that it has in a version already is that version; content that it is in use with changes
 * nothing.
 * @throws InputError `too-many-versions`
 */
export function withContent(record: DatasetRecord, content: Content, about: Pick<VersionMark, 'how' | 'from'>): DatasetRecord {
  if (content.hash === record.hash) return record;
  if (findVersion(record, content.hash)) return withVersion(record, content.hash);
  const all = allVersions(record);
  if (all.length >= mostVersions) throw tooManyVersions(record);
  const number = Math.max(...all.map(({ version }) => version.number)) + 1;
  const added: DatasetVersion = { ...content, version: { number, created: timestamp(), ...about } };
  return arranged(record, added, [...all, added]);
}

/** The same dataset without one of its versions. @throws InputError `unknown-version`, or `version-in-use` */
export function withoutVersion(record: DatasetRecord, wanted: VersionName): DatasetRecord {
  const found = findVersion(record, wanted) ?? unknownVersion(record, wanted);
  if (found.hash === record.hash) throw versionInUse(record, found);
  return arranged(
    record,
    currentVersion(record),
    allVersions(record).filter(({ hash }) => hash !== found.hash),
  );
}

function unknownVersion(record: DatasetRecord, wanted: VersionName): never {
  const numbers = allVersions(record).map(({ version }) => version.number);
  const called = typeof wanted === 'number' ? `version ${wanted}` : 'version with this content';
  throw new InputError('unknown-version', `"${record.name}" has no ${called}.`, {
    advice: `It has ${numbers.length === 1 ? 'version' : 'the versions'} ${numbers.join(', ')}.`,
    place: { dataset: record.id, version: wanted },
  });
}

const versionInUse = ({ id, name }: DatasetRecord, { version }: DatasetVersion): InputError =>
  new InputError('version-in-use', `Version ${version.number} of "${name}" is the one in use.`, {
    advice: 'Go to another version first, or delete the dataset as a whole.',
    place: { dataset: id, version: version.number },
  });

const tooManyVersions = ({ id, name }: DatasetRecord): InputError =>
  new InputError('too-many-versions', `"${name}" has ${mostVersions} versions, the most that there can be.`, {
    advice: 'Delete versions that are no longer needed, or import it as a dataset of its own.',
    place: { dataset: id },
  });
