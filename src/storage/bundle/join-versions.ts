/** A dataset that arrives where it is kept already: versions that are not here are added to it, and the one in use stays in use. */
import type { DatasetRecord, DatasetVersion } from '../../spec/dataset.js';
import { mostVersions } from '../../spec/most-versions.js';
import { allVersions, arranged, currentVersion } from '../../spec/versions.js';

/**
 * The kept record itself where it has all of the other's versions; undefined where the two are no versions of one dataset: their names differ, or
 * nothing that both have had, or there would be too many.
 */
export function joinedVersions(kept: DatasetRecord, arriving: DatasetRecord): DatasetRecord | undefined {
  if (kept.deleted !== undefined || kept.name !== arriving.name) return undefined;
  const here = allVersions(kept);
  const hashes = new Set(here.map(({ hash }) => hash));
  const added = allVersions(arriving).filter(({ hash }) => !hashes.has(hash));
  if (added.length === 0) return kept;
  const isOne = allVersions(arriving).length > added.length;
  if (!isOne || here.length + added.length > mostVersions) return undefined;
  const taken = new Set(here.map(({ version }) => version.number));
  let next = Math.max(...here.map(({ version }) => version.number)) + 1;
  const numbered = added.map((version): DatasetVersion => {
    const { number } = version.version;
    // A number that was given here as well goes to the one that is here.
    return taken.has(number) ? { ...version, version: { ...version.version, number: next++ } } : version;
  });
  return arranged(kept, currentVersion(kept), [...here, ...numbered]);
}
