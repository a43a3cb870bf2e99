/** S3-compatible stores: addresses, signed requests, and lists of what a prefix holds. */
import { InputError } from '../../base/errors.js';
import { listed } from '../columns/access.js';
import type { LakeAccess } from './lake.js';
import { type Ask, answered, unreadable, type Wire } from './remote-file.js';

export interface Bucket {
  /** Without a slash at its end; keys follow it. */
  base: string;
  /** For messages: `s3://bucket`. */
  name: string;
}

export interface ListedFile {
  key: string;
  size: number;
  version: string;
}

const mostFiles = 10_000;
const mostPages = 100;
const largestPage = 16 * 2 ** 20;

/** @throws InputError `invalid-address` */
export function bucketOf(address: string, { region = 'us-east-1', endpoint }: LakeAccess): { bucket: Bucket; key: string } {
  const parts = /^s3a?:\/\/([^/]+)\/?(.*)$/i.exec(address);
  if (!parts || !/^[a-z0-9][a-z0-9._-]{1,62}$/i.test(parts[1]) || !/^[a-z0-9-]{1,40}$/i.test(region)) {
    throw new InputError('invalid-address', `"${address}" is no address of a bucket.`, {
      advice: 'Write s3://bucket/prefix; the region is like eu-central-1.',
      place: { address },
    });
  }
  const [, name, key] = parts;
  if (endpoint !== undefined && endpoint !== '') {
    if (!/^https?:\/\/[^/?#]+(\/[^?#]*)?$/i.test(endpoint)) {
      throw new InputError('invalid-address', `The endpoint "${endpoint}" is no http(s) address.`, {
        advice: 'Write it like https://minio.example.org.',
        place: { endpoint },
      });
    }
    return { bucket: { base: `${endpoint.replace(/\/+$/, '')}/${name}`, name: `s3://${name}` }, key };
  }
  // A name with dots does not fit the certificate of *.s3.amazonaws.com.
  const base = name.includes('.') ? `https://s3.${region}.amazonaws.com/${name}` : `https://${name}.s3.${region}.amazonaws.com`;
  return { bucket: { base, name: `s3://${name}` }, key };
}

export const urlOf = ({ base }: Bucket, key: string): string => `${base}/${key.split('/').map(encodeURIComponent).join('/')}`;

/**
 * `fetch`, signed where there is a key: for the store that it was given for, and for no other site that a list may name.
 * @param address as it was given, whose own site is meant where it is of http
 */
export async function asking(
  address: string,
  { accessKeyId, secretAccessKey, sessionToken, region = 'us-east-1', endpoint }: LakeAccess,
): Promise<Ask> {
  if (!accessKeyId || !secretAccessKey) {
    if (accessKeyId || secretAccessKey)
      throw new InputError('access-incomplete', 'An access key has two parts: its id and its secret.', {
        advice: 'Give both, or neither.',
      });
    return (url, init) => fetch(url, init as RequestInit);
  }
  const { AwsClient } = await import('aws4fetch');
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken ? { sessionToken } : {}),
    region,
    service: 's3',
    retries: 0,
  });
  const own = [address, endpoint ?? ''].filter((site) => /^https?:/i.test(site) && URL.canParse(site)).map((site) => new URL(site).origin);
  const isMeant = (url: string): boolean =>
    own.includes(new URL(url).origin) || (!endpoint && /\.amazonaws\.com$/.test(new URL(url).hostname));
  return async (url, { signal, ...init }) => {
    if (!isMeant(url)) return fetch(url, { ...init, signal: signal ?? null });
    // What is signed must be what is sent, so no redirect is followed with it.
    const request = await client.sign(url, init);
    return fetch(request, { redirect: 'manual', ...(signal ? { signal } : {}) });
  };
}

/** Everything below a prefix. @throws InputError `too-many-files`, and as `answered` does */
export async function listBucket(bucket: Bucket, prefix: string, ask: Ask, wire: Wire): Promise<ListedFile[]> {
  const { signal } = wire;
  const files: ListedFile[] = [];
  let token: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const query = new URLSearchParams({ 'list-type': '2', prefix, ...(token === undefined ? {} : { 'continuation-token': token }) });
    // A space as %20: some stores sign a plus as it is.
    const url = `${bucket.base}?${query.toString().replaceAll('+', '%20')}`;
    const response = await answered(url, () => ask(url, { signal }), signal, [], `${bucket.name}/${prefix}`);
    wire.requests += 1;
    const text = await response.text();
    wire.bytes += text.length;
    if (text.length > largestPage || !/<ListBucketResult[\s>]/.test(text)) {
      throw unreadable(`${bucket.base}/${prefix}`, 'the server does not list files as S3 does');
    }
    for (const entry of text.split('<Contents>').slice(1)) {
      const size = Number(tagIn(entry, 'Size') ?? NaN);
      const key = tagIn(entry, 'Key');
      if (key !== undefined && Number.isSafeInteger(size)) files.push({ key, size, version: tagIn(entry, 'ETag') ?? '' });
      if (files.length > mostFiles) {
        throw new InputError('too-many-files', `${bucket.name}/${prefix} has more than ${mostFiles} files.`, {
          advice: `Give a longer prefix, for example that of one of ${listed(files.slice(0, 3).map(({ key: name }) => name))}.`,
          place: { prefix },
        });
      }
    }
    token = tagIn(text, 'IsTruncated') === 'true' ? tagIn(text, 'NextContinuationToken') : undefined;
    if (token === undefined) return files;
  }
  throw unreadable(`${bucket.base}/${prefix}`, 'its list has no end');
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The text of an element that holds nothing else. */
function tagIn(xml: string, tag: string): string | undefined {
  const text = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1];
  return text?.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return entities.get(name) ?? whole;
  });
}
