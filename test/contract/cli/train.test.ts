import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RateFinding } from '../../../src/spec/learning-rate.js';
import { accuracy, answer, failure, file, folder, oneObject, run, runHere, start } from './command.js';

const at = (name: string): string => join(folder, name);
const quick = ['--epochs', '30', '--device', 'wasm'];
const iris = readFileSync(new URL('../../../public/data/iris.csv', import.meta.url), 'utf8');

test('trains, answers as the product page says, and the model is used and measured', { timeout: 60_000 }, async () => {
  const trained = await answer('train', 'builtin:iris', '--target', 'species', '--out', at('iris'), ...quick);
  expect(trained).toMatchObject({ task: 'classification', target: 'species', device: 'wasm', seed: 0, model: at('iris') });
  const { rows, metrics, baseline } = trained;
  expect(rows.train + rows.validation + rows.test).toBe(150);
  for (const part of ['validation', 'test'] as const) {
    expect(Object.keys(metrics[part])).toEqual([
      'accuracy',
      'balancedAccuracy',
      'f1Macro',
      'precisionMacro',
      'recallMacro',
      'mcc',
      'logLoss',
      'rocAuc',
    ]);
    expect(accuracy(metrics[part])).toBeGreaterThan(accuracy(baseline[part]) + 0.3);
  }

  const inside = await answer('predict', at('iris'), file('flowers.csv', iris));
  expect(inside.columns).toEqual(['prediction', 'probability_setosa', 'probability_versicolor', 'probability_virginica']);
  expect(inside.rows).toBe(150);
  expect(inside.predictions).toHaveLength(150);
  const csv = (await run('predict', at('iris'), at('flowers.csv'))).stdout.trim().split('\n');
  expect(csv[0]).toBe(`${iris.split('\n')[0]},${inside.columns.join(',')}`);
  expect(csv.slice(1).map((line) => line.split(',')[5])).toEqual(inside.predictions.map((row) => row.prediction));
  expect(await answer('predict', at('iris'), at('flowers.csv'), '--out', at('predicted.csv'))).toEqual({
    rows: 150,
    out: at('predicted.csv'),
  });
  expect(readFileSync(at('predicted.csv'), 'utf8').trim().split('\n')).toEqual(csv);
  expect(await failure('predict', at('iris'), at('flowers.csv'), '--out', at('iris'))).toMatchObject({
    status: 2,
    code: 'unwritable-file',
    message: expect.stringContaining('it is a folder'),
  });

  const measured = await answer('evaluate', at('iris'), 'builtin:iris');
  const right = inside.predictions.filter((row, index) => iris.split('\n')[index + 1].endsWith(`,${row.prediction}`));
  expect(accuracy(measured.metrics)).toBeCloseTo(right.length / 150, 12);
  expect(measured.confusion?.counts.flat().reduce((sum, count) => sum + count)).toBe(150);
});

test('a residual network is chosen by name, saved and used', { timeout: 60_000 }, async () => {
  const trained = await answer('train', 'builtin:iris', '--preset', 'residual', '--out', at('residual'), ...quick);
  expect(trained).toMatchObject({ preset: 'residual', model: at('residual') });
  expect(accuracy(trained.metrics.test)).toBeGreaterThan(0.85);
  expect((await answer('predict', at('residual'), 'builtin:iris')).rows).toBe(150);
  expect(await failure('train', 'builtin:iris', '--preset', 'resnet', '--out', at('no-resnet'))).toMatchObject({
    status: 2,
    code: 'preset-needs-pictures',
  });
});

test('the same seed gives the same answer to the last digit, another seed another one', { timeout: 60_000 }, async () => {
  const train = async (seed: string, out: string): Promise<unknown> => {
    const { metrics, linear } = await answer('train', 'builtin:wine', '--seed', seed, '--out', at(out), ...quick);
    return { metrics, linear };
  };
  const first = await train('7', 'wine-a');
  expect(await train('7', 'wine-b')).toEqual(first);
  expect(await train('8', 'wine-c')).not.toEqual(first);
});

