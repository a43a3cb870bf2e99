/** A registry that follows the deployments in a store, as the inference worker's does. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualBatches } from '../../../src/serve/batcher.js';
import { createDeployments } from '../../../src/serve/create-deployments.js';
import { FollowedDeployments } from '../../../src/serve/follow-deployments.js';
import { usualLimits } from '../../../src/serve/limits.js';
import { Metrics } from '../../../src/serve/metrics.js';
import { Registry } from '../../../src/serve/registry.js';
import { Traffic } from '../../../src/serve/traffic/traffic.js';
import { usualLog } from '../../../src/spec/prediction-log.js';
import { workplace } from '../train/workplace.js';

const place = workplace();
const { store, devices } = place;
const registry = new Registry();
const deployments = createDeployments(store);
const traffic = new Traffic();
const serving = { store, devices, limits: usualLimits, batches: usualBatches };
const followed = new FollowedDeployments({ store, registry, metrics: new Metrics(), serving, traffic });
let models: string[];

const states = () =>
  registry.names.map((name) => [
    name,
    ...registry.versions(name).map(({ version, state }) => `${version} ${state}`),
    ...registry.labels(name),
  ]);

beforeAll(async () => {
  const dataset = await place.builtin('iris');
  models = [];
  for (const seed of [1, 2])
    models.push((await place.train(dataset, { target: 'species', preset: 'linear', epochs: 1, seed })).run.modelId ?? '');
});
afterAll(async () => {
  followed.close();
  await registry.close();
  await place.expectTidy();
});

test('versions are loaded, unloaded and forgotten, and labels moved, as they are kept', async () => {
  const seen = async (expected: unknown) => {
    await followed.refresh();
    expect(states()).toEqual(expected);
  };
  await deployments.deploy('iris', models[0], { labels: ['stable'] });
  await seen([['iris', '1 AVAILABLE', ['stable', 1]]]);
  await deployments.deploy('iris', models[1], { labels: ['stable'] });
  await seen([['iris', '2 AVAILABLE', '1 AVAILABLE', ['stable', 2]]]);
  await deployments.unload('iris', 1);
  await seen([['iris', '2 AVAILABLE', '1 END', ['stable', 2]]]);
  await deployments.unlabel('iris', 'stable');
  await deployments.load('iris', 1);
  await deployments.removeVersion('iris', 2);
  await seen([['iris', '1 AVAILABLE']]);
  expect(await followed.refresh()).toBe(false);
  await deployments.remove('iris');
  await seen([]);
  await deployments.restore('iris');
  await seen([['iris', '1 AVAILABLE']]);
});

test('it hears of changes by itself', async () => {
  await deployments.deploy('other', models[0]);
  await expect.poll(() => registry.names).toContain('other');
  await deployments.remove('other');
  await expect.poll(() => registry.names).not.toContain('other');
});

test('who asks while a version is loaded learns that it has changed, and then it answers', async () => {
  await deployments.deploy('soon', models[0]);
  const asked = [followed.refresh(), followed.refresh()];
  expect(await Promise.all(asked)).toEqual([true, true]);
  const before = followed.changes;
  expect(registry.version('soon').state).toBe('AVAILABLE');
  await deployments.remove('soon');
  await followed.settled;
  await followed.refresh();
  // It was over before anybody asked: since then nothing has changed, but since before it has.
  expect([await followed.refresh(), await followed.refresh(before)]).toEqual([false, true]);
});

test('what cannot be loaded says why, and is tried again once it is asked for again', async () => {
  const record = await place.models.get(models[0]);
  const broken = { ...record, id: 'broken', weights: { hash: '0'.repeat(64), bytes: record.weights.bytes } };
  await store.commit({ put: [broken] });
  await deployments.deploy('broken', 'broken', { labels: ['stable'] });
  await followed.refresh();
  expect(registry.version('broken')).toMatchObject({ state: 'END', problem: { code: 'chunk-missing' } });
  expect([...registry.labels('broken')]).toEqual([]);
  await store.commit({ put: [{ ...broken, weights: record.weights }] });
  await deployments.unlabel('broken', 'stable');
  await deployments.unload('broken', 1);
  await followed.refresh();
  await deployments.load('broken', 1);
  await followed.refresh();
  expect(registry.version('broken').state).toBe('AVAILABLE');
});

test('callers are divided, and requests kept, as the deployment says', async () => {
  for (const model of models) await deployments.deploy('shared', model);
  const arms = [
    { name: 'old', version: 1, weight: 50 },
    { name: 'new', version: 2, weight: 50 },
  ];
  await deployments.divide('shared', { arms });
  await followed.refresh();
  expect([traffic.state('shared')?.arms, followed.log('shared')]).toEqual([arms, { ...usualLog, inputs: 'none' }]);
  await deployments.rollBack('shared', 'old');
  await deployments.keepLog('shared', undefined);
  await followed.refresh();
  expect([traffic.state('shared')?.arms[0].weight, followed.log('shared')]).toEqual([100, undefined]);
  const { events = [] } = await deployments.get('shared');
  expect(events.map(({ kind }) => kind)).toEqual(['set', 'rollback']);
  expect(traffic.state('shared')?.events).toEqual([...events].reverse());
  await deployments.divide('shared', undefined);
  await followed.refresh();
  expect(traffic.state('shared')).toBeUndefined();
});

/** Loads one version only when it is let go. */
class Slow extends Registry {
  readonly #slow: string;
  letGo = (): void => undefined;

