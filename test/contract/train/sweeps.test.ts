/** Sweeps over real tables: their winner is what plain trainings say it is, and nothing of how they were carried out changes it. */
import { expect, test } from 'vitest';
import { DeviceError } from '../../../src/base/errors.js';
import type { DeviceOwner } from '../../../src/compute/devices.js';
import type { Engine, Network } from '../../../src/compute/engine.js';
import type { DeviceName } from '../../../src/spec/device-name.js';
import type { SweepSpec } from '../../../src/spec/sweep.js';
import type { TrialRecord } from '../../../src/spec/sweep-record.js';
import { createSweeps } from '../../../src/train/sweeps/create.js';
import { trialsOf } from '../../../src/train/sweeps/records.js';
import type { SweepEvent, SweepRequest } from '../../../src/train/sweeps/sweeps.js';
import { failureOf, resultOf, workplace } from './workplace.js';

const spec = { target: 'species', seed: 3, epochs: 12, preset: 'mlp' as const, device: 'wasm' as const };
const fields: SweepSpec['fields'] = [
  { field: 'learningRate', kind: 'logUniform', from: 1e-4, to: 0.1 },
  { field: 'hiddenUnits', kind: 'choice', values: [8, 16, 32] },
  { field: 'dropout', kind: 'uniform', from: 0, to: 0.5 },
];
const halving: SweepSpec = { method: 'successiveHalving', trials: 9, firstRung: 1, fields };

/** What must not depend on how the work was done. */
const essence = (trials: readonly TrialRecord[]) =>
  trials.map(({ number, values, status, rungs, curve }) => ({ number, values, status, rungs, curve }));

test('a random sweep: each trial is what a training with its spec is, and the best of them is trained anew and tested', async () => {
  const { sweep, sweeps, builtin, train, store, expectTidy } = workplace();
  const iris = await builtin('iris');
  const request: SweepRequest = { dataset: iris.id, spec, sweep: { method: 'random', trials: 4, fields } };
  const { sweep: record, trials, run, events } = await sweep(request);
  expect(record).toMatchObject({ status: 'finished', metric: 'logLoss', rungs: [12], trials: 4, run: run.id });
  for (const trial of trials) {
    const { run: same } = await train(iris, trial.spec);
    expect(same.curve).toEqual(trial.curve);
    const { metric } = trial.rungs[0];
    expect(metric).toBe((same.scores as unknown as { validation: { logLoss: number } }).validation.logLoss);
    expect(metric).toBeGreaterThanOrEqual(trials[(record.winner as number) - 1].rungs[0].metric as number);
  }
  const winner = trials[(record.winner as number) - 1];
  expect(run).toMatchObject({ status: 'finished', sweep: { id: record.id, trial: record.winner }, spec: winner.spec });
  expect(run.curve).toEqual(winner.curve);
  expect(run.scores?.test).toBeDefined();
  expect(await store.get('model', run.modelId as string)).toBeDefined();
  // What was only a means is gone.
  expect(trials.every(({ checkpoint }) => checkpoint === undefined)).toBe(true);

  const stages = events.flatMap((event) => (event.kind === 'stage' ? [event.stage] : []));
  expect(stages).toEqual(['reading', 'preparing', 'choosing-device', 'trials', 'retraining']);
  expect(events.filter((event) => event.kind === 'epoch')).toHaveLength(trials.reduce((sum, { curve }) => sum + curve.length, 0));
  expect(await sweeps.list()).toEqual([record]);
  expect(await sweeps.trials(record.id)).toEqual(trials);
  // A sweep that is over answers at once.
  expect((await sweep({ ...request, resume: record.id })).events).toEqual([]);
  await expectTidy();
});

