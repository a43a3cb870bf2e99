/** What a server was asked is kept within bounds, joined with what came of it, taken out, and deleted. */
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import { loadDecoder } from '../../../src/host/node/decoder.js';
import { usualBatches } from '../../../src/serve/batcher.js';
import { usualLimits } from '../../../src/serve/limits.js';
import { createLogs } from '../../../src/serve/log/create.js';
import { PredictionLog } from '../../../src/serve/log/prediction-log.js';
import { Metrics } from '../../../src/serve/metrics.js';
import { Registry } from '../../../src/serve/registry.js';
import { createRouter, type Handle } from '../../../src/serve/router.js';
import { Traffic } from '../../../src/serve/traffic/traffic.js';
import { type LogSettings, usualLog } from '../../../src/spec/prediction-log.js';
import { createMemoryStore } from '../../../src/storage/memory.js';
import type { Store } from '../../../src/storage/store.js';
import { workplace } from '../train/workplace.js';
import { row } from './requests.js';

const place = workplace();
const registry = new Registry();
const day = 86_400_000;
const clock = { now: 1_800_000_000_000 };
let store: Store;
let log: PredictionLog;
let handle: Handle;

beforeAll(async () => {
  const { run } = await place.train(await place.builtin('penguins'), { target: 'species', preset: 'linear', epochs: 2 });
  const record = await place.models.get(run.modelId ?? '');
  registry.add('species', 1, record, { store: place.store, devices: place.devices, limits: usualLimits, batches: usualBatches });
  await registry.load('species', 1);
});
beforeEach(() => {
  clock.now = 1_800_000_000_000;
  open();
});
afterAll(async () => {
  await registry.close();
  await place.expectTidy();
});

const open = (settings: Partial<LogSettings> = {}): void => openWith(() => ({ ...usualLog, ...settings }));

/** @param settings at any time */
function openWith(settings: () => LogSettings | undefined): void {
  store = createMemoryStore();
  log = new PredictionLog({ store, settings, now: () => clock.now, wait: 60_000 });
  const traffic = new Traffic();
  traffic.set('species', { arms: [{ name: 'blue', version: 1, weight: 100 }] });
  const logs = createLogs(store);
  handle = createRouter({ registry, metrics: new Metrics(), limits: usualLimits, loadDecoder, management: true, traffic, log, logs });
}

const send = (path: string, init: RequestInit = {}) => handle(new Request(`http://localhost${path}`, init));
async function ask(unit?: string, rows = 1): Promise<string> {
  const headers: Record<string, string> = unit === undefined ? {} : { 'x-benchwright-unit': unit };
  const body = JSON.stringify({ instances: new Array(rows).fill(row) });
  const response = await send('/v1/models/species:predict', { method: 'POST', headers, body });
  expect(response.status).toBe(200);
  return response.headers.get('x-benchwright-prediction') ?? '';
}
const tell = (outcomes: unknown) => send('/benchwright/models/species/outcomes', { method: 'POST', body: JSON.stringify({ outcomes }) });
const lines = async () =>
  (await (await send('/benchwright/models/species/log')).text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a row says what was asked, answered, by whom and how long it took; outcomes come to it later', async () => {
  const id = await ask('ada', 2);
  clock.now += 1_000;
  const other = await ask();
  expect(
    (
      await tell([
        { id, row: 2, event: 'click' },
        { id, row: 2, event: 'click', value: 2 },
        { id: other, event: 'paid', value: 9.5 },
      ])
    ).status,
  ).toBe(202);
  const rows = await lines();
  expect(rows).toMatchObject([
    { id, row: 1, version: 1, arm: 'blue', time: '2027-01-15T08:00:00.000Z', 'input.bill_length_mm': 46.8, 'input.sex': 'female' },
    { id, row: 2, 'outcome.click': 3, 'outcome.paid': null, 'output.prediction': expect.stringMatching(/^(Adelie|Chinstrap|Gentoo)$/) },
    { id: other, row: 1, unit: null, time: '2027-01-15T08:00:01.000Z', 'outcome.click': null, 'outcome.paid': 9.5 },
  ]);
  expect(rows[0].unit).toBe((await sha256('ada')).slice(0, 32));
  expect(rows[0].latency).toBeGreaterThan(0);
  expect(rows[0]['output.probability_Gentoo']).toBeCloseTo(rows[1]['output.probability_Gentoo'], 12);
});

test('inputs are hashed, or left out, where that is wished', async () => {
  open({ inputs: 'hash' });
  await ask();
  const [hashed] = await lines();
  expect(hashed.inputs).toBe(await sha256(JSON.stringify(Object.values(row))));
  expect(Object.keys(hashed).some((name) => name.startsWith('input.'))).toBe(false);
  open({ inputs: 'none' });
  await ask();
  expect(Object.keys((await lines())[0])).not.toContain('inputs');
});

test('what waits to be written is kept as was said when it was asked, and not at all once the log is off', async () => {
  let settings: LogSettings | undefined = { ...usualLog, inputs: 'hash' };
  openWith(() => settings);
  await ask('ada');
  settings = usualLog;
  await ask('ben');
  const [hashed, plain] = await lines();
  expect([hashed['input.sex'], hashed.inputs]).toEqual([null, await sha256(JSON.stringify(Object.values(row)))]);
  expect(plain).toMatchObject({ 'input.sex': 'female', inputs: null });
  await ask('cleo');
  settings = undefined;
  await log.flush();
  expect(await createLogs(store).list()).toMatchObject([{ rows: 2 }]);
  expect(log.lost).toBe(0);
});

