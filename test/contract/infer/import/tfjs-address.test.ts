/** A LayersModel from an address: its shards come from beside it, and its hash is that of all its files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveFolder } from '../../../../server/static.mjs';
import { sha256 } from '../../../../src/base/hash.js';
import { joined } from '../../../../src/base/joined.js';
import { importFrom } from '../../../../src/infer/import/import-from.js';
import { failureOf, resultOf, workplace } from '../../train/workplace.js';

const place = workplace();
const site = mkdtempSync(join(tmpdir(), 'benchwright-tfjs-'));
const asked: string[] = [];
let server: Awaited<ReturnType<typeof serveFolder>>;
let hash: string;
beforeAll(async () => {
  server = await serveFolder(site, { port: 0, onRequest: (path: string) => asked.push(path) });
  const { run } = await place.train(await place.builtin('penguins'), { target: 'species', epochs: 1 });
  const { files } = await place.models.export(run.modelId ?? '', 'tfjs');
  for (const { path, bytes } of files) writeFileSync(join(site, path), bytes);
  const [json, weights] = files;
  hash = await sha256(joined([json.bytes, weights.bytes], (length) => new Uint8Array(length)));
  const escaping = JSON.parse(new TextDecoder().decode(json.bytes));
  escaping.weightsManifest[0].paths = ['../weights.bin'];
  writeFileSync(join(site, 'escaping.json'), JSON.stringify(escaping));
});
afterAll(async () => {
  await server.close();
  rmSync(site, { recursive: true });
  await place.expectTidy();
});

const taken = (file: string, options: { sha256?: string } = {}) =>
  resultOf(importFrom(place.store, `http://localhost:${server.port}/${file}`, options));

test('it is the model that was exported, and another file in its place is refused', async () => {
  const [{ id: _, ...exported }] = await place.models.list();
  expect(await taken('model.json', { sha256: hash })).toEqual({ id: expect.any(String), ...exported });
  writeFileSync(join(site, 'other.json'), '{"modelTopology": {}, "weightsManifest": []}');
  expect(await failureOf(taken('other.json', { sha256: hash }))).toMatchObject({ code: 'wrong-hash' });
});

test('a shard elsewhere is not asked for', async () => {
  asked.splice(0);
  expect(await failureOf(taken('escaping.json'))).toMatchObject({ code: 'model-damaged' });
  expect(asked.some((path) => path.includes('weights'))).toBe(false);
});
