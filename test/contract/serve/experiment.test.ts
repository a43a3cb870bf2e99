/** An experiment from its start to its decision: real requests, their log, and the deployment's division. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import { loadDecoder } from '../../../src/host/node/decoder.js';
import { usualBatches } from '../../../src/serve/batcher.js';
import { createDeployments } from '../../../src/serve/create-deployments.js';
import { createExperiments } from '../../../src/serve/experiment/create.js';
import { usualLimits } from '../../../src/serve/limits.js';
import { PredictionLog } from '../../../src/serve/log/prediction-log.js';
import { Metrics } from '../../../src/serve/metrics.js';
import { Registry } from '../../../src/serve/registry.js';
import { createRouter } from '../../../src/serve/router.js';
import { Traffic } from '../../../src/serve/traffic/traffic.js';
import type { ExperimentSpec } from '../../../src/spec/experiment.js';
import { workplace } from '../train/workplace.js';
import { row } from './requests.js';

const place = workplace();
const { store } = place;
const clock = { now: 1_800_000_000_000 };
const now = () => clock.now;
const registry = new Registry();
const traffic = new Traffic({ now });
const log = new PredictionLog({ store, now, wait: 60_000 });
const deployments = createDeployments(store);
const experiments = createExperiments({ store, deployments, now });
const handle = createRouter({ registry, metrics: new Metrics(), limits: usualLimits, loadDecoder, management: false, traffic, log });
const spec: ExperimentSpec = {
  name: 'Green against blue',
  deployment: 'species',
  arms: [
    { name: 'blue', version: 1, weight: 50 },
    { name: 'green', version: 2, weight: 50 },
  ],
  metric: { column: 'outcome.bought', kind: 'proportion', better: 'higher' },
  guardrails: [{ column: 'output.probability_Gentoo', kind: 'ratio', better: 'higher', margin: 1 }],
  effect: 0.3,
  expected: { baseline: 0.2 },
  alpha: 0.05,
  power: 0.8,
  covariateDays: 14,
  bandit: false,
};

async function ask(unit: string): Promise<{ arm: string; id: string }> {
  const init = { method: 'POST', headers: { 'x-benchwright-unit': unit }, body: JSON.stringify({ instances: [row] }) };
  const { headers } = await handle(new Request('http://localhost/v1/models/species:predict', init));
  return { arm: headers.get('x-benchwright-arm') ?? '', id: headers.get('x-benchwright-prediction') ?? '' };
}
async function tell(id: string): Promise<void> {
  const body = JSON.stringify({ outcomes: [{ id, event: 'bought' }] });
  await handle(new Request('http://localhost/benchwright/models/species/outcomes', { method: 'POST', body }));
}
/** As a host does that follows the deployments. */
async function follow(): Promise<void> {
  const record = await deployments.get('species');
  traffic.set('species', record.traffic);
}

beforeAll(async () => {
  const { run } = await place.train(await place.builtin('penguins'), { target: 'species', preset: 'linear', epochs: 2 });
  const record = await place.models.get(run.modelId ?? '');
  for (const version of [1, 2]) {
    await deployments.deploy('species', record.id);
    registry.add('species', version, record, { store, devices: place.devices, limits: usualLimits, batches: usualBatches });
    await registry.load('species', version);
  }
});
afterAll(async () => {
  await registry.close();
  await place.expectTidy();
});

test('callers are divided, their outcomes compared, and the winner gets them all', async () => {
  const random = new Random(1, 'buyers');
  const users = Array.from({ length: 240 }, (_, index) => ({ name: `user-${index}`, buys: random.uniform() < 0.3 }));
  // Before the experiment: what is remembered of each caller. Those who bought then are likelier to buy again.
  for (const { name, buys } of users) if (buys) await tell((await ask(name)).id);
  clock.now += 1_000;
  const plan = await experiments.plan(spec, 100);
  const { id, planned } = await experiments.start(spec);
  expect([planned, plan.days]).toEqual([plan.total, 1]);
  expect((await deployments.get('species')).traffic).toMatchObject({ arms: spec.arms, salt: id });
  await follow();
  clock.now += 1_000;
  const seen = { blue: 0, green: 0 };
  for (const { name, buys } of users) {
    const { arm, id: prediction } = await ask(name);
    seen[arm as keyof typeof seen] += 1;
    if (buys || (arm === 'green' && random.uniform() < 0.7)) await tell(prediction);
  }
  await log.flush();
  const result = await experiments.result(id);
  expect(result.arms.map(({ units }) => units)).toEqual([seen.blue, seen.green]);
  expect([result.units, result.crossed, result.division.mismatch]).toEqual([240, 0, false]);
  expect(result.metric.explained).toBeGreaterThan(0.1);
  expect(result.guardrails[0]).toMatchObject({ states: ['safe'], comparisons: [{ difference: expect.closeTo(0, 6) }] });
  expect(result.verdict).toMatchObject({ kind: 'winner', arm: 'green' });
  const decided = await experiments.decide(id, 'green');
  expect(decided).toMatchObject({ status: 'decided', ended: clock.now, decision: { arm: 'green' } });
  await follow();
  expect(new Set(await Promise.all(users.slice(0, 20).map(async ({ name }) => (await ask(name)).arm)))).toEqual(new Set(['green']));
  // What is asked afterwards is not counted.
  clock.now += 1_000;
  await ask('late');
  await log.flush();
  expect((await experiments.result(id)).units).toBe(240);
  expect((await deployments.get('species')).events?.length).toBe(2);
});

