/** Tables from a web server. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCsv, readAll } from './files.js';

const text = 'a,b\n1,2\n3,4\n';
let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/table.csv') response.setHeader('content-length', text.length).end(text);
    else if (request.url === '/packed.csv.gz') response.end(gzipSync(text));
    else if (request.url === '/in-transit.csv') response.setHeader('content-encoding', 'gzip').end(gzipSync(text));
    else if (request.url === '/stalled.csv') response.write(`${text.repeat(10_000)}`);
    else response.writeHead(404).end('nothing here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each([
  ['table.csv', text.length],
  ['packed.csv.gz', undefined],
  ['in-transit.csv', undefined],
])('%s is read', async (path, size) => {
  const { file, rows } = await readAll({ kind: 'url', url: `${address}/${path}` });
  expect(rows).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
  if (size) expect(file.size).toBe(size);
});

test('the length of what is packed in transit is not taken for the size of the table', async () => {
  expect((await readAll({ kind: 'url', url: `${address}/in-transit.csv` })).file.size).toBeUndefined();
});

test('an answer that is no table names the address and what the server said', async () => {
  const url = `${address}/other.csv`;
  await expect(readAll({ kind: 'url', url })).rejects.toMatchObject({
    code: 'unreadable-url',
    message: expect.stringContaining('404'),
    place: { url },
  });
});

test('an address where nobody answers says why', async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const refusal = (url: string) => expect(readAll({ kind: 'url', url })).rejects;
  await refusal(`http://127.0.0.1:${port}/a.csv`).toThrow(/cannot be read: nothing answers at that address \(ECONNREFUSED\)\./);
  // What has no words of ours keeps the platform's, of the cause and not of "fetch failed".
  await refusal('http://127.0.0.1:1/a.csv').toThrow(/cannot be read: bad port\./);
});

test('a server that stops answering can be given up', async () => {
  const controller = new AbortController();
  const file = await openCsv({ kind: 'url', url: `${address}/stalled.csv` }, { signal: controller.signal });
  const rest = (async () => {
    for await (const batch of file.batches()) expect(batch.rows).toBeGreaterThan(0);
  })();
  controller.abort();
  await expect(rest).rejects.toMatchObject({ name: 'AbortError' });
});
