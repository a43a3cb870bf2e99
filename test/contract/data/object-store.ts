/**
 * A server of objects over HTTP: ranges, marks of content, ListObjectsV2 page by page, and signatures of version 4 checked as Amazon's
 * documentation has them, with Node's own cryptography. What it gave is counted.
 */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Key {
  id: string;
  secret: string;
  token?: string;
}

export interface ObjectStoreOptions {
  /** Left out: everybody may read. */
  key?: Key;
  region?: string;
  /** Entries on one page of a list. */
  pageSize?: number;
  ranges?: boolean;
}

export interface ObjectStore {
  url: string;
  /** Of bodies of objects. */
  readonly bytes: number;
  readonly requests: string[];
  /** How many of them showed a signature. */
  readonly signed: number;
  files: Map<string, Uint8Array>;
  reset(): void;
  close(): Promise<void>;
}

export const bucket = 'lake';

export async function startObjectStore(
  files: Map<string, Uint8Array>,
  { key, region = 'us-east-1', pageSize = 1000, ranges = true }: ObjectStoreOptions = {},
): Promise<ObjectStore> {
  const state = { bytes: 0, requests: [] as string[], signed: 0, files };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    state.requests.push(`${request.method} ${request.headers.range ?? ''}`.trim());
    if (request.headers.authorization !== undefined) state.signed += 1;
    const wrong = key && signatureProblem(request, url, key, region);
    if (wrong) return refuse(response, wrong === 'region' ? 400 : 403, wrong === 'region' ? 'AuthorizationHeaderMalformed' : wrong, region);
    const path = decodeURIComponent(url.pathname);
    if (path === `/${bucket}` && url.searchParams.get('list-type') === '2') return list(response, state.files, url.searchParams, pageSize);
    const content = state.files.get(path.replace(`/${bucket}/`, ''));
    if (!content) return refuse(response, 404, 'NoSuchKey');
    const headers = { etag: `"${createHash('md5').update(content).digest('hex')}"`, 'accept-ranges': 'bytes' };
    const range = ranges ? /^bytes=(\d+)-(\d+)?$/.exec(request.headers.range ?? '') : null;
    const start = range ? Number(range[1]) : 0;
    const end = range?.[2] ? Math.min(content.length, Number(range[2]) + 1) : content.length;
    const body = content.subarray(start, end);
    response.writeHead(range ? 206 : 200, {
      ...headers,
      'content-length': body.length,
      ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${content.length}` } : {}),
    });
    if (request.method === 'HEAD') return response.end();
    state.bytes += body.length;
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get bytes() {
      return state.bytes;
    },
    get requests() {
      return state.requests;
    },
    get signed() {
      return state.signed;
    },
    get files() {
      return state.files;
    },
    set files(next) {
      state.files = next;
    },
    reset() {
      state.bytes = 0;
      state.requests = [];
      state.signed = 0;
    },
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function list(response: ServerResponse, files: Map<string, Uint8Array>, query: URLSearchParams, pageSize: number): void {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token');
  const keys = [...files.keys()].filter((key) => key.startsWith(prefix)).sort();
  const from = after === null ? 0 : keys.findIndex((key) => Buffer.from(key).toString('base64') === after);
  const page = keys.slice(from, from + pageSize);
  const next = keys[from + pageSize];
  const entries = page.map((key) => {
    const content = files.get(key) ?? new Uint8Array(0);
    const mark = createHash('md5').update(content).digest('hex');
    return `<Contents><Key>${xml(key)}</Key><LastModified>2024-01-01T00:00:00.000Z</LastModified><ETag>&quot;${mark}&quot;</ETag><Size>${content.length}</Size></Contents>`;
  });
  const more = next === undefined ? '' : `<NextContinuationToken>${Buffer.from(next).toString('base64')}</NextContinuationToken>`;
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><IsTruncated>${next !== undefined}</IsTruncated>${more}${entries.join('')}</ListBucketResult>`,
  );
}

function refuse(response: ServerResponse, status: number, code: string, region?: string): void {
  response.writeHead(status, { 'content-type': 'application/xml', ...(region ? { 'x-amz-bucket-region': region } : {}) });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function signatureProblem(request: IncomingMessage, url: URL, key: Key, region: string): string | undefined {
  const given =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  if (!given) return 'AccessDenied';
  const [, id, date, asked, names, signature] = given;
  if (id !== key.id) return 'InvalidAccessKeyId';
  if (asked !== region) return 'region';
  if (key.token !== undefined && request.headers['x-amz-security-token'] !== key.token) return 'InvalidToken';
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const path = decodeURIComponent(url.pathname).split('/').map(encode).join('/');
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const headers = names
    .split(';')
    .map((name) => `${name}:${String(request.headers[name]).trim().replace(/\s+/g, ' ')}\n`)
    .join('');
  const canonical = [request.method, path, query, headers, names, request.headers['x-amz-content-sha256']].join('\n');
  const scope = `${date}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const hmac = (secret: string | Buffer, part: string): Buffer => createHmac('sha256', secret).update(part).digest();
  const signing = hmac(hmac(hmac(hmac(`AWS4${key.secret}`, date), region), 's3'), 'aws4_request');
  return hmac(signing, text).toString('hex') === signature ? undefined : 'SignatureDoesNotMatch';
}
