/** The versions within a dataset's record. Pure, and without schemas: the first screen does without the validator. */
import type { DatasetRecord, DatasetVersion } from './dataset.js';

/** What a dataset is called and whether it is there: the same for all of its versions. */
export const identityOf = ({ kind, id, name, created, deleted }: DatasetRecord) => ({
  ...{ kind, id, name, created },
  ...(deleted === undefined ? {} : { deleted }),
});

/** The version in use, as one of them. */
export function currentVersion(record: DatasetRecord): DatasetVersion {
  const { kind: _, id: __, name: ___, created, deleted: ____, version, versions: _____, ...content } = record;
  return { ...content, version: version ?? { number: 1, created, how: 'imported' } };
}

/** All of them, in the order in which they were made. */
export const allVersions = (record: DatasetRecord): DatasetVersion[] =>
  [...(record.versions ?? []), currentVersion(record)].sort((one, other) => one.version.number - other.version.number);

/** The record with these versions, of which one is in use. */
export function arranged(record: DatasetRecord, current: DatasetVersion, all: readonly DatasetVersion[]): DatasetRecord {
  const versions = all.filter(({ hash }) => hash !== current.hash);
  return { ...identityOf(record), ...current, ...(versions.length > 0 ? { versions } : {}) };
}