test('of rows that come faster than they are written, those that are too many are lost, and no more are held', async () => {
  const commit = store.commit.bind(store);
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  store.commit = (change) => held.then(() => commit(change));
  await ask('ada', 10_000);
  await ask('ada', 9_999);
  const writing = log.flush();
  await ask('ben', 2);
  await ask('cleo', 1);
  expect(log.lost).toBe(2);
  goOn();
  await writing;
  await ask('dan', 2);
  await log.flush();
  expect(await createLogs(store).list()).toMatchObject([{ rows: 20_002 }]);
  expect(log.lost).toBe(2);
});

test('what is wrong, or not asked, leaves no row', async () => {
  await send('/v1/models/species:predict', { method: 'POST', body: '{"instances": [{}]}' });
  await send('/v1/models/species');
  await log.flush();
  expect(await createLogs(store).list()).toEqual([]);
  expect((await send('/benchwright/models/species/log')).status).toBe(400);
  expect((await tell([{ id: 'x', event: 'a b' }])).status).toBe(400);
  expect((await tell([])).status).toBe(400);
  expect((await send('/benchwright/models/half/outcomes', { method: 'POST', body: '{}' })).status).toBe(404);
});

test('the oldest go when there are too many, or when they grow old; their chunks are freed', async () => {
  open({ rows: 16, days: 2 });
  for (let index = 0; index < 12; index++) {
    clock.now += 1_000;
    await tell([{ id: await ask(`user-${index}`, 2), event: 'click' }]);
    await log.flush();
  }
  const [summary] = await createLogs(store).list();
  expect(summary).toMatchObject({ name: 'species', rows: 16, dropped: 8, outcomes: 12, versions: [1], to: clock.now });
  expect(await store.collect()).toBe(0);
  clock.now += 2 * day - 4_500;
  await ask('late');
  await log.flush();
  const rows = await lines();
  expect(rows.length).toBe(11);
  expect(new Date(rows[0].time).getTime()).toBeGreaterThan(clock.now - 2 * day);
});

test('forms go with the last row that has them', async () => {
  const settings = { ...usualLog, rows: 8 };
  openWith(() => settings);
  for (const inputs of ['values', 'hash', 'none'] as const) {
    clock.now += 1_000;
    settings.inputs = inputs;
    await ask('ada', 4);
    await log.flush();
  }
  expect((await store.get('log', 'species'))?.forms.length).toBe(2);
  const rows = await lines();
  expect(rows.map(({ inputs }) => typeof inputs)).toEqual([...new Array(4).fill('string'), ...new Array(4).fill('object')]);
  expect(rows[0]).toMatchObject({ version: 1, 'output.prediction': expect.any(String) });
});

test('what one caller asked goes with its outcomes, and what others asked stays', async () => {
  for (const unit of ['ada', 'ben', 'ada']) await tell([{ id: await ask(unit), event: 'click' }]);
  const remove = (query: string) => send(`/benchwright/models/species/log${query}`, { method: 'DELETE' });
  expect(await (await remove('?unit=ada')).json()).toEqual({ removed: 2 });
  expect(await createLogs(store).list()).toMatchObject([{ rows: 1, outcomes: 1 }]);
  expect((await lines())[0].unit).toBe((await sha256('ben')).slice(0, 32));
  expect(await store.collect()).toBe(0);
  expect(await (await remove('')).json()).toEqual({ removed: 1 });
  expect([await createLogs(store).list(), await store.collect()]).toEqual([[], 0]);
});

test('deleting holds for rows that wait to be written', async () => {
  const logs = createLogs(store, () => clock.now);
  await ask('ada');
  await ask('bob');
  await log.flush();
  await ask('ada', 2);
  await ask('bob');
  expect(await logs.remove('species', { unit: 'ada' })).toBe(1);
  clock.now += 1;
  await ask('ada');
  await log.flush();
  // One of each asked before, of bob one more, of ada one that was asked afterwards.
  expect((await logs.get('species')).rows).toBe(3);
  await ask('bob', 4);
  expect(await logs.remove('species')).toBe(3);
  await log.flush();
  expect(await logs.list()).toEqual([]);
  await expect(logs.get('species')).rejects.toMatchObject({ code: 'unknown-log' });
  clock.now += 1;
  await ask('bob');
  await log.flush();
  expect((await logs.get('species')).rows).toBe(1);
});

test('as CSV and as Parquet', async () => {
  const id = await ask('ada', 3);
  const csv = await (await send('/benchwright/models/species/log?format=csv')).text();
  expect(csv.trim().split('\n').length).toBe(4);
  expect(csv.split('\n')[1]).toContain(`${id},1,2027-01-15`);
  const file = await (await send('/benchwright/models/species/log?format=parquet')).arrayBuffer();
  const rows = await parquetReadObjects({ file, compressors });
  expect(rows.map((each) => [each.id, each.row])).toEqual([1, 2, 3].map((place) => [id, place]));
  expect((await send('/benchwright/models/species/log?format=xls')).status).toBe(400);
});

test('a store that fails costs rows, and no answer', async () => {
  store.commit = () => Promise.reject(new Error('The disk is gone.'));
  await ask('ada', 3);
  await log.flush();
  expect(log.lost).toBe(3);
});

test('a page of another site cannot read or delete it', async () => {
  for (const method of ['GET', 'DELETE']) {
    const response = await send('/benchwright/models/species/log', { method, headers: { 'sec-fetch-site': 'cross-site' } });
    expect([response.status, (await response.json()).error]).toEqual([400, expect.stringMatching(/another site/)]);
  }
});
