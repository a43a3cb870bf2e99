/** Every way that a training can end: stopped, cancelled, abandoned, cut off, diverged. What was kept stays, and can be gone on with. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { yieldToEventLoop } from '../../../src/base/abort.js';
import { AbortError, StorageError, TrainingError } from '../../../src/base/errors.js';
import { readBuiltin } from '../../../src/host/node/builtin.js';
import type { RunRecord } from '../../../src/spec/run.js';
import type { TrainingSpec } from '../../../src/spec/training.js';
import type { Store } from '../../../src/storage/store.js';
import { createTrainer } from '../../../src/train/create.js';
import type { TrainingEvent } from '../../../src/train/trainer.js';
import { failureOf, resultOf, workplace } from './workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

const spec = { target: 'species', preset: 'mlp', epochs: 6, patience: 0, seed: 3 } as const satisfies TrainingSpec;

/** What of a run does not depend on when and how fast it was done. */
const substance = ({ curve, bestEpoch, steps, scores, confusion, linear, baseline }: RunRecord) => ({
  curve,
  bestEpoch,
  steps,
  scores,
  confusion,
  linear,
  baseline,
});

const isEpoch = (event: TrainingEvent, epoch: number): boolean => event.kind === 'epoch' && event.point.epoch === epoch;

/** Starts a training that is cancelled when `when` says so, and answers the interrupted run. */
async function interrupted(
  dataset: string,
  wish: TrainingSpec,
  when: (event: TrainingEvent, abort: () => void) => unknown,
): Promise<RunRecord> {
  const controller = new AbortController();
  const work = place.trainer.train({ dataset, spec: wish }, { signal: controller.signal });
  const error = await failureOf(resultOf(work, (event) => void when(event, () => controller.abort())));
  expect(error).toBeInstanceOf(AbortError);
  const [run] = await place.trainer.runs();
  expect(run.status).toBe('interrupted');
  expect((error as AbortError).place).toMatchObject({ run: run.id });
  expect(run.modelId).toBeUndefined();
  return run;
}

test.each(['wasm', 'cpu'] as const)('3 epochs, a cancellation and 3 more are 6 epochs, to the last digit, on %s', async (device) => {
  const iris = await place.builtin('iris');
  const run = await interrupted(iris.id, { ...spec, device }, (event, abort) => isEpoch(event, 3) && abort());
  expect(run).toMatchObject({ bestEpoch: expect.any(Number), checkpoint: { epoch: 3 } });
  expect(run.curve.length).toBe(3);
  const resumed = await place.train(iris, spec, { resume: run.id });
  expect(resumed.run).toMatchObject({ id: run.id, status: 'finished' });
  expect(resumed.run.checkpoint).toBeUndefined();
  // The whole curve is told again, so that whoever listens now can draw it.
  expect(resumed.events.flatMap((event) => (event.kind === 'epoch' ? [event.point] : []))).toEqual(resumed.run.curve);
  const whole = (await place.train(iris, { ...spec, device })).run;
  expect(substance(resumed.run)).toEqual(substance(whole));
  const [first, second] = await place.models.list();
  expect(first.weights).toEqual(second.weights);
});

test('cancelled in the midst of an epoch, it goes on from that very step', async () => {
  const iris = await place.builtin('iris');
  const wish = { ...spec, epochs: 2, batchSize: 1 };
  const run = await interrupted(iris.id, wish, async (event, abort) => {
    if (event.kind !== 'stage' || event.stage !== 'training') return;
    // The loop begins with slices of 1, 2 and 4 steps of the epoch's 97, and lets others run after each.
    for (let turn = 0; turn < 3; turn++) await yieldToEventLoop();
    abort();
  });
  expect(run.checkpoint?.steps).toBeGreaterThan(0);
  expect(run.checkpoint?.steps).toBeLessThan(97);
  expect(run.checkpoint).toMatchObject({ epoch: 0, examples: run.checkpoint?.steps });
  const resumed = (await place.train(iris, wish, { resume: run.id })).run;
  expect(substance(resumed)).toEqual(substance((await place.train(iris, wish)).run));
});

test('stopped, it keeps the best so far as a model', async () => {
  const iris = await place.builtin('iris');
  const controller = new AbortController();
  const events: TrainingEvent[] = [];
  const work = place.trainer.train({ dataset: iris.id, spec: { ...spec, epochs: 200 } }, { stop: controller.signal });
  const run = await resultOf(work, (event) => {
    events.push(event);
    if (isEpoch(event, 5)) controller.abort();
  });
  expect(run).toMatchObject({ status: 'stopped', epochs: 200, scores: { test: { accuracy: expect.any(Number) } } });
  expect(run.curve.length).toBe(5);
  expect(run.bestEpoch).toBeGreaterThan(0);
  expect(await place.models.get(run.modelId ?? '')).toMatchObject({ metrics: run.scores });
});

