/** An experiment from its start to its decision: real requests, their log, and the deployment's division. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import { loadDecoder } from '../../../src/host/node/decoder.js';
import { usualBatches } from '../../../src/serve/batcher.js';
import { changeDeployment } from '../../../src/serve/change-deployment.js';
import { createDeployments } from '../../../src/serve/create-deployments.js';
import { rolledBack } from '../../../src/serve/divided.js';
import { createExperiments } from '../../../src/serve/experiment/create.js';
import { usualLimits } from '../../../src/serve/limits.js';
import { PredictionLog } from '../../../src/serve/log/prediction-log.js';
import { Metrics } from '../../../src/serve/metrics.js';
import { Registry } from '../../../src/serve/registry.js';
import { createRouter } from '../../../src/serve/router.js';
import { Traffic } from '../../../src/serve/traffic/traffic.js';
import type { ExperimentSpec } from '../../../src/spec/experiment.js';
import type { Traffic as TrafficSpec } from '../../../src/spec/traffic.js';
import { workplace } from '../train/workplace.js';
import { row } from './requests.js';

const place = workplace();
const { store } = place;
const clock = { now: 1_800_000_000_000 };
const now = () => clock.now;
const registry = new Registry();
const kept: Promise<unknown>[] = [];
const traffic = new Traffic({
  now,
  changed: (name, _, { kind, ...why }) => {
    if (kind === 'rollback') kept.push(changeDeployment(store, name, (record) => rolledBack(record, why)));
  },
});
const log = new PredictionLog({ store, now, wait: 60_000 });
const deployments = createDeployments(store);
const experiments = createExperiments({ store, now });
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
  // Each asks a little else: answers that are all the same have a spread by rounding alone, or none, and without any there is no interval.
  const own = { ...row, body_mass_g: row.body_mass_g + (unit.charCodeAt(unit.length - 1) % 10) / 1_000 };
  const init = { method: 'POST', headers: { 'x-benchwright-unit': unit }, body: JSON.stringify({ instances: [own] }) };
  const { headers } = await handle(new Request('http://localhost/v1/models/species:predict', init));
  return { arm: headers.get('x-benchwright-arm') ?? '', id: headers.get('x-benchwright-prediction') ?? '' };
}
async function tell(id: string, event = 'bought'): Promise<void> {
  const body = JSON.stringify({ outcomes: [{ id, event }] });
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
  for (const version of [1, 2, 3]) {
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
  const users = Array.from({ length: 300 }, (_, index) => ({ name: `user-${index}`, buys: random.uniform() < 0.3 }));
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
  // Of whatever else is told, its own event is not lost among it.
  const { id: noisy } = await ask(users[0].name);
  for (let index = 0; index < 60; index++) await tell(noisy, `noise-${index}`);
  await log.flush();
  const result = await experiments.result(id);
  expect(result.arms.map(({ units }) => units)).toEqual([seen.blue, seen.green]);
  expect([result.units, result.crossed, result.division.mismatch]).toEqual([300, 0, false]);
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
  expect((await experiments.result(id)).units).toBe(300);
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

/** A division with a mirror and a rule, under which an experiment is started. */
async function started(change: Partial<ExperimentSpec> = {}): Promise<string> {
  const before = [{ name: 'stable', version: 1, weight: 100 }];
  const rollback = { to: 'stable', seconds: 60, requests: 5, errors: 0.5 };
  await deployments.divide('species', { arms: before, mirror: { version: 3, share: 10 }, rollback });
  clock.now += 1_000;
  const { id } = await experiments.start({ ...spec, covariateDays: undefined, ...change } as ExperimentSpec);
  await follow();
  clock.now += 1_000;
  return id;
}

