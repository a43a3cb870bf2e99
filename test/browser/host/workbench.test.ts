/** The library in a page, with its real workers, over the browser's storage and over memory. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newIdentifier } from '../../../src/base/identifier.js';
import { eraseEverything } from '../../../src/host/browser/erase.js';
import { createWorkbench } from '../../../src/host/browser/workbench.js';
import type { Workbench, WorkbenchOptions } from '../../../src/host/workbench.js';
import { finish, setosa, trainIris } from '../../contract/host/main-job.js';
import { textAnswers, textJob } from '../../contract/host/text-job.js';

/** The built-in tables lie beside the page, which in this lane is not at the root. */
const base = Object.assign(document.createElement('base'), { href: '/' });

let path: string;
const open: Workbench[] = [];

async function workbenchOf(options: WorkbenchOptions): Promise<Workbench> {
  const workbench = await createWorkbench(options);
  open.push(workbench);
  return workbench;
}

beforeEach(() => {
  document.head.append(base);
  path = `test-${newIdentifier()}`;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((workbench) => workbench.close()));
  base.remove();
  indexedDB.deleteDatabase(path);
});

test('what was learnt is there when the page is opened again, and predicts the same', async () => {
  const first = await workbenchOf({ path });
  const { model, events } = await trainIris(first);
  expect(events.filter(({ kind }) => kind === 'epoch')).toHaveLength(3);
  const [before] = await first.models.predict(model.id, [setosa]);
  expect(before.probabilities?.map(({ value }) => value)).toEqual(['setosa', 'versicolor', 'virginica']);
  await first.close();

  const second = await workbenchOf({ path });
  expect(await second.models.list()).toEqual([model]);
  expect(await second.models.predict(model.id, [setosa])).toEqual([before]);
});

test('a text that is read word by word is answered about in a page as in Node, to the last bit', async () => {
  expect(await textJob(await workbenchOf({ path }))).toEqual(textAnswers);
});

describe('a worker that ends under a training', () => {
  const { Worker } = globalThis;
  let spawned: Worker[];
  beforeEach(() => {
    spawned = [];
    globalThis.Worker = class extends Worker {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given);
        if (String(given[0]).includes('engine')) spawned.push(this);
      }
    };
  });
  afterEach(() => {
    globalThis.Worker = Worker;
  });

  /** Trains until it has a checkpoint, and terminates the worker so often. */
  async function train(terminations: number) {
    const workbench = await workbenchOf({ path });
    const { result: iris } = await finish(workbench.datasets.import({ kind: 'builtin', name: 'iris' }));
    const stop = new AbortController();
    const incidents: unknown[] = [];
    const spec = { target: 'species', preset: 'mlp', epochs: 100_000, patience: 0, seed: 1, device: 'wasm' } as const;
    let ended = 0;
    const work = workbench.trainer.train({ dataset: iris.id, spec }, { stop: stop.signal });
    for (;;) {
      const { done, value } = await work.next();
      if (done) return { run: value, incidents };
      if (value.kind === 'incident') incidents.push(value.incident);
      if (value.kind !== 'epoch') continue;
      if (ended === terminations) stop.abort();
      else if (spawned.length === ended + 1 && (await workbench.trainer.runs())[0]?.checkpoint) spawned[ended++].terminate();
    }
  }

  test('is replaced, and the run goes on from its last checkpoint and says so', async () => {
    const { run, incidents } = await train(1);
    expect(spawned).toHaveLength(2);
    expect(incidents).toMatchObject([
      { code: 'worker-died', remedy: expect.stringMatching(/new worker.*the checkpoint of epoch \d+, step \d+/) },
    ]);
    expect(run).toMatchObject({ status: 'stopped', incidents, modelId: expect.any(String) });
  });

  test('twice is an error that names the run and its checkpoint', async () => {
    await expect(train(2)).rejects.toMatchObject({
      name: 'WorkerError',
      code: 'worker-died',
      message: expect.stringMatching(/ended twice.*the checkpoint of epoch \d+, step \d+ is kept/),
      place: { run: expect.any(String), step: expect.any(Number) },
    });
  });
});