test('stopped before its first step, it still gives a model', async () => {
  const { run } = await place.train(await place.builtin('iris'), spec, {}, { stop: AbortSignal.abort() });
  expect(run).toMatchObject({ status: 'stopped', steps: 0 });
  expect(run.curve.length).toBe(1);
  expect((await place.models.list()).length).toBe(1);
});

test('cancelled before it began, it leaves nothing', async () => {
  const iris = await place.builtin('iris');
  expect(await failureOf(place.train(iris, spec, {}, { signal: AbortSignal.abort() }))).toBeInstanceOf(AbortError);
  expect(await place.trainer.runs()).toEqual([]);
});

test('a caller who walks away leaves an interrupted run with its checkpoint, and no network', async () => {
  const iris = await place.builtin('iris');
  const work = place.trainer.train({ dataset: iris.id, spec });
  for (;;) {
    const { value } = await work.next();
    if (isEpoch(value as TrainingEvent, 2)) break;
  }
  const [active] = await place.trainer.runs();
  expect(active.status).toBe('running');
  await work.return(active);
  expect(await place.trainer.run(active.id)).toMatchObject({ status: 'interrupted', checkpoint: { epoch: 2 } });
});

test('a run that was cut off is interrupted, and one without a checkpoint begins afresh', async () => {
  const iris = await place.builtin('iris');
  const whole = (await place.train(iris, spec)).run;
  const { checkpoint: _, modelId: __, scores: ___, ...cut } = whole;
  await place.store.commit({ put: [{ ...cut, id: 'cut-off', status: 'running', curve: [] }] });
  expect(await place.trainer.run('cut-off')).toMatchObject({ status: 'interrupted' });
  const resumed = (await place.train(iris, spec, { resume: 'cut-off' })).run;
  expect(resumed).toMatchObject({ id: 'cut-off', status: 'finished' });
  expect(substance(resumed)).toEqual(substance(whole));
});

test('a finished run is answered at once; one at work cannot be had twice; other data is refused', async () => {
  const iris = await place.builtin('iris');
  const { run } = await place.train(iris, spec);
  const again = await place.train(iris, spec, { resume: run.id });
  expect(again).toEqual({ run, events: [] });

  const work = place.trainer.train({ dataset: iris.id, spec });
  const { value } = await work.next();
  const active = (value as { run: string }).run;
  expect(await failureOf(place.train(iris, spec, { resume: active }))).toMatchObject({ code: 'run-active', place: { run: active } });
  await work.return(run);

  const left = await interrupted(iris.id, spec, (event, abort) => isEpoch(event, 1) && abort());
  const wine = await place.builtin('wine');
  expect(await failureOf(place.train(wine, spec, { resume: left.id }))).toMatchObject({ code: 'data-changed' });
  expect(await failureOf(place.train(iris, spec, { resume: 'nobody' }))).toMatchObject({ code: 'unknown-run' });
});

test('a loss that stops being finite is told with its epoch and step, and earlier models stay', async () => {
  const penguins = await place.builtin('penguins');
  const before = (await place.train(penguins, { ...spec, epochs: 1 })).run;
  // Each step multiplies every weight by 1 − 10 · 10: it takes few of them to leave what a float holds.
  const wild = { target: 'body_mass_g', preset: 'mlp', learningRate: 10, weightDecay: 10, batchSize: 1 } as const;
  const error = await failureOf(place.train(penguins, wild));
  expect(error).toBeInstanceOf(TrainingError);
  expect(error).toMatchObject({ code: 'loss-not-finite', advice: expect.stringContaining('smaller learning rate') });
  // At its step, not at the end of the epoch's 223.
  const { step, layer, batch } = (error as TrainingError).place;
  expect(step).toBeGreaterThan(1);
  expect(step).toBeLessThan(100);
  // What overflowed is found by taking the steps once more: the last layers' gradients are products of all weights after them.
  expect(layer).toBeGreaterThan(0);
  expect([Number(step) - 1, step]).toContain(batch);
  expect((error as TrainingError).message).toMatch(
    /It began with the (activations|gradients|weights|loss) of layer \d \("dense"\), at step \d+, batch \d+ of 223\./,
  );
  const [failed] = await place.trainer.runs();
  expect(failed).toMatchObject({ status: 'failed', problem: expect.stringContaining('stopped being a finite number') });
  expect((await place.models.list()).map(({ id }) => id)).toEqual([before.modelId]);
});