test('a mirror and a rule outlive the start, new weights and the decision', async () => {
  const id = await started({ bandit: true });
  const rules = { mirror: { version: 3, share: 10 }, rollback: { to: 'blue', errors: 0.5 } };
  expect((await deployments.get('species')).traffic).toMatchObject({ arms: spec.arms, salt: id, ...rules });
  for (let index = 0; index < 220; index++) await ask(`weighed-${index}`);
  await log.flush();
  clock.now += 1_000;
  expect(await experiments.reweigh(id)).toBe(true);
  const { traffic: weighed, events = [] } = await deployments.get('species');
  expect(weighed).toMatchObject({ salt: id, ...rules });
  expect([weighed?.arms.map(({ weight }) => weight), events.at(-1)?.by]).toEqual([
    (await experiments.get(id)).periods.at(-1)?.weights,
    'bandit',
  ]);
  // Of periods the last are kept: units of before are counted all the same.
  const record = await experiments.get(id);
  await store.commit({ put: [{ ...record, periods: record.periods.slice(1) }] });
  expect((await experiments.result(id)).units).toBe(220);
  // Another mirror or rule is nobody's arm.
  await deployments.divide('species', { ...(weighed as TrafficSpec), mirror: { version: 3, share: 20 } });
  expect((await experiments.get(id)).status).toBe('running');
  await experiments.decide(id, 'green');
  const after = (await deployments.get('species')).traffic;
  expect([after?.arms.map(({ weight }) => weight), after?.mirror?.share, after?.rollback?.to]).toEqual([[0, 100], 20, 'blue']);
});

test('a rollback ends the experiment that divided the callers, and nothing undoes it', async () => {
  const id = await started({ bandit: true });
  for (let index = 0; index < 220; index++) await ask(`early-${index}`);
  clock.now += 61_000;
  await registry.unload('species', 2);
  for (let index = 0; index < 40; index++) await ask(`late-${index}`);
  await Promise.all(kept);
  clock.now += 1_000;
  for (let index = 0; index < 220; index++) await ask(`after-${index}`);
  await log.flush();
  const weights = async () => (await deployments.get('species')).traffic?.arms.map(({ weight }) => weight);
  expect([await experiments.reweigh(id), await weights()]).toEqual([false, [100, 0]]);
  const { status, ended = 0, interrupted } = await experiments.get(id);
  expect([status, clock.now - ended, interrupted]).toEqual([
    'stopped',
    1_000,
    expect.objectContaining({ by: 'errors', from: 'green', to: 'blue' }),
  ]);
  // Whether its shares are off is chance: what failed is no unit, and that was one arm's alone.
  const { units, verdict } = await experiments.result(id);
  expect(units).toBeLessThan(260);
  expect(verdict.kind).toBe('interrupted');
  expect(verdict.message).toMatch(/^All callers were rolled back to "blue", which ended it\. \d+ of \d+ requests within 60 seconds failed/);
  await registry.load('species', 2);
  // The next one may begin.
  await experiments.remove((await experiments.start({ ...spec, name: 'Next' })).id);
});

test('whoever divides callers otherwise ends the experiment', async () => {
  const id = await started();
  await deployments.divide('species', { arms: spec.arms });
  expect(await experiments.get(id)).toMatchObject({ status: 'stopped', interrupted: { kind: 'set', by: 'caller' } });
  expect((await experiments.result(id)).verdict.message).toMatch(/^Callers were divided otherwise, which ended it/);
});

test('whoever deploys anew under the name of what was deleted ends its experiment, and may begin another', async () => {
  const [{ model }] = (await deployments.get('species')).versions;
  await deployments.deploy('renewed', model);
  await deployments.deploy('renewed', model);
  const { id } = await experiments.start({ ...spec, deployment: 'renewed' });
  await deployments.remove('renewed');
  await deployments.restore('renewed');
  expect((await experiments.get(id)).status).toBe('running');
  await deployments.remove('renewed');
  expect(await deployments.deploy('renewed', model)).toMatchObject({ versions: [{ version: 3 }], events: [{ kind: 'set', by: 'caller' }] });
  expect(await experiments.get(id)).toMatchObject({ status: 'stopped', interrupted: { kind: 'set', by: 'caller' } });
  const arms = [3, 4].map((version) => ({ name: `arm-${version}`, version, weight: 50 }));
  await deployments.deploy('renewed', model);
  const next = await experiments.start({ ...spec, deployment: 'renewed', arms });
  await experiments.stop(next.id);
  await deployments.remove('renewed');
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
  await expect(deployments.rollBack('species', 'blue')).rejects.toMatchObject({ code: 'version-not-loaded' });
  await deployments.load('species', 1);
  await deployments.divide('species', undefined);
});
