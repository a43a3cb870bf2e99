/** A zip that holds a table, by itself, beside pictures, or as an office program saves one. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatasets } from '../../../../src/data/catalogue.js';
import type { ImportProgress } from '../../../../src/data/datasets.js';
import type { Source } from '../../../../src/data/source.js';
import { loadDecoder } from '../../../../src/host/node/decoder.js';
import type { DatasetRecord } from '../../../../src/spec/dataset.js';
import { createMemoryStore } from '../../../../src/storage/memory.js';
import { readBuiltin } from '../files.js';
import { failureOf, golden } from './golden.js';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const table = text(`size,colour\n${Array.from({ length: 300 }, (_, row) => `${row % 50}.5,${row % 2 ? 'red' : 'blue'}`).join('\n')}\n`);

async function zipOf(files: Record<string, Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [path, bytes] of Object.entries(files)) await writer.add(path, new Uint8ArrayReader(bytes));
  return (await writer.close()) as Uint8Array<ArrayBuffer>;
}

async function imported(source: Source): Promise<{ record: DatasetRecord; progress: ImportProgress[] }> {
  const reading = createDatasets({ store: createMemoryStore(), readBuiltin, loadDecoder }).import(source);
  const progress: ImportProgress[] = [];
  for (let next = await reading.next(); ; next = await reading.next()) {
    if (next.done) return { record: next.value, progress };
    progress.push(next.value);
  }
}

const file = (bytes: Uint8Array<ArrayBuffer>, name = 'things.zip'): Source => ({ kind: 'file', name, file: new Blob([bytes]) });

test('the one table of a zip is read as by itself', async () => {
  const beside = { 'readme.txt': text('Things that were measured.'), '__MACOSX/._things.csv': text('x'), 'things.csv': table };
  const { record } = await imported(file(await zipOf(beside)));
  const { record: bare } = await imported({ kind: 'file', name: 'things.csv', file: new Blob([table as Uint8Array<ArrayBuffer>]) });
  expect(record).toMatchObject({ name: 'things', rows: 300, hash: bare.hash, fields: bare.fields });
});

test('a zip of a table beside a picture is no table', async () => {
  const { code } = (await failureOf(imported(file(await zipOf({ 'list.csv': table, 'cat.png': golden('grey.png') }))))) as { code: string };
  expect(code).toBe('no-classes');
});

test('a spreadsheet is no zip of pictures, though it holds some', async () => {
  const files = {
    '[Content_Types].xml': text('<Types/>'),
    'xl/media/image1.png': golden('grey.png'),
    'xl/workbook.xml': text('<workbook/>'),
  };
  expect(await failureOf(imported(file(await zipOf(files), 'sales.xlsx')))).toMatchObject({
    code: 'not-a-table',
    message: expect.stringContaining('spreadsheet') as string,
  });
});

test('a table that unpacks to hundreds of times its size is refused by name', async () => {
  const zeros = await zipOf({ 'zeros.csv': text(`a\n${`${'0'.repeat(1000)}\n`.repeat(2 ** 15)}`) });
  expect(await failureOf(imported(file(zeros)))).toMatchObject({
    code: 'unpacks-too-large',
    message: expect.stringContaining('zeros.csv') as string,
  });
});

test('a damaged table in a zip says so by name', async () => {
  const bytes = await zipOf({ 'things.csv': table });
  bytes.fill(0x55, 60, 160);
  expect(await failureOf(imported(file(bytes)))).toMatchObject({
    code: 'damaged-file',
    message: expect.stringContaining('things.csv') as string,
  });
});

let server: Server;
let address: string;
beforeAll(async () => {
  const bytes = await zipOf({ 'things.csv': table });
  server = createServer((request, response) => {
    if (request.url?.startsWith('/things.zip')) response.setHeader('content-length', bytes.length).end(bytes);
    else if (request.url === '/pets.zip') response.end(golden('small.zip'));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a zip behind an address is fetched, told of, and read', async () => {
  const url = `${address}/things.zip?download=1`;
  const { record, progress } = await imported({ kind: 'url', url });
  expect(record).toMatchObject({ name: 'things', rows: 300, origin: { kind: 'url', url } });
  expect((await imported({ kind: 'url', url: `${url}#things.csv` })).record.hash).toBe(record.hash);
  expect(await failureOf(imported({ kind: 'url', url: `${url}#none.csv` }))).toMatchObject({ code: 'no-such-entry' });
  expect(progress[0]).toMatchObject({ rows: 0, size: expect.any(Number) as number });
  const { record: pets } = await imported({ kind: 'url', url: `${address}/pets.zip` });
  expect(pets).toMatchObject({ rows: 4, suggestedTarget: 'label' });
  expect(await failureOf(imported({ kind: 'url', url: `${address}/gone.zip` }))).toMatchObject({ code: 'unreadable-url' });
});