test('a loss that runs away is told before it stops being a number', async () => {
  const penguins = await place.builtin('penguins');
  // Grows by a tenth at each step.
  const wild = {
    target: 'body_mass_g',
    preset: 'linear',
    learningRate: 1,
    weightDecay: 2.1,
    optimizer: { kind: 'sgd', momentum: 0 },
    batchSize: 16,
    schedule: 'constant',
  } as const;
  const error = await failureOf(place.train(penguins, { ...wild, epochs: 100, patience: 0 }));
  expect(error).toMatchObject({ code: 'loss-diverged', place: { epoch: expect.any(Number), step: expect.any(Number) } });
  const [failed] = await place.trainer.runs();
  expect(failed).toMatchObject({ status: 'failed', problem: expect.stringContaining('diverges') });
});

test('no room for a checkpoint: it is said once, the training goes on, and its model is saved when there is room again', async () => {
  const iris = await place.builtin('iris');
  const full = new StorageError('storage-full', 'There is no space left.');
  let isFull = true;
  const store = refusingChunks(place.store, full, () => isFull);
  const trainer = createTrainer({ store, devices: place.devices, readBuiltin, defaultDevice: 'wasm' });
  const controller = new AbortController();
  const events: TrainingEvent[] = [];
  const work = trainer.train({ dataset: iris.id, spec: { ...spec, epochs: 100_000 } }, { stop: controller.signal });
  const run = await resultOf(work, (event) => {
    events.push(event);
    if (event.kind !== 'incident') return;
    isFull = false;
    controller.abort();
  });
  const incident = { code: 'storage-full', message: full.message, remedy: expect.stringMatching(/goes on without.*Make room, or export/) };
  expect(events.flatMap((event) => (event.kind === 'incident' ? [event.incident] : []))).toMatchObject([incident]);
  expect(run).toMatchObject({ status: 'stopped', incidents: [incident], modelId: expect.any(String) });
  expect(await place.trainer.run(run.id)).toEqual(run);
});

test('a run is deleted and restored; its model stays', async () => {
  const { run } = await place.train(await place.builtin('iris'), { ...spec, epochs: 1 });
  await place.trainer.remove(run.id);
  expect(await place.trainer.runs()).toEqual([]);
  expect(await failureOf(place.trainer.run(run.id))).toMatchObject({ code: 'unknown-run' });
  expect((await place.models.list()).length).toBe(1);
  await place.trainer.restore(run.id);
  expect(await place.trainer.run(run.id)).toEqual(run);
});

test('no space left for the model: it is said, what was saved before stays, and the run can be gone on with', async () => {
  const iris = await place.builtin('iris');
  const before = (await place.train(iris, { ...spec, epochs: 1 })).run;
  const half = await interrupted(iris.id, spec, (event, abort) => isEpoch(event, 3) && abort());
  const full = new StorageError('storage-full', 'There is no space left.');
  const trainer = createTrainer({
    store: refusingChunks(place.store, full),
    devices: place.devices,
    readBuiltin: place.readBuiltin,
    defaultDevice: 'wasm',
  });
  expect(await failureOf(resultOf(trainer.train({ dataset: iris.id, spec, resume: half.id })))).toBe(full);
  expect(await place.trainer.run(half.id)).toMatchObject({
    status: 'failed',
    problem: 'There is no space left.',
    checkpoint: half.checkpoint,
  });
  expect((await place.models.list()).map(({ id }) => id)).toEqual([before.modelId]);
  const resumed = (await place.train(iris, spec, { resume: half.id })).run;
  expect(resumed.status).toBe('finished');
  expect(resumed.problem).toBeUndefined();
});

/** The store, but for new chunks: a full disk cannot be had in a test. */
const refusingChunks = (store: Store, error: StorageError, isFull = () => true): Store =>
  new Proxy(store, {
    get(target, name: keyof Store) {
      if (name === 'putChunk' && isFull()) return () => Promise.reject(error);
      const member = target[name];
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });

test('soon after it has begun there is a checkpoint, for whoever reloads the page', async () => {
  const iris = await place.builtin('iris');
  const started = performance.now();
  const seen = async (): Promise<boolean> => (await place.store.list('run')).some(({ checkpoint }) => checkpoint !== undefined);
  for await (const { kind } of place.trainer.train({ dataset: iris.id, spec: { ...spec, epochs: 100_000 } })) {
    if (kind !== 'progress') continue;
    if (await seen()) break;
    expect(performance.now() - started, 'milliseconds without a checkpoint').toBeLessThan(6_000);
  }
  expect(await seen()).toBe(true);
});
