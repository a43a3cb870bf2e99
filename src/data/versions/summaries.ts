/** The versions of a dataset for a list: how large, and what deleting one would free. */
import type { DatasetRecord, DatasetVersion } from '../../spec/dataset.js';
import { allVersions } from '../../spec/versions.js';
import type { VersionSummary } from '../datasets.js';

/** The latest first. */
export function summaries(record: DatasetRecord): VersionSummary[] {
  const all = allVersions(record);
  const users = new Map<string, number>();
  for (const { chunks } of all) for (const hash of new Set(chunks.map(({ ref }) => ref.hash))) users.set(hash, (users.get(hash) ?? 0) + 1);
  return all.reverse().map(({ version, hash, rows, fields, chunks }): VersionSummary => {
    const isOwn = (name: string): boolean => users.get(name) === 1;
    return {
      ...version,
      inUse: hash === record.hash,
      hash,
      rows,
      columns: fields.length,
      bytes: bytesOf(chunks, () => true),
      ownBytes: bytesOf(chunks, isOwn),
    };
  });
}

/** A chunk that stands in a table twice takes its space once. */
function bytesOf(chunks: DatasetVersion['chunks'], counts: (hash: string) => boolean): number {
  const refs = new Map(chunks.map(({ ref }) => [ref.hash, ref.bytes]));
  return [...refs].reduce((sum, [hash, bytes]) => (counts(hash) ? sum + bytes : sum), 0);
}
