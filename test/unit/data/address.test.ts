/** Addresses over connections that break: a real server closes them in the middle. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAddress } from '../../../src/data/sources/address.js';
import { whyUnreachable } from '../../../src/data/sources/unreachable.js';

const whole = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 7 + (index >> 8)) % 251);

interface Manner {
  /** Bytes after which each connection is closed, in turn; none are closed afterwards. */
  breaks: number[];
  etags: (string | undefined)[];
  modified?: string;
  ranges: boolean;
  length: boolean;
  status?: number[];
}

let manner: Manner;
let asked: { range?: string; ifRange?: string }[];
let sent: number;
let server: Server;
let url: string;

beforeEach(async () => {
  manner = { breaks: [], etags: ['"one"'], ranges: true, length: true };
  asked = [];
  sent = 0;
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.bin`;
});

afterEach(() => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});

function answer(request: IncomingMessage, response: ServerResponse): void {
  const range = request.headers.range;
  const ifRange = request.headers['if-range'] as string | undefined;
  asked.push({ ...(range === undefined ? {} : { range }), ...(ifRange === undefined ? {} : { ifRange }) });
  const status = manner.status?.shift();
  if (status) return void response.writeHead(status).end();
  const etag = manner.etags.length > 1 ? manner.etags.shift() : manner.etags[0];
  const [, first, last] = /bytes=(\d+)-(\d*)/.exec(range ?? '') ?? [];
  const isPart = manner.ranges && first !== undefined && (ifRange === undefined || ifRange === etag);
  const start = isPart ? Number(first) : 0;
  const end = isPart && last ? Number(last) + 1 : whole.length;
  if (etag) response.setHeader('etag', etag);
  if (manner.modified) response.setHeader('last-modified', manner.modified);
  if (manner.length) response.setHeader('content-length', end - start);
  if (isPart) response.setHeader('content-range', `bytes ${start}-${end - 1}/${whole.length}`);
  response.writeHead(isPart ? 206 : 200);
  const most = manner.breaks.shift();
  const body = whole.subarray(start, most === undefined ? end : Math.min(end, start + most));
  sent += body.length;
  if (most === undefined) response.end(body);
  else response.write(body, () => response.socket?.destroySoon());
}

const waits = [1, 1, 1];

/** Element by element as `toEqual` does it takes seconds. */
const isWhole = (bytes: Uint8Array): boolean => Buffer.compare(bytes, whole) === 0;

async function read(options: Parameters<typeof openAddress>[1] = {}): Promise<Uint8Array> {
  const source = await openAddress(url, { waits, ...options });
  return new Uint8Array(await new Response(source.stream() as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
}

test('a broken connection goes on by range under the mark of the file, as often as bytes come', async () => {
  manner.breaks = [1_000_000, 500_000, 300_000, 200_000, 100_000, 100_000];
  expect(isWhole(await read())).toBe(true);
  expect(asked[0]).toEqual({});
  expect(asked).toHaveLength(7);
  for (const { range, ifRange } of asked.slice(1)) {
    expect(range).toMatch(/^bytes=\d+-$/);
    expect(ifRange).toBe('"one"');
  }
  expect(sent).toBeLessThan(whole.length * 1.5);
});

test('where the server knows no ranges, what is there is passed over', async () => {
  manner = { ...manner, ranges: false, breaks: [1_000_000, 2_000_000] };
  expect(isWhole(await read())).toBe(true);
  expect(asked).toHaveLength(3);
});

test('another file under the same address is not sewn to the first', async () => {
  manner = { ...manner, breaks: [1_000_000], etags: ['"one"', '"two"'] };
  await expect(read()).rejects.toMatchObject({ code: 'changed-meanwhile', place: { url } });
});

test('without marks the size tells; with nothing at all nothing is sewn', async () => {
  manner = { ...manner, breaks: [1_000_000], etags: [undefined] };
  expect(isWhole(await read())).toBe(true);
  manner = { ...manner, breaks: [1_000_000], etags: [undefined], ranges: false, length: false };
  await expect(read()).rejects.toMatchObject({ code: 'changed-meanwhile' });
});

test('a connection that keeps breaking is given up, naming the byte', async () => {
  manner.breaks = [1_000_000, 0, 0, 0, 0];
  await expect(read()).rejects.toMatchObject({ code: 'connection-broken', message: expect.stringContaining('beyond byte 1000000') });
  expect(asked).toHaveLength(1 + waits.length);
});

test('a server that is busy is asked again; one that refuses is not', async () => {
  manner.status = [503, 429];
  expect(isWhole(await read())).toBe(true);
  manner.status = [403];
  await expect(read()).rejects.toMatchObject({ code: 'unreadable-url', message: expect.stringContaining('403'), advice: /who asks/ });
  expect(asked).toHaveLength(4);
});

test('waiting for another attempt can be given up', async () => {
  const controller = new AbortController();
  manner.breaks = [1_000_000];
  const reading = read({ signal: controller.signal, waits: [60_000] });
  setTimeout(() => controller.abort(), 50);
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});

test('parts are read in blocks of which none comes twice; a broken one goes on', async () => {
  const source = await openAddress(url, { waits, ranged: true });
  if (!source.slice) throw new Error('The server knows ranges.');
  expect(source.size).toBe(whole.length);
  sent = 0;
  manner.breaks = [700_000];
  const bytes = async (start: number, end: number) =>
    new Uint8Array(await new Response(source.slice?.(start, end).stream() as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
  expect(await bytes(1_048_000, 1_050_000)).toEqual(whole.subarray(1_048_000, 1_050_000));
  expect(await bytes(0, 10)).toEqual(whole.subarray(0, 10));
  const inner = source.slice(100, 1_000).slice?.(10, 20);
  expect(new Uint8Array(await new Response(inner?.stream() as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())).toEqual(
    whole.subarray(110, 120),
  );
  expect(sent).toBe(2 * 2 ** 20);
  expect(asked.map(({ range }) => range)).toEqual(['bytes=0-', 'bytes=0-1048575', 'bytes=700000-1048575', 'bytes=1048576-2097151']);
  manner.ranges = false;
  expect((await openAddress(url, { waits, ranged: true })).slice).toBeUndefined();
});

test('a page says what it can find out of why another site is not read', async () => {
  const failed = new TypeError('Failed to fetch');
  const page = { location: new URL('https://here.example/'), navigator: { onLine: true } };
  const why = (address: string, answers: boolean) =>
    whyUnreachable(address, failed, () => (answers ? Promise.resolve(new Response()) : Promise.reject(failed)));
  vi.stubGlobal('location', page.location);
  vi.stubGlobal('navigator', page.navigator);
  expect((await why('https://there.example/a.csv', true)).reason).toMatch(/there\.example answers, but does not allow .*CORS/);
  expect((await why('https://there.example/a.csv', false)).reason).toMatch(/cannot be reached, or does not allow/);
  expect((await why('http://there.example/a.csv', true)).reason).toMatch(/https only/);
  expect((await why('https://here.example/a.csv', false)).reason).toMatch(/server of this page/);
  vi.stubGlobal('navigator', { onLine: false });
  expect((await why('https://there.example/a.csv', false)).reason).toMatch(/offline/);
});