test('successive halving: the same trials and winner, however many at once', async () => {
  const { sweep, builtin, expectTidy } = workplace();
  const iris = await builtin('iris');
  const alone = await sweep({ dataset: iris.id, spec, sweep: halving });
  expect(alone.sweep.rungs).toEqual([1, 3, 12]);
  const reached = alone.trials.map(({ rungs }) => rungs.length).sort();
  expect(reached.filter((count) => count === 3).length).toBeGreaterThan(0);
  expect(reached.filter((count) => count === 1).length).toBeGreaterThanOrEqual(5);
  for (const trial of alone.trials) {
    expect(trial.curve).toHaveLength(trial.rungs.at(-1)?.epoch as number);
    expect(trial.status).toBe(trial.rungs.length === 3 ? 'finished' : 'dropped');
    expect(trial.checkpoint).toBeUndefined();
  }
  // A trial that was paused is the training that never was.
  expect(alone.run.curve).toEqual(alone.trials[(alone.sweep.winner as number) - 1].curve);
  for (const parallel of [2, 5]) {
    const crowd = await sweep({ dataset: iris.id, spec, sweep: halving, parallel });
    expect(essence(crowd.trials)).toEqual(essence(alone.trials));
    expect(crowd.sweep.winner).toBe(alone.sweep.winner);
    expect(crowd.run.scores).toEqual(alone.run.scores);
  }
  const other = await sweep({ dataset: iris.id, spec, sweep: { ...halving, seed: 4 } });
  expect(other.trials[0].values).not.toEqual(alone.trials[0].values);
  await expectTidy();
});

test.each([1, 3])('interrupted again and again, %i at once, it comes to the same', async (parallel) => {
  const { sweep, sweeps, builtin, expectTidy, store } = workplace();
  const iris = await builtin('iris');
  const whole = await sweep({ dataset: iris.id, spec, sweep: halving });
  const request: SweepRequest = { dataset: iris.id, spec, sweep: halving, parallel };
  let resume: string | undefined;
  let outcome: Awaited<ReturnType<typeof sweep>> | undefined;
  let interruptions = 0;
  for (let after = 3; !outcome; after += 2) {
    const controller = new AbortController();
    let events = 0;
    const work = sweeps.run({ ...request, ...(resume ? { resume } : {}) }, { signal: controller.signal });
    const seen: SweepEvent[] = [];
    const ended = resultOf(work, (event) => {
      seen.push(event);
      if (event.kind === 'stage') resume = event.sweep;
      if ((event.kind === 'epoch' || event.kind === 'trial' || event.kind === 'training') && ++events === after) controller.abort();
    });
    try {
      outcome = { ...(await ended), events: seen };
    } catch (error) {
      expect(error).toMatchObject({ code: 'cancelled' });
      interruptions++;
      expect((await sweeps.get(resume as string)).status).toBe('interrupted');
    }
  }
  expect(interruptions).toBeGreaterThan(3);
  expect(essence(outcome.trials)).toEqual(essence(whole.trials));
  expect(outcome.sweep.winner).toBe(whole.sweep.winner);
  expect(outcome.run.scores).toEqual(whole.run.scores);
  expect(outcome.run.curve).toEqual(whole.run.curve);
  // One run each, however often it was taken up.
  expect((await store.list('run')).length).toBe(2);
  await expectTidy();
});

test('a generator that is left keeps its trials as well, and goes on', async () => {
  const { sweep, sweeps, builtin, store, expectTidy } = workplace();
  const iris = await builtin('iris');
  const request: SweepRequest = { dataset: iris.id, spec, sweep: { method: 'random', trials: 2, fields } };
  const whole = await sweep(request);
  const work = sweeps.run(request);
  let id = '';
  for await (const event of work) {
    if (event.kind === 'stage') id = event.sweep;
    if (event.kind === 'epoch' && event.point.epoch === 5) break;
  }
  expect(await sweeps.get(id)).toMatchObject({ status: 'interrupted' });
  expect((await trialsOf(store, id))[0]).toMatchObject({ checkpoint: { epoch: 5 } });
  const on = await sweep({ ...request, resume: id });
  expect(on.events.filter((event) => event.kind === 'epoch' && event.trial === 1)).toHaveLength(7);
  expect(essence(on.trials)).toEqual(essence(whole.trials));
  await expectTidy();
});

