/** What a copy remembers of its data set, and whether that is still the same. */
import { InputError } from '../../base/errors.js';
import type { DatasetRecord, Origin } from '../../spec/dataset.js';
import type { FieldType } from '../../spec/field-type.js';
import type { LakeOrigin, LakeQuery } from '../../spec/lake.js';
import { chosenReason } from '../columns/decide.js';
import type { DataSet } from './data-set.js';
import type { LakeAccess, LakeSource } from './lake.js';
import type { KeptChunks } from './table.js';

interface Copy {
  query: LakeQuery;
  access: LakeAccess;
  chunks: ReadonlyMap<number, number>;
  bytesRead: number;
  requests: number;
}

export function originOfCopy({ source, address, files }: DataSet, { query, access, chunks, ...rest }: Copy): Origin {
  const lake: LakeOrigin = {
    query,
    ...(source.kind === 'address' ? { address: publicPart(source.address) } : {}),
    ...(source.kind === 'addresses' ? { addresses: source.addresses.map(publicPart) } : {}),
    ...(access.region ? { region: access.region } : {}),
    ...(access.endpoint ? { endpoint: publicPart(access.endpoint) } : {}),
    files: files.map(({ file }, index) => ({ path: file.path, size: file.size, version: file.version, chunks: chunks.get(index) ?? 0 })),
    bytes: files.reduce((sum, { file }) => sum + file.size, 0),
    ...rest,
  };
  const name = publicPart(address);
  return { kind: 'lake', name, ...(/^https?:/i.test(name) ? { url: name } : {}), lake };
}

/** Without what opens a door: a signature in the query, a password before the host. */
function publicPart(address: string): string {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return address;
  const url = new URL(address);
  const isSecret = [...url.searchParams.keys()].some((key) => /signature|token|credential|key|secret|^sig$|^se$/i.test(key));
  if (!isSecret && url.username === '' && url.password === '') return address;
  url.username = '';
  url.password = '';
  if (isSecret) url.search = '';
  return url.href;
}

/** @throws InputError `not-from-lake` or `unknown-dataset` */
export function sourceOfCopy(record: DatasetRecord | undefined, id: string): { source: LakeSource; origin: LakeOrigin } {
  const place = { dataset: id };
  if (!record || record.deleted !== undefined)
    throw new InputError('unknown-dataset', `There is no dataset with the id "${id}".`, { advice: 'Choose another one.', place });
  const origin = record.origin.lake;
  if (origin?.address !== undefined) return { source: { kind: 'address', address: origin.address }, origin };
  if (origin?.addresses !== undefined)
    return { source: { kind: 'addresses', name: record.origin.name, addresses: origin.addresses }, origin };
  throw new InputError('not-from-lake', `"${record.name}" does not come from an address that could be asked again.`, {
    advice: 'Import its files again.',
    place,
  });
}

/** Types that somebody gave to columns of a copy, which it keeps when it is refreshed. */
export const chosenTypes = ({ fields }: DatasetRecord): Record<string, FieldType> =>
  Object.fromEntries(fields.filter(({ reason }) => reason === chosenReason).map(({ name, type }) => [name, type]));

/**
 * The chunks of files that are as they were. A sample draws over all files, so it is drawn anew where one has changed; a file whose server
 * gives no mark is always read again; and so is all of it where types were chosen, since the chunks hold what was made of the files.
 * @throws InputError `rows-appended` where files have changed and the copy has rows that come from none of them
 */
export function unchangedChunks(record: DatasetRecord, { files }: DataSet): { kept: KeptChunks; isSame: boolean } {
  const origin = record.origin.lake as LakeOrigin;
  const known = new Map<string, { version: string; size: number; chunks: DatasetRecord['chunks'] }>();
  let next = 0;
  for (const { path, version, size, chunks } of origin.files) {
    known.set(path, { version, size, chunks: record.chunks.slice(next, next + chunks) });
    next += chunks;
  }
  const isUnchanged = ({ file }: DataSet['files'][number]): boolean => {
    const before = known.get(file.path);
    return before !== undefined && file.version !== '' && before.version === file.version && before.size === file.size;
  };
  const isSame = files.length === origin.files.length && files.every(isUnchanged);
  if (!isSame && next < record.chunks.length) throw rowsAppended(record);
  const kept = new Map<number, DatasetRecord['chunks']>();
  if (!origin.query.sample && Object.keys(chosenTypes(record)).length === 0)
    for (const [index, file] of files.entries()) if (isUnchanged(file)) kept.set(index, known.get(file.file.path)?.chunks ?? []);
  return { kept, isSame };
}

const rowsAppended = ({ id, name, version }: DatasetRecord): InputError =>
  new InputError('rows-appended', `Files of "${name}" have changed, and rows were appended to it that are in none of them.`, {
    advice: 'Go back to the version before the rows were appended, refresh that one, and append the rows to it again.',
    place: { dataset: id, ...(version ? { version: version.number } : {}) },
  });