test('a folder with a run is refused, answered again by --resume, replaced by --force', { timeout: 60_000 }, async () => {
  const line = ['builtin:penguins', '--target', 'body_mass_g', '--out', at('penguins'), ...quick];
  const first = await answer('train', ...line);
  expect(first).toMatchObject({
    task: 'regression',
    warnings: expect.arrayContaining([expect.objectContaining({ code: 'rows-without-target' })]),
  });
  expect(Object.keys(first.metrics.test)).toEqual(['rmse', 'mae', 'r2']);
  expect(await failure('train', ...line)).toMatchObject({
    status: 2,
    code: 'out-holds-run',
    place: { folder: at('penguins') },
    advice: expect.stringContaining('--resume'),
  });
  expect(await answer('train', ...line, '--resume')).toEqual(first);
  expect(await failure('train', ...line, '--resume', '--seed', '3')).toMatchObject({
    status: 2,
    code: 'resume-differs',
    message: expect.stringContaining('seed'),
  });
  expect(await failure('train', ...line, '--resume', '--folds', '3')).toMatchObject({
    status: 2,
    code: 'resume-differs',
    message: expect.stringContaining('no folds, not 3'),
  });
  const forced = await answer('train', ...line, '--force', '--seed', '3');
  expect(forced.seed).toBe(3);
  expect(await answer('train', ...line, '--resume', '--seed', '3')).toEqual(forced);
  // A replacement that fails loses nothing.
  expect(await failure('train', 'builtin:penguins', '--target', 'nothing', '--out', at('penguins'), '--force')).toMatchObject({
    status: 2,
  });
  expect((await answer('evaluate', at('penguins'), 'builtin:penguins', '--group', 'sex')).groups).toHaveLength(3);
});

test('folds: the mean over folds, its standard error, and a model of everything', { timeout: 60_000 }, async () => {
  const folded = await answer('train', 'builtin:iris', '--folds', '3', '--out', at('folds'), ...quick);
  expect(folded).toMatchObject({ folds: 3, rows: { test: 50 }, model: at('folds') });
  const accuracies = (folded.foldMetrics ?? []).map(accuracy);
  const mean = accuracies.reduce((sum, value) => sum + value) / 3;
  expect(accuracy(folded.metrics.test)).toBeCloseTo(mean, 12);
  const variance = accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2;
  expect(folded.standardError?.accuracy).toBeCloseTo(Math.sqrt(variance / 3), 12);
  expect((await answer('predict', at('folds'), 'builtin:iris')).rows).toBe(150);
  const again = ['train', 'builtin:iris', '--out', at('folds'), ...quick, '--resume'];
  expect(await answer('train', ...again.slice(1), '--folds', '3')).toEqual(folded);
  expect(await failure(...again, '--folds', '5')).toMatchObject({
    status: 2,
    code: 'resume-differs',
    message: expect.stringContaining('3 folds, not 5'),
    place: { option: 'folds' },
  });
  expect((await answer('train', 'builtin:iris', '--folds', '2', ...quick)).model).toBeNull();
});

