/** What a training is begun with stays what it learns from and is tested on, whatever becomes of the datasets meanwhile. */
import { expect, test } from 'vitest';
import { AbortError, InputError } from '../../../src/base/errors.js';
import type { SweepSpec } from '../../../src/spec/sweep.js';
import { failureOf, resultOf, workplace } from './workplace.js';

const wish = { target: 'label', preset: 'mlp', epochs: 4, patience: 0, seed: 3, device: 'wasm' } as const;
const learningRates: SweepSpec = { method: 'grid', fields: [{ field: 'learningRate', kind: 'choice', values: [0.01, 0.02] }] };

/** @param turned every label is the other one */
const rows = (count: number, turned = false): string => {
  const label = (row: number): string => ((row * 7) % 13 > 6 !== turned ? 'yes' : 'no');
  return ['a,b,label', ...Array.from({ length: count }, (_, row) => `${(row * 7) % 13},${(row * 5) % 11},${label(row)}`)].join('\n');
};

test("a sweep's winner learns from the version of the data that its trials learnt from", async () => {
  const { sweeps, datasets, table } = workplace();
  const dataset = await table(rows(60));
  let revised = false;
  const { sweep, run } = await resultOf(sweeps.run({ dataset: dataset.id, spec: wish, sweep: learningRates }), async (event) => {
    if (event.kind !== 'trial' || revised) return;
    revised = true;
    await resultOf(datasets.revise(dataset.id, { kind: 'text', name: 'more.csv', text: rows(90) }));
  });
  expect((await datasets.get(dataset.id)).rows).toBe(90);
  expect(run.dataset.hash).toBe(sweep.dataset.hash);
  expect(run.rows.training + run.rows.validation + run.rows.test).toBe(60);
});

test('rows are tested in folds of the version that was named', async () => {
  const { trainer, datasets, table } = workplace();
  const dataset = await table(rows(60));
  await resultOf(datasets.revise(dataset.id, { kind: 'text', name: 'more.csv', text: rows(90) }));
  const spec = { ...wish, preset: 'linear', epochs: 1 } as const;
  const tested: number[] = [];
  for (const version of [dataset.hash, undefined]) {
    const report = await resultOf(trainer.crossValidate({ dataset: dataset.id, spec, ...(version ? { version } : {}) }, 2));
    tested.push(report.rows.test);
  }
  // Those of the first fold.
  expect(tested).toEqual([30, 45]);
});

test('a training that is gone on with is tested on the dataset that it was begun with', async () => {
  const { trainer, table, train } = workplace();
  const [dataset, testDataset] = [await table(rows(60)), await table(rows(30, true), 'test.csv')];
  const whole = await train(dataset, wish, { testDataset: testDataset.id });
  const cancel = new AbortController();
  const work = trainer.train({ dataset: dataset.id, spec: wish, testDataset: testDataset.id }, { signal: cancel.signal });
  let id = '';
  const error = await failureOf(
    resultOf(work, (event) => {
      if (event.kind === 'stage') id = event.run;
      if (event.kind === 'epoch' && event.point.epoch === 2) cancel.abort();
    }),
  );
  expect(error).toBeInstanceOf(AbortError);
  const { run } = await train(dataset, wish, { resume: id });
  expect(run).toMatchObject({ id, testDataset: testDataset.id, rows: whole.run.rows });
  expect(run.scores).toEqual(whole.run.scores);
});

test('so is a sweep', async () => {
  const { sweeps, sweep, table } = workplace();
  const [dataset, testDataset] = [await table(rows(60)), await table(rows(30, true), 'test.csv')];
  const request = { dataset: dataset.id, spec: wish, sweep: learningRates };
  const whole = await sweep({ ...request, testDataset: testDataset.id });
  const cancel = new AbortController();
  let id = '';
  const work = sweeps.run({ ...request, testDataset: testDataset.id }, { signal: cancel.signal });
  const error = await failureOf(
    resultOf(work, (event) => {
      if (event.kind === 'stage') id = event.sweep;
      if (event.kind === 'trial') cancel.abort();
    }),
  );
  expect(error).toBeInstanceOf(AbortError);
  const { run, trials } = await sweep({ ...request, resume: id });
  expect(run).toMatchObject({ testDataset: testDataset.id, rows: whole.run.rows });
  expect(trials.map(({ curve }) => curve)).toEqual(whole.trials.map(({ curve }) => curve));
  expect(run.scores).toEqual(whole.run.scores);
});

test('what cannot be gone on with on other data is called what it is', async () => {
  const { sweeps, sweep, trainer, table, train } = workplace();
  const [dataset, other] = [await table(rows(60)), await table(rows(90))];
  const ids = { run: '', sweep: '' };
  const training = trainer.train({ dataset: dataset.id, spec: wish });
  const trials = sweeps.run({ dataset: dataset.id, spec: wish, sweep: learningRates });
  for await (const event of training) {
    if (event.kind === 'stage') ids.run = event.run;
    if (event.kind === 'epoch') break;
  }
  for await (const event of trials) {
    if (event.kind === 'stage') ids.sweep = event.sweep;
    if (event.kind === 'trial') break;
  }
  const refused = async (work: Promise<unknown>): Promise<InputError> => {
    const error = await failureOf(work);
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  };
  const run = await refused(train(other, wish, { resume: ids.run }));
  expect(run.message).toContain(`run ${ids.run}`);
  const found = await refused(sweep({ dataset: other.id, spec: wish, sweep: learningRates, resume: ids.sweep }));
  expect(found.message).toContain(`sweep ${ids.sweep}`);
  expect(found.place).toMatchObject({ sweep: ids.sweep });
});