test('what cannot be an experiment is refused by name', async () => {
  const refused = (change: Partial<ExperimentSpec>) =>
    experiments.start({ ...spec, ...change }).catch(({ code, place: { field = '' } }) => [code, field]);
  expect(await refused({ deployment: 'nowhere' })).toEqual(['unknown-deployment', '']);
  expect(await refused({ arms: [spec.arms[0], { ...spec.arms[1], version: 9 }] })).toEqual(['unknown-version', '']);
  expect(await refused({ arms: [spec.arms[0], { ...spec.arms[1], weight: 10 }] })).toEqual(['invalid-traffic', 'arms']);
  expect(await refused({ effect: 0.9 })).toEqual(['invalid-plan', 'effect']);
  expect(await refused({ alpha: 0 })).toEqual(['invalid-experiment', 'alpha']);
  const { id } = await experiments.start(spec);
  expect(await refused({})).toEqual(['already-running', '']);
  await expect(deployments.unload('species', 2)).rejects.toMatchObject({ code: 'version-in-traffic' });
  await expect(experiments.decide(id, 'red')).rejects.toMatchObject({ code: 'unknown-arm' });
  await experiments.remove(id);
  expect((await experiments.list()).map(({ status }) => status)).toEqual(['decided']);
  await experiments.restore(id);
  expect((await experiments.get(id)).status).toBe('stopped');
  await expect(experiments.get('nothing')).rejects.toMatchObject({ code: 'unknown-experiment' });
});

test('a bandit gives the better arm more, once enough units have come', async () => {
  const { id } = await experiments.simulate();
  const banditOf = async () => {
    const record = await experiments.get(id);
    await store.commit({ put: [{ ...record, spec: { ...record.spec, bandit: true } }] });
  };
  await banditOf();
  expect(await experiments.reweigh(id)).toBe(false);
  clock.now += 8_000;
  expect(await experiments.reweigh(id)).toBe(true);
  const [first, second] = (await experiments.get(id)).periods;
  expect([first.weights, second.weights[0] + second.weights[1]]).toEqual([[50, 50], 100]);
  expect(second.weights[1]).toBeGreaterThan(60);
  expect(await experiments.reweigh(id)).toBe(false);
  clock.now += 8_000;
  const { arms, division } = await experiments.result(id);
  expect(arms[1].units).toBeGreaterThan(arms[0].units * 1.2);
  expect(division.mismatch).toBe(false);
});

test('a person can roll a deployment back at once', async () => {
  await deployments.divide('species', { arms: spec.arms, rollback: { to: 'blue', seconds: 60, requests: 5, errors: 0.5 } });
  const { traffic: after, events = [] } = await deployments.rollBack('species');
  expect(after?.arms.map(({ weight }) => weight)).toEqual([100, 0]);
  expect(events.at(-1)).toMatchObject({ kind: 'rollback', by: 'caller', to: 'blue' });
  expect((await deployments.divide('species', undefined)).traffic).toBeUndefined();
  await expect(deployments.rollBack('species')).rejects.toMatchObject({ code: 'no-traffic' });
});

test('a version that a rollback would send callers to stays loaded', async () => {
  const rested = spec.arms.map((arm, index) => ({ ...arm, weight: index * 100 }));
  await deployments.divide('species', { arms: rested, rollback: { to: 'blue', seconds: 60, requests: 5, errors: 0.5 } });
  await expect(deployments.unload('species', 1)).rejects.toMatchObject({ code: 'version-in-traffic' });
  await deployments.divide('species', { arms: rested });
  await deployments.unload('species', 1);
  await deployments.load('species', 1);
  await deployments.divide('species', undefined);
});
