/** From what somebody names to the files of a data set: an object, a prefix, a list, a `_metadata`, a folder. */
import { InputError } from '../../base/errors.js';
import { readFooter } from '../parquet/footer.js';
import type { LakeAccess, LakeSource } from './lake.js';
import { type LakeFile, localFile } from './lake-file.js';
import { isHidden, isParquetName } from './partitions.js';
import { type Ask, answered, openRemote, RemoteFile, unreadable, type Wire } from './remote-file.js';
import { asking, type Bucket, bucketOf, listBucket, urlOf } from './s3.js';

export interface FindOptions {
  access: LakeAccess;
  wire: Wire;
}

const mostFiles = 10_000;
const largestList = 4 * 2 ** 20;

/** @throws InputError `no-files`, `unreadable-url`, `access-denied`, … */
export async function findFiles(source: LakeSource, options: FindOptions): Promise<{ name: string; address: string; files: LakeFile[] }> {
  if (source.kind === 'files') {
    const files = source.files.filter(({ path }) => !isHidden(path)).map(({ path, file }) => localFile(path, file, options.wire));
    return { name: source.name, address: source.name, files: dataFiles(files, source.name) };
  }
  if (source.kind === 'addresses') {
    const ask = await asking(source.addresses[0] ?? '', options.access);
    return { name: source.name, address: source.name, files: await openAll(source.addresses, ask, options) };
  }
  const address = source.address.trim();
  const ask = await asking(address, options.access);
  const name = decodeURIComponentOr(address.split(/[?#]/)[0].split('/').filter(Boolean).at(-1) ?? address);
  return { name: name.replace(/\.(parquet|parq|pq)$/i, ''), address, files: await filesAt(address, ask, options) };
}

async function filesAt(address: string, ask: Ask, options: FindOptions): Promise<LakeFile[]> {
  if (/^s3a?:\/\//i.test(address)) {
    const { bucket, key } = bucketOf(address, options.access);
    return isParquetName(key) ? [await openOne(urlOf(bucket, key), key, ask, options)] : filesBelow(bucket, key, address, ask, options);
  }
  if (!/^https?:\/\/[^/]+\//i.test(address)) {
    throw new InputError('invalid-address', `"${address}" is no address of a data set.`, {
      advice: 'Write s3://bucket/prefix or https://…; a prefix ends with a slash.',
      place: { address },
    });
  }
  const url = new URL(address);
  if (url.pathname.endsWith('/_metadata')) return filesOfMetadata(address, ask, options);
  if (/\.(json|txt|manifest)$/i.test(url.pathname)) return openAll(await listAt(address, ask, options), ask, options);
  if (!url.pathname.endsWith('/')) return [await openOne(address, url.pathname, ask, options)];
  const { bucket, prefix } = bucketAt(url);
  return filesBelow(bucket, prefix, address, ask, options);
}

/** `https://bucket.s3.…/prefix/`, or `https://endpoint/bucket/prefix/`. */
function bucketAt(url: URL): { bucket: Bucket; prefix: string } {
  const [first = '', ...rest] = url.pathname.slice(1).split('/').map(decodeURIComponentOr);
  if (/^[^.]+\.s3[.-]/.test(url.hostname)) return { bucket: { base: url.origin, name: url.origin }, prefix: [first, ...rest].join('/') };
  return { bucket: { base: `${url.origin}/${encodeURIComponent(first)}`, name: `${url.origin}/${first}` }, prefix: rest.join('/') };
}

async function filesBelow(bucket: Bucket, prefix: string, address: string, ask: Ask, { wire }: FindOptions): Promise<LakeFile[]> {
  // `s3://bucket/sales` means what lies in that folder, not `sales-old` beside it.
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const found = (await listBucket(bucket, folder, ask, wire))
    .map((file) => ({ ...file, path: file.key.slice(folder.length) }))
    .filter(({ path, size }) => size > 0 && path !== '' && !path.endsWith('/') && !isHidden(path));
  const files = found.map(({ key, path, size, version }) =>
    named(path, new RemoteFile({ url: urlOf(bucket, key), size, version }, ask, wire)),
  );
  return dataFiles(files, address);
}

function named(path: string, file: RemoteFile): LakeFile {
  return {
    path,
    address: file.url,
    size: file.size,
    version: file.version,
    read: (start, end) => file.read(start, end),
    ahead: (ranges) => file.ahead(ranges),
  };
}

async function openOne(url: string, path: string, ask: Ask, { wire }: FindOptions): Promise<LakeFile> {
  return named(path.replace(/^\//, ''), await openRemote(url, ask, wire));
}

/** Several addresses, some at a time. */
async function openAll(addresses: readonly string[], ask: Ask, options: FindOptions): Promise<LakeFile[]> {
  if (addresses.length === 0) throw noFiles('The list');
  if (addresses.length > mostFiles) throw tooMany(addresses.length);
  return inTurns(addresses, async (address) => {
    const [file, ...more] = await filesAt(address, ask, options);
    if (!file || more.length > 0) throw noFiles(`${address}, which a list names as one file,`);
    return { ...file, path: address.replace(/^[a-z0-9]+:\/\/[^/]+\//i, '') };
  });
}

/** Lines, or JSON: an array of addresses, or what Redshift calls a manifest. Relative ones are beside the list. */
async function listAt(address: string, ask: Ask, { wire }: FindOptions): Promise<string[]> {
  const response = await answered(address, () => ask(address, { signal: wire.signal }), wire.signal);
  wire.requests += 1;
  const text = await response.text();
  wire.bytes += text.length;
  if (text.length > largestList) throw unreadable(address, `a list of files has at most ${largestList} characters`);
  let names: unknown[];
  try {
    const parsed: unknown = JSON.parse(text);
    const entries = Array.isArray(parsed)
      ? parsed
      : ((parsed as { entries?: unknown; files?: unknown }).entries ?? (parsed as { files?: unknown }).files);
    names = (Array.isArray(entries) ? entries : []).map((entry: unknown) =>
      typeof entry === 'object' && entry !== null && 'url' in entry ? entry.url : entry,
    );
  } catch {
    names = text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
  }
  return names.map((name) => {
    if (typeof name === 'string' && /^s3a?:\/\//i.test(name)) return name;
    const url = typeof name === 'string' && URL.canParse(name, address) ? new URL(name, address) : undefined;
    if (url && /^https?:$/.test(url.protocol)) return url.href;
    throw unreadable(address, `it lists ${JSON.stringify(name)?.slice(0, 100)}, which is no address`);
  });
}

/** The files that a `_metadata` names in its row groups. */
async function filesOfMetadata(address: string, ask: Ask, options: FindOptions): Promise<LakeFile[]> {
  const summary = await openRemote(address, ask, options.wire);
  const footer = await readFooter(address, summary.size, (start, end) => summary.read(start, end), { isSummary: true });
  const paths = [...new Set(footer.paths)];
  if (paths.length > mostFiles) throw tooMany(paths.length);
  if (paths.length === 0) throw noFiles(address);
  return inTurns(paths, async (path) => {
    // Beside the summary or below it, and nowhere else.
    const url = new URL(path.split('/').map(encodeURIComponent).join('/'), address);
    if (path.split('/').includes('..') || !url.href.startsWith(new URL('.', address).href))
      throw unreadable(address, `it names "${path}", which lies elsewhere`);
    return openOne(url.href, path, ask, options);
  });
}

/** Those that are Parquet by their names; all where none is. In the order of their paths. */
function dataFiles(files: LakeFile[], address: string): LakeFile[] {
  const byName = files.filter(({ path }) => isParquetName(path));
  const kept = (byName.length > 0 ? byName : files).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  if (kept.length === 0) throw noFiles(address);
  if (kept.length > mostFiles) throw tooMany(kept.length);
  return kept;
}

/** Eight at a time, answered in order. */
export async function inTurns<Item, Answer>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let index = next++; index < items.length; index = next++) answers[index] = await work(items[index], index);
    }),
  );
  return answers;
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const noFiles = (where: string): InputError =>
  new InputError('no-files', `${where} holds no Parquet files.`, {
    advice: 'Check the address; names that begin with "_" or "." are left out.',
    place: { address: where },
  });

const tooMany = (files: number): InputError =>
  new InputError('too-many-files', `The data set has ${files} files; at most ${mostFiles} are read.`, {
    advice: 'Open a part of it.',
    place: { files },
  });
