/** The router answers the same wherever it is hosted. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDecoder } from '../../../src/host/node/decoder.js';
import { type HttpServer, serveHttp } from '../../../src/host/node/http.js';
import { usualBatches } from '../../../src/serve/batcher.js';
import { usualLimits } from '../../../src/serve/limits.js';
import { Metrics } from '../../../src/serve/metrics.js';
import { Registry } from '../../../src/serve/registry.js';
import { createRouter, type Handle } from '../../../src/serve/router.js';
import { workplace } from '../train/workplace.js';
import { type Asked, anyNumber, expectAnswered, requests, row } from './requests.js';

const place = workplace();
const registry = new Registry();
const limits = { ...usualLimits, bytes: 65_536, rows: 100 };
let handle: Handle;
let server: HttpServer;
let table: Asked[];

async function serve(name: string, target: string, ignore: string[] = []): Promise<string> {
  const { run } = await place.train(await place.builtin('penguins'), { target, preset: 'linear', epochs: 20, ignore });
  const record = await place.models.get(run.modelId ?? '');
  registry.add(name, 1, record, { store: place.store, devices: place.devices, limits, batches: usualBatches });
  await registry.load(name, 1);
  return record.id;
}

beforeAll(async () => {
  const species = await serve('species', 'species');
  const mass = await serve('mass', 'body_mass_g', ['species']);
  registry.label('species', 'stable', 1);
  handle = createRouter({ registry, metrics: new Metrics(), limits, loadDecoder, management: false });
  server = await serveHttp(handle, { port: 0, host: '127.0.0.1' });
  const { body_mass_g: _, ...massRow } = row;
  const [{ prediction: likely }] = await place.models.predict(species, [row]);
  const [{ prediction }] = await place.models.predict(mass, [massRow]);
  table = requests({ prediction: likely, probability_Gentoo: anyNumber }, Number(Number(prediction).toPrecision(7)), limits);
});
afterAll(async () => {
  await server.close();
  await registry.close();
  await place.expectTidy();
});

const hosts: Record<string, (path: string, init: RequestInit) => Promise<Response>> = {
  directly: (path, init) => handle(new Request(`http://localhost${path}`, init)),
  'over HTTP in Node': (path, init) => fetch(`http://127.0.0.1:${server.port}${path}`, init),
};

describe.each(Object.keys(hosts))('asked %s', (host) => {
  test('every request of the table has its answer', async () => {
    expect(table.length).toBeGreaterThan(40);
    for (const asked of table) await expectAnswered(asked, hosts[host]);
    expect(Object.prototype).not.toHaveProperty('island');
  });

  test('tensors come and go as bytes behind the JSON', async () => {
    const floats = new Float32Array([46.8, 13.7, 217, 4875]);
    const texts = (text: string) => Uint8Array.of(text.length, 0, 0, 0, ...new TextEncoder().encode(text));
    const bodies = [texts('Biscoe'), ...Array.from(floats, (_, index) => new Uint8Array(floats.buffer, index * 4, 4)), texts('female')];
    const inputs = Object.keys(row).map((name, index) => ({
      name,
      shape: [1],
      datatype: index === 0 || index === 5 ? 'BYTES' : 'FP32',
      parameters: { binary_data_size: bodies[index].length },
    }));
    const start = new TextEncoder().encode(JSON.stringify({ inputs, parameters: { binary_data_output: true } }));
    const headers = { 'Inference-Header-Content-Length': String(start.length) };
    const ask = (end?: number) =>
      hosts[host]('/v2/models/species/infer', { method: 'POST', headers, body: new Blob([start, ...bodies.slice(0, end)] as BlobPart[]) });
    const response = await ask();
    const bytes = new Uint8Array(await response.arrayBuffer());
    const length = Number(response.headers.get('Inference-Header-Content-Length'));
    const { outputs } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, length)));
    expect(outputs[0]).toEqual({ name: 'prediction', shape: [1], datatype: 'BYTES', parameters: { binary_data_size: 10 } });
    expect(new TextDecoder().decode(bytes.subarray(length + 4, length + 10))).toBe('Gentoo');
    const view = new DataView(bytes.buffer, length + 10);
    expect(view.getFloat64(0, true) + view.getFloat64(8, true) + view.getFloat64(16, true)).toBeCloseTo(1, 5);
    const cut = await ask(5);
    expect(cut.status).toBe(400);
    expect(await cut.json()).toEqual({ error: expect.stringMatching(/"sex" has 10 bytes behind the JSON; only 0 are there/) });
  });

  test('many at once are answered as one by one', async () => {
    const bodies = Array.from({ length: 40 }, (_, index) => JSON.stringify({ instances: [{ ...row, body_mass_g: 3000 + 60 * index }] }));
    const ask = async (body: string) => (await hosts[host]('/v1/models/species:predict', { method: 'POST', body })).text();
    const alone = [];
    for (const body of bodies) alone.push(await ask(body));
    expect(await Promise.all(bodies.map(ask))).toEqual(alone);
    expect(new Set(alone).size).toBeGreaterThan(30);
  });
});

test('another name of this machine is not answered', async () => {
  const { request } = await import('node:http');
  const status = await new Promise<number | undefined>((resolve) => {
    request({ port: server.port, path: '/v2', headers: { host: 'evil.example' } }, (response) =>
      resolve(response.resume().statusCode),
    ).end();
  });
  expect(status).toBe(421);
});

test('whoever is still sending hears why it is refused, and may ask again over the same connection', async () => {
  const socket = connect(server.port, '127.0.0.1');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  const hears = (said: RegExp) => expect.poll(() => heard).toMatch(said);
  const post = (name: string, header: string) => `POST /v1/models/${name}:predict HTTP/1.1\r\nHost: localhost\r\n${header}\r\n\r\n`;
  socket.write(post('nothing', 'Content-Length: 10'));
  await hears(/^HTTP\/1.1 404 /);
  socket.write('{"a":"bcd"');
  const long = 'a'.repeat(limits.bytes + 1);
  socket.write(`${post('species', 'Transfer-Encoding: chunked')}${long.length.toString(16)}\r\n${long}`);
  await hears(/HTTP\/1.1 413 /);
  socket.write('\r\n0\r\n\r\nGET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await hears(/"Healthy"/);
  socket.destroy();
});