test('test rows are not looked at by any trial: with other ones the same trial wins by the same figures', async () => {
  const { sweep, table } = workplace();
  const rows = (flipped: boolean): string => {
    const lines = Array.from({ length: 90 }, (_, row) => {
      const part = row % 3 === 0 ? 'test' : row % 3 === 1 ? 'validation' : 'train';
      const label = (row * 7) % 13 > 6 !== (part === 'test' && flipped) ? 'yes' : 'no';
      return `${(row * 7) % 13},${(row * 5) % 11},${part},${label}`;
    });
    return ['a,b,part,label', ...lines].join('\n');
  };
  const wish = { target: 'label', split: { parts: 'part' }, epochs: 6, device: 'wasm' as const };
  const run = async (flipped: boolean) =>
    sweep({ dataset: (await table(rows(flipped))).id, spec: wish, sweep: { method: 'random', trials: 4, fields: fields.slice(0, 1) } });
  const [one, other] = [await run(false), await run(true)];
  expect(essence(other.trials)).toEqual(essence(one.trials));
  expect(other.sweep.winner).toBe(one.sweep.winner);
  expect(other.run.scores?.validation).toEqual(one.run.scores?.validation);
  expect(other.run.scores?.test).not.toEqual(one.run.scores?.test);
});

test('a trial that diverges is told and loses; where all do, the sweep says so', async () => {
  const { sweep, builtin, sweeps, expectTidy } = workplace();
  const penguins = await builtin('penguins');
  const wish = { target: 'body_mass_g', epochs: 4, preset: 'mlp' as const, device: 'wasm' as const, optimizer: { kind: 'sgd' as const } };
  const rates = (values: number[]): SweepSpec => ({ method: 'grid', fields: [{ field: 'learningRate', kind: 'choice', values }] });
  const { sweep: record, trials } = await sweep({ dataset: penguins.id, spec: wish, sweep: rates([10, 0.001]) });
  expect(record).toMatchObject({ winner: 2, metric: 'rmse' });
  expect(trials[0]).toMatchObject({ status: 'diverged', rungs: [{ epoch: 4, metric: null }], problem: expect.stringContaining('finite') });
  const failed = await failureOf(sweep({ dataset: penguins.id, spec: wish, sweep: rates([10, 9]) }));
  expect(failed).toMatchObject({ code: 'sweep-failed' });
  expect((await sweeps.list())[0]).toMatchObject({ status: 'failed', problem: expect.stringContaining('None of 2 trials') });
  await expectTidy();
});

test('stopped, it takes the best so far; deleted, it can be restored; what does not fit is refused before anything is trained', async () => {
  const { sweeps, sweep, builtin, store } = workplace();
  const iris = await builtin('iris');
  const stop = new AbortController();
  const request: SweepRequest = { dataset: iris.id, spec, sweep: { method: 'random', trials: 8, fields } };
  let ended = 0;
  const {
    sweep: record,
    trials,
    run,
  } = await resultOf(sweeps.run(request, { stop: stop.signal }), (event) => {
    if (event.kind === 'trial' && event.trial.status === 'finished' && ++ended === 2) stop.abort();
  });
  expect(record).toMatchObject({ status: 'stopped', run: run.id });
  expect(trials.map(({ status }) => status).filter((status) => status === 'waiting')).toHaveLength(6);
  expect(run.curve).toHaveLength(12);

  await sweeps.remove(record.id);
  expect(await sweeps.list()).toEqual([]);
  await sweeps.restore(record.id);
  expect(await sweeps.list()).toEqual([record]);

  const refused = async (wish: object, code: string): Promise<void> => {
    expect(await failureOf(sweep({ ...request, sweep: wish as SweepSpec }))).toMatchObject({ code });
  };
  await refused({ method: 'random', trials: 2, fields, metric: 'rmse' }, 'sweep-metric');
  await refused({ method: 'grid', fields: [{ field: 'preset', kind: 'choice', values: ['mlp', 'cnn'] }] }, 'preset-needs-pictures');
  await refused({ method: 'grid', fields: [{ field: 'loss', kind: 'choice', values: ['huber'] }] }, 'loss-needs-values');
  await refused({ method: 'grid', fields: [{ field: 'dropout', kind: 'choice', values: [2] }] }, 'invalid-sweep-spec');
  expect((await store.list('sweep')).length).toBe(1);
});