  constructor(slow: string) {
    super();
    this.#slow = slow;
  }

  override async load(name: string, version: number): Promise<void> {
    if (`${name}/${version}` === this.#slow) await new Promise<void>((resolve) => (this.letGo = resolve));
    await super.load(name, version);
  }
}

test('what needs no loading is in force at once, whatever is being loaded; callers are sent to no version that is yet to come', async () => {
  for (const model of models) await deployments.deploy('busy', model);
  await deployments.label('busy', 'best', 1);
  const divide = (...weights: number[]) =>
    deployments.divide('busy', { arms: weights.map((weight, index) => ({ name: `v${index + 1}`, version: index + 1, weight })) });
  await divide(50, 50);
  const [own, division] = [new Slow('busy/3'), new Traffic()];
  const busy = new FollowedDeployments({ store, registry: own, metrics: new Metrics(), serving, traffic: division });
  await busy.settled;
  const weights = () => division.state('busy')?.arms.map(({ weight }) => weight);
  await deployments.deploy('busy', models[0]);
  await expect.poll(() => own.versions('busy').length).toBe(3);

  await deployments.rollBack('busy', 'v1');
  await deployments.label('busy', 'best', 2);
  await deployments.keepLog('busy', undefined);
  void busy.refresh();
  await busy.heard;
  expect([weights(), own.labels('busy').get('best'), busy.log('busy')]).toEqual([[100, 0], 2, undefined]);

  await divide(50, 20, 30);
  await deployments.label('busy', 'best', 3);
  void busy.refresh();
  await busy.heard;
  expect([weights(), own.labels('busy').get('best'), busy.log('busy')]).toEqual([[100, 0], 2, { ...usualLog, inputs: 'none' }]);
  own.letGo();
  await busy.settled;
  expect([weights(), own.labels('busy').get('best')]).toEqual([[50, 20, 30], 3]);
  busy.close();
  await own.close();
  await deployments.remove('busy');
});

test('a model that takes its time holds up only what was deployed later', async () => {
  await deployments.deploy('slow', models[0]);
  const slow = new Slow('slow/1');
  const later = new FollowedDeployments({ store, registry: slow, metrics: new Metrics(), serving });
  await later.begun('iris');
  expect([slow.version('iris').state, slow.version('slow').state]).toEqual(['AVAILABLE', 'START']);
  // What there is, is known at once.
  await later.begun();
  expect(slow.names).toContain('slow');
  await later.begun('shared');
  slow.letGo();
  await later.begun('slow');
  expect(slow.version('slow').state).toBe('AVAILABLE');
  later.close();
  await later.settled;
  await slow.close();
});
