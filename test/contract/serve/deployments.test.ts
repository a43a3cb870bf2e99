/** Deployments as they are kept: versions and labels, what guards them, and their way out and in with a project. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkbench } from '../../../src/host/node/workbench.js';
import type { Workbench } from '../../../src/host/workbench.js';
import { failureOf, resultOf } from '../train/workplace.js';

let bench: Workbench;
let models: string[];

async function exported(from: Workbench, ...only: Parameters<Workbench['project']['export']>): Promise<Blob> {
  const pieces: BlobPart[] = [];
  await resultOf(from.project.export(...only), ({ piece }) => pieces.push(piece.slice() as Uint8Array<ArrayBuffer>));
  return new Blob(pieces);
}

const codeOf = async (work: Promise<unknown>): Promise<unknown> => ((await failureOf(work)) as { code?: string }).code;

beforeAll(async () => {
  bench = await createWorkbench();
  const rows = Array.from({ length: 30 }, (_, row) => `${row % 7},${row % 7 > 3 ? 'high' : 'low'}`);
  const dataset = await resultOf(bench.datasets.import({ kind: 'text', name: 'rows.csv', text: `a,kind\n${rows.join('\n')}\n` }));
  models = [];
  for (const seed of [1, 2]) {
    const spec = { target: 'kind', preset: 'linear', epochs: 1, seed, device: 'wasm' } as const;
    models.push((await resultOf(bench.trainer.train({ dataset: dataset.id, spec }))).modelId as string);
  }
});
afterAll(() => bench.close());

test('versions are counted, labels point at those that are loaded, and no number is given twice', async () => {
  await bench.deployments.deploy('kinds', models[0], { labels: ['stable'] });
  const { versions, labels } = await bench.deployments.deploy('kinds', models[1], { labels: ['canary'] });
  expect(versions.map(({ version, model, loaded }) => [version, model, loaded])).toEqual([
    [1, models[0], true],
    [2, models[1], true],
  ]);
  expect(labels).toEqual([
    { label: 'stable', version: 1 },
    { label: 'canary', version: 2 },
  ]);
  expect(await codeOf(bench.deployments.unload('kinds', 2))).toBe('version-labelled');
  await bench.deployments.unlabel('kinds', 'canary');
  await bench.deployments.unload('kinds', 2);
  expect(await codeOf(bench.deployments.label('kinds', 'canary', 2))).toBe('label-not-loaded');
  await bench.deployments.removeVersion('kinds', 2);
  expect(await codeOf(bench.deployments.removeVersion('kinds', 1))).toBe('version-labelled');
  await bench.deployments.unlabel('kinds', 'stable');
  expect(await codeOf(bench.deployments.removeVersion('kinds', 1))).toBe('last-version');
  expect((await bench.deployments.deploy('kinds', models[1])).versions.map(({ version }) => version)).toEqual([1, 3]);
  await bench.deployments.remove('kinds');
  expect([await bench.deployments.list(), await codeOf(bench.deployments.get('kinds'))]).toEqual([[], 'unknown-deployment']);
  await bench.deployments.restore('kinds');
  expect((await bench.deployments.list()).map(({ id }) => id)).toEqual(['kinds']);
});

test('writers at once each get a version of their own', async () => {
  await Promise.all(models.flatMap((model) => [bench.deployments.deploy('race', model), bench.deployments.deploy('race', model)]));
  expect((await bench.deployments.get('race')).versions.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
  await bench.deployments.remove('race');
});

test('names, labels, models and versions that are none are refused', async () => {
  for (const name of ['', 'a/b', 'a:b', '..', 'é', 'x'.repeat(101)])
    expect(await codeOf(bench.deployments.deploy(name, models[0])), name).toBe('invalid-name');
  expect(await codeOf(bench.deployments.deploy('other', models[0], { labels: ['a b'] }))).toBe('invalid-label');
  expect(await codeOf(bench.deployments.deploy('other', 'none'))).toBe('unknown-model');
  expect(await codeOf(bench.deployments.load('kinds', 9))).toBe('unknown-version');
  expect(await codeOf(bench.deployments.load('other', 1))).toBe('unknown-deployment');
});

test('a version says which model, run and version of the data it came from', async () => {
  const { lineage, metrics } = await bench.models.get(models[0]);
  expect((await bench.deployments.lineage('kinds'))[0]).toEqual({
    version: 1,
    model: { id: models[0], name: expect.any(String) },
    run: lineage.run,
    headline: { name: 'accuracy', value: (metrics.test as { accuracy: number }).accuracy },
    dataset: { ...lineage.dataset, version: 1 },
  });
});

test('a model that is deployed is not deleted', async () => {
  const problem = await failureOf(bench.models.remove(models[0]));
  expect(problem).toMatchObject({ code: 'model-deployed', place: { deployment: 'kinds', version: 1 } });
  await bench.deployments.removeVersion('kinds', 1);
  await bench.models.remove(models[0]);
  expect(await codeOf(bench.deployments.deploy('kinds', models[0]))).toBe('unknown-model');
  await bench.models.restore(models[0]);
});

test('what is restored has its models, though they were deleted meanwhile', async () => {
  await bench.deployments.deploy('brief', models[0]);
  await bench.deployments.remove('brief');
  await bench.models.remove(models[0]);
  await bench.deployments.restore('brief');
  expect((await bench.models.get(models[0])).id).toBe(models[0]);
  expect(await codeOf(bench.models.remove(models[0]))).toBe('model-deployed');
  await bench.deployments.remove('brief');
});

test('it travels with its models, in the newest format alone, and comes in beside another of its name', async () => {
  const file = await exported(bench, [{ kind: 'deployment', id: 'kinds' }]);
  expect(new DataView(await file.arrayBuffer()).getUint32(8, true)).toBe(4);
  const there = await createWorkbench();
  const outcomes = async (): Promise<string[]> =>
    (await resultOf(there.project.import(file))).map(({ kind, outcome }) => `${kind} ${outcome}`).sort();
  expect(await outcomes()).toEqual(['deployment new', 'model new']);
  expect(await there.deployments.list()).toEqual(await bench.deployments.list());
  expect(await outcomes()).toEqual(['deployment there', 'model there']);
  await there.deployments.unload('kinds', 3);
  expect(await outcomes()).toEqual(['deployment beside', 'model there']);
  expect((await there.deployments.list()).map(({ id }) => id)).toEqual(['kinds', expect.stringMatching(/^kinds-[0-9a-f]{8}$/)]);
  const old = await exported(bench, [{ kind: 'model', id: models[0] }]);
  expect(new DataView(await old.arrayBuffer()).getUint32(8, true)).toBe(1);
  await there.close();
});

test('what was deleted is freed with everything else', async () => {
  await bench.deployments.remove('kinds');
  const { id } = await bench.experiments.simulate();
  await bench.experiments.remove(id);
  await bench.inventory.empty();
  expect(await codeOf(bench.deployments.restore('kinds'))).toBe('unknown-deployment');
  expect(await codeOf(bench.experiments.restore(id))).toBe('unknown-experiment');
});