test('presets that prepare categories differently are searched together, and the blocks of residual are: each trial is a training with its spec', async () => {
  const { sweep, table, train, expectTidy } = workplace();
  const rows = Array.from({ length: 240 }, (_, row) => `s${row % 40},${(row * 7) % 13},${(row % 40) / 10 + ((row * 7) % 13) / 5}`);
  const shops = await table(`shop,x,value\n${rows.join('\n')}\n`);
  const wish = { target: 'value', seed: 1, epochs: 3, device: 'wasm' as const };
  const presets = await sweep({
    dataset: shops.id,
    spec: wish,
    sweep: { method: 'grid', fields: [{ field: 'preset', kind: 'choice', values: ['linear', 'mlp', 'residual'] }] },
  });
  const fieldsOfBlocks: SweepSpec['fields'] = [
    { field: 'hiddenLayers', kind: 'choice', values: [1, 3] },
    { field: 'hiddenUnits', kind: 'choice', values: [12] },
  ];
  const blocks = await sweep({
    dataset: shops.id,
    spec: { ...wish, preset: 'residual' },
    sweep: { method: 'grid', fields: fieldsOfBlocks },
  });
  for (const trial of [...presets.trials, ...blocks.trials]) {
    const { run } = await train(shops, trial.spec);
    expect(run.curve).toEqual(trial.curve);
    const embeds = run.pipeline.steps[0].kind === 'embedding';
    expect(embeds).toBe(trial.values.preset === undefined || trial.values.preset === 'residual');
    if (trial.values.preset === undefined) {
      expect(run.model.layers.filter(({ kind }) => kind === 'add')).toHaveLength(trial.values.hiddenLayers as number);
      expect(run.model.layers.filter((layer) => layer.kind === 'dense' && layer.units === 12)).toHaveLength(
        trial.values.hiddenLayers as number,
      );
    }
  }
  await expectTidy();
});

test('a device lost under a trial is written down with it, and changes nothing of what comes out', async () => {
  const { sweep, sweeps, builtin, store, devices, readBuiltin, trainer, expectTidy } = workplace();
  const iris = await builtin('iris');
  const request: SweepRequest = { dataset: iris.id, spec, sweep: halving };
  const undisturbed = await sweep(request);
  let steps = 0;
  const failing = createSweeps({ store, devices: losingAt(devices, () => ++steps === 40), readBuiltin, defaultDevice: 'wasm', trainer });
  const { trials, sweep: record } = await resultOf(failing.run(request));
  expect(essence(trials)).toEqual(essence(undisturbed.trials));
  const told = trials.flatMap(({ number, incidents = [] }) => incidents.map(({ code, remedy }) => ({ number, code, remedy })));
  expect(told).toEqual([
    { number: expect.any(Number), code: 'device-lost', remedy: expect.stringMatching(/^The device was opened again\./) },
  ]);
  expect(await sweeps.trials(record.id)).toEqual(trials);
  await expectTidy();
});

/** The devices, of which one is lost at one step: as a graphics processor would be. */
const losingAt = (devices: DeviceOwner, isTime: () => boolean): DeviceOwner =>
  but(devices, {
    engine: async (name: DeviceName) => {
      const engine = await devices.engine(name);
      const prepare: Engine['prepare'] = async (...given) => {
        const network = await engine.prepare(...given);
        const step: Network['step'] = (...all) => {
          if (isTime()) throw new DeviceError('device-lost', 'The graphics processor was lost.');
          network.step(...all);
        };
        return but(network, { step });
      };
      return but(engine, { prepare });
    },
  });

/** An object, but for some of its members. */
const but = <Of extends object>(of: Of, own: Partial<Of>): Of =>
  new Proxy(of, {
    get(target, name) {
      const member: unknown = Reflect.get(name in own ? own : target, name, name in own ? own : target);
      return typeof member === 'function' && !(name in own) ? member.bind(target) : member;
    },
  });