test('a test set of its own, a share, groups, and an address', { timeout: 60_000 }, async () => {
  const [head, ...rows] = iris.trim().split('\n');
  const half = (odd: number): string => [head, ...rows.filter((_, row) => row % 2 === odd)].join('\n');
  const server = createServer((_, response) => response.setHeader('content-type', 'text/csv').end(half(0))).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/half.csv`;
  try {
    const tested = await answer(
      'train',
      address,
      '--target',
      'species',
      '--test',
      file('half.csv', half(1)),
      '--out',
      at('tested'),
      ...quick,
    );
    expect(tested.rows.test).toBe(75);
    expect(tested.rows.train + tested.rows.validation).toBe(75);
  } finally {
    server.close();
  }
  const shared = await answer('train', 'builtin:iris', '--split', '0.5', '--out', at('shared'), ...quick);
  expect(shared.rows.test).toBe(75);
  const grouped = await answer('train', 'builtin:penguins', '--target', 'sex', '--group', 'island', '--out', at('grouped'), ...quick);
  expect(grouped.rows.test).toBeGreaterThan(0);
});

test('interrupted: 130, a checkpoint that is named, and --resume ends where an uninterrupted run ends', { timeout: 120_000 }, async () => {
  const line = ['builtin:digits', '--epochs', '400', '--preset', 'mlp', '--device', 'wasm'];
  const { child, outcome } = start('train', ...line, '--out', at('digits'), '--json');
  // From here on there is something to keep: before, it would rightly say that there is nothing.
  await new Promise<void>((resolve) => child.stderr?.on('data', (text: string) => /^Training$/m.test(text) && resolve()));
  child.kill('SIGINT');
  const { status, stdout } = await outcome;
  expect(status).toBe(130);
  const { error } = oneObject(stdout, 'error') as { error: { code: string; advice: string; place: Record<string, unknown> } };
  expect(error).toMatchObject({
    code: 'cancelled',
    place: { checkpoint: at('digits'), epoch: expect.any(Number) },
    advice: expect.stringContaining('--resume'),
  });
  expect(await failure('predict', at('digits'), 'builtin:digits')).toMatchObject({ status: 2, code: 'no-model' });
  const short = ['builtin:digits', '--preset', 'mlp', '--device', 'wasm'];
  const resumed = await answer('train', ...short, '--out', at('digits'), '--resume');
  const whole = await answer('train', ...line, '--out', at('digits-whole'));
  expect(resumed.metrics).toEqual(whole.metrics);
  expect(resumed.epochs).toBe(whole.epochs);
});

test('a spec file brings a pipeline, which is named where it is wrong', { timeout: 60_000 }, async () => {
  const pipeline = {
    derive: [{ name: 'bill ratio', expression: 'bill_length_mm / bill_depth_mm' }],
    columns: [{ column: 'island', step: { as: 'target' } }],
    classWeights: 'balanced',
  };
  const spec = at('spec.json');
  writeFileSync(spec, JSON.stringify({ target: 'species', pipeline }));
  const trained = await answer('train', 'builtin:penguins', '--spec', spec, '--out', at('own-pipeline'), ...quick);
  expect((trained.metrics.test as { accuracy: number }).accuracy).toBeGreaterThan(0.5);
  expect((await answer('predict', at('own-pipeline'), 'builtin:penguins')).predictions).toHaveLength(344);
  writeFileSync(spec, JSON.stringify({ target: 'species', pipeline: { derive: [{ name: 'x', expression: 'bill_lenght_mm + 1' }] } }));
  const failed = await failure('train', 'builtin:penguins', '--spec', spec, '--out', at('wrong-pipeline'), ...quick);
  expect(failed).toMatchObject({ status: 2, code: 'unknown-column', advice: 'Did you mean "bill_length_mm"?' });
  writeFileSync(spec, JSON.stringify({ target: 'species', pipeline: { columns: [{ column: 'island', step: { as: 'targets' } }] } }));
  expect(await failure('train', 'builtin:penguins', '--spec', spec, '--out', at('wrong-pipeline'), ...quick)).toMatchObject({
    status: 2,
    code: 'invalid-training-spec',
  });
});

test('--find-learning-rate suggests one, with its curve, and saves nothing', { timeout: 60_000 }, async () => {
  const { status, stdout } = await runHere(
    'train',
    'builtin:iris',
    '--preset',
    'mlp',
    '--seed',
    '4',
    '--device',
    'wasm',
    '--find-learning-rate',
    '--json',
  );
  expect(status).toBe(0);
  const found = oneObject(stdout, 'learning-rate') as RateFinding;
  expect(found).toMatchObject({ target: 'species', preset: 'mlp', seed: 4, diverged: true });
  expect(found.suggestion).toBeGreaterThan(1e-4);
  expect(found.curve.length).toBeGreaterThan(50);
  const told = await runHere('train', 'builtin:iris', '--preset', 'mlp', '--seed', '4', '--device', 'wasm', '--find-learning-rate');
  expect(told.stdout).toContain(`Suggested: ${found.suggestion},`);
  expect(await failure('train', 'builtin:iris', '--find-learning-rate', '--out', at('rate'))).toMatchObject({
    status: 2,
    code: 'options-together',
  });
});