describe.each([
  ['indexeddb', (): WorkbenchOptions => ({ path })],
  ['memory', (): WorkbenchOptions => ({ storage: 'memory' })],
])('over %s', (_kind, options) => {
  test('the page hears what its workers commit, until it stops listening', async () => {
    const workbench = await workbenchOf(options());
    const heard: string[] = [];
    const stop = workbench.watch((kinds) => heard.push(...kinds));
    const { dataset, model } = await trainIris(workbench);
    await expect.poll(() => new Set(heard)).toEqual(new Set(['dataset', 'run', 'model']));
    stop();
    heard.length = 0;
    await workbench.datasets.rename(dataset, 'flowers');
    const [{ prediction }] = await workbench.models.predict(model.id, [setosa]);
    expect(typeof prediction).toBe('string');
    expect(heard).toEqual([]);
    expect((await workbench.usage()).used).toBeGreaterThan(0);
  });

  test('a training that is left half-way stops, and what it held on the device is freed', async () => {
    const { datasets, trainer, devices } = await workbenchOf(options());
    const { result: dataset } = await finish(datasets.import({ kind: 'builtin', name: 'iris' }));
    const spec = { target: 'species', preset: 'mlp', epochs: 1_000, device: 'wasm' } as const;
    for await (const { kind } of trainer.train({ dataset: dataset.id, spec })) {
      if (kind !== 'epoch') continue;
      expect((await devices.counters()).bytes).toBeGreaterThan(0);
      break;
    }
    expect(await devices.counters()).toEqual({ tensors: 0, bytes: 0 });
    expect((await trainer.runs()).map(({ status }) => status)).toEqual(['interrupted']);
  });

  test('cancelling an import leaves nothing behind', async () => {
    const { datasets } = await workbenchOf(options());
    const importing = datasets.import({ kind: 'builtin', name: 'digits' }, {}, AbortSignal.abort());
    await expect(importing.next()).rejects.toMatchObject({ name: 'AbortError', code: 'cancelled' });
    expect(await datasets.list()).toEqual([]);
  });

  test('errors come back with their class, code, place and advice', async () => {
    const { datasets } = await workbenchOf(options());
    const refused = datasets.import({ kind: 'builtin', name: 'toString' }).next();
    await expect(refused).rejects.toMatchObject({
      name: 'InputError',
      code: 'unknown-builtin',
      place: { name: 'toString' },
      advice: expect.stringContaining('iris'),
    });
  });

  test('after close every call is refused', async () => {
    const workbench = await workbenchOf(options());
    await workbench.datasets.list();
    await workbench.close();
    await expect(workbench.datasets.list()).rejects.toMatchObject({ name: 'WorkerError', code: 'worker-closed' });
  });
});

test("a look at rows is the caller's own: looking twice gives the same", async () => {
  const { datasets } = await workbenchOf({ storage: 'memory' });
  const { result } = await finish(datasets.import({ kind: 'builtin', name: 'iris' }));
  const once = await datasets.preview(result.id, 0, 10);
  expect(once.rows).toBe(10);
  expect(await datasets.preview(result.id, 0, 10)).toEqual(once);
});

test.each(['memory', 'indexeddb'] as const)('in a worker everything runs in that worker, over %s', async (storage) => {
  const file = new File([await (await fetch('/data/iris.csv')).blob()], 'iris.csv');
  const worker = new Worker(new URL('./inline.worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
  });
  worker.postMessage({ options: { storage, path }, file });
  expect(await answer).toEqual(['setosa', 'versicolor', 'virginica']);
  worker.terminate();
});

test('erasing leaves no record', async () => {
  const workbench = await workbenchOf({ path });
  await trainIris(workbench);
  await eraseEverything(path);
  expect(await workbench.datasets.list()).toEqual([]);
  expect(await workbench.trainer.runs()).toEqual([]);
  expect(await workbench.models.list()).toEqual([]);
});

test('files are refused in a page, with what to use instead', async () => {
  await expect(createWorkbench({ storage: 'files', path: 'kept' })).rejects.toMatchObject({ name: 'InputError', code: 'invalid-options' });
});
