/** Requests to a model whose versions share its callers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDecoder } from '../../../src/host/node/decoder.js';
import { usualBatches } from '../../../src/serve/batcher.js';
import { usualLimits } from '../../../src/serve/limits.js';
import { Metrics } from '../../../src/serve/metrics.js';
import { Registry } from '../../../src/serve/registry.js';
import { createRouter } from '../../../src/serve/router.js';
import { Traffic } from '../../../src/serve/traffic/traffic.js';
import { workplace } from '../train/workplace.js';
import { row } from './requests.js';

const place = workplace();
const registry = new Registry();
const traffic = new Traffic({ draw: () => 0.3 });
const handle = createRouter({ registry, metrics: new Metrics(), limits: usualLimits, loadDecoder, management: false, traffic });
const arms = [
  { name: 'blue', version: 1, weight: 50 },
  { name: 'green', version: 2, weight: 50 },
];
const ask = async (headers: Record<string, string> = {}, path = '/v1/models/species:predict') => {
  const response = await handle(
    new Request(`http://localhost${path}`, { method: 'POST', headers, body: JSON.stringify({ instances: [row] }) }),
  );
  const { predictions } = await response.json();
  const told = ['version', 'arm'].map((name) => response.headers.get(`x-benchwright-${name}`));
  return { status: response.status, told, probability: predictions?.[0].probability_Gentoo as number };
};
let probabilities: number[];

beforeAll(async () => {
  for (const version of [1, 2]) {
    const { run } = await place.train(await place.builtin('penguins'), { target: 'species', preset: 'linear', epochs: 2 * version });
    const record = await place.models.get(run.modelId ?? '');
    registry.add('species', version, record, { store: place.store, devices: place.devices, limits: usualLimits, batches: usualBatches });
    await registry.load('species', version);
  }
  probabilities = await Promise.all(
    [1, 2].map(async (version) => (await ask({}, `/v1/models/species/versions/${version}:predict`)).probability),
  );
  expect(probabilities[0]).not.toBe(probabilities[1]);
});
afterAll(async () => {
  await registry.close();
  await place.expectTidy();
});

test('without a division the latest answers, whatever a header says', async () => {
  expect(await ask({ 'x-benchwright-version': '1' })).toEqual({ status: 200, told: ['2', null], probability: probabilities[1] });
});

test('a caller gets its arm, the answer says which, and both arms are seen', async () => {
  traffic.set('species', { arms });
  const seen = new Set<string | null>();
  for (let index = 0; index < 12; index++) {
    const unit = { 'x-benchwright-unit': `user-${index}` };
    const [first, second] = [await ask(unit), await ask(unit)];
    expect(second).toEqual(first);
    const [version, arm] = first.told;
    expect([arm, first.probability]).toEqual([arms[Number(version) - 1].name, probabilities[Number(version) - 1]]);
    seen.add(arm);
  }
  expect(seen.size).toBe(2);
});

test('a header chooses, and one that names nothing is told what there is', async () => {
  expect(await ask({ 'azureml-model-deployment': 'blue' })).toEqual({ status: 200, told: ['1', null], probability: probabilities[0] });
  expect((await ask({ 'x-benchwright-version': 'red' })).status).toBe(400);
});

test('a model is explained by what was handed in, and only where that can', async () => {
  const parts = { registry, metrics: new Metrics(), limits: usualLimits, loadDecoder, management: false };
  const explaining = createRouter({
    ...parts,
    explain: ({ name }, rows) => (name === '' ? undefined : Promise.resolve(rows.map(({ island }) => ({ island: String(island) })))),
  });
  const explain = (path: string, body: unknown) =>
    explaining(new Request(`http://localhost${path}`, { method: 'POST', body: JSON.stringify(body) }));
  const island = { island: 'Biscoe' };
  expect(await (await explain('/v1/models/species:explain', { instances: [row, row] })).json()).toEqual({ explanations: [island, island] });
  expect(await (await explain('/explanations/species', row)).json()).toEqual(island);
  expect((await explain('/v1/models/species:explain', { instances: [{}] })).status).toBe(400);
});

test('callers are divided by call among versions that are there and loaded, and no others', async () => {
  const own = new Traffic();
  const parts = { registry, metrics: new Metrics(), limits: usualLimits, loadDecoder, traffic: own };
  const managed = createRouter({ ...parts, management: true });
  const told = async (path: string, body: string) => {
    const response = await managed(new Request(`http://localhost/benchwright/models/species/${path}`, { method: 'POST', body }));
    return [response.status, (await response.json()).error];
  };
  const divide = (given: object) => told('traffic', JSON.stringify(given));
  const all = (version: number) => ({ arms: [{ name: 'one', version, weight: 100 }] });
  expect(await divide(all(9))).toEqual([400, '"species" has no version 9. Choose 2, 1.']);
  expect(await divide({ ...all(1), mirror: { version: 9, share: 10 } })).toEqual([400, expect.stringMatching(/no version 9/)]);
  expect(await divide({ arms: [...all(1).arms, { name: 'none', version: 9, weight: 0 }] })).toEqual([
    400,
    expect.stringMatching(/no version 9/),
  ]);
  await registry.unload('species', 2);
  expect(await divide(all(2))).toEqual([400, expect.stringMatching(/Version 2 of "species" is not loaded/)]);
  const rollback = { to: 'green', seconds: 60, requests: 5, errors: 0.5 };
  const resting = [
    { ...arms[0], weight: 100 },
    { ...arms[1], weight: 0 },
  ];
  expect(await divide({ arms: resting, rollback })).toEqual([400, expect.stringMatching(/Version 2/)]);
  expect(own.state('species')).toBeUndefined();
  expect(await divide({ arms: resting })).toEqual([200, undefined]);
  expect(await told('traffic/rollback?to=green', '')).toEqual([400, expect.stringMatching(/Version 2 of "species" is not loaded/)]);
  expect(await told('traffic/rollback?to=red', '')).toEqual([400, expect.stringMatching(/"red" is no arm/)]);
  expect(own.state('species')?.arms[0].weight).toBe(100);
  await registry.load('species', 2);
  expect(await divide({ arms, rollback })).toEqual([200, undefined]);
  expect(await told('traffic/rollback', '')).toEqual([200, undefined]);
  expect(own.state('species')?.arms[1].weight).toBe(100);
});

test('a mirror is asked as well, compared, and not returned', async () => {
  traffic.set('species', { arms: [{ name: 'blue', version: 1, weight: 100 }], mirror: { version: 2, share: 50 } });
  expect((await ask()).probability).toBe(probabilities[0]);
  // Whoever chooses a version is not mirrored.
  await ask({ 'x-benchwright-version': '1' });
  await traffic.settled();
  const mirrored = traffic.state('species')?.mirrored;
  expect(mirrored).toMatchObject({ requests: 1, rows: 1, agreeing: 0, failures: 0, skipped: 0 });
  expect(mirrored?.differences.probability_Gentoo).toBeCloseTo(Math.abs(probabilities[0] - probabilities[1]), 10);
  traffic.set('species', { arms: [{ name: 'blue', version: 1, weight: 100 }], mirror: { version: 2, share: 20 } });
  await ask();
  await traffic.settled();
  // 0.3 was drawn: not among 20 of 100.
  expect(traffic.state('species')?.mirrored?.requests).toBe(1);
});

test('an arm that does not answer loses its callers by itself', async () => {
  const rollback = { to: 'blue', seconds: 60, requests: 3, errors: 0.5 };
  traffic.set('species', {
    arms: [
      { ...arms[0], weight: 0 },
      { ...arms[1], weight: 100 },
    ],
    rollback,
  });
  expect((await ask()).told).toEqual(['2', 'green']);
  // What a caller asks wrongly is not the arm's fault.
  for (let index = 0; index < 5; index++)
    await handle(new Request('http://localhost/v1/models/species:predict', { method: 'POST', body: '{' }));
  expect(traffic.state('species')?.events).toEqual([]);
  await registry.unload('species', 2);
  const statuses = [];
  for (let index = 0; index < 4; index++) statuses.push((await ask()).status);
  expect(statuses).toEqual([503, 503, 200, 200]);
  expect(traffic.state('species')?.events).toMatchObject([{ kind: 'rollback', by: 'errors', from: 'green', to: 'blue' }]);
});
