/** `serve` as its users run it: a process that listens, answers, and ends when it is told to. */
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { ServeAnswer } from '../../../src/cli/answers.js';
import { openFileStore } from '../../../src/host/node/files.js';
import { createLogs } from '../../../src/serve/log/create.js';
import { counting, small } from '../../unit/infer/onnx/build.js';
import { answer, folder, runHere, start } from './command.js';

vi.setConfig({ testTimeout: 120_000 });

test('a trained folder answers over HTTP under its name as `predict` does, until it is interrupted', async () => {
  const model = join(folder, 'flowers');
  await answer('train', 'builtin:iris', '--target', 'species', '--preset', 'linear', '--epochs', '5', '--out', model);
  const { predictions } = await answer('predict', model, 'builtin:iris');
  const { child, outcome } = start('serve', model, '--port', '0', '--json');
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [string];
  const { address, port, models } = JSON.parse(line) as ServeAnswer;
  expect(models).toEqual([{ name: 'flowers', version: '1' }]);
  const instance = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
  const response = await fetch(`${address}/v1/models/flowers:predict`, { method: 'POST', body: JSON.stringify({ instances: [instance] }) });
  expect(await response.json()).toEqual({ predictions: [predictions[0]] });
  const taken = await runHere('serve', model, '--port', String(port), '--json');
  expect([taken.status, JSON.parse(taken.stdout).error.code]).toEqual([2, 'port-taken']);
  child.kill('SIGINT');
  expect(await outcome).toMatchObject({ status: 0, stdout: line });
});

test('an ONNX file of another program answers, too', async () => {
  const file = join(folder, 'other.onnx');
  await writeFile(file, small());
  const { child, outcome } = start('serve', file, '--port', '0', '--json');
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [string];
  const { address } = JSON.parse(line) as ServeAnswer;
  const response = await fetch(`${address}/v1/models/other:predict`, { method: 'POST', body: JSON.stringify({ instances: [[2, 3]] }) });
  expect(await response.json()).toEqual({ predictions: [[14, 19, 24]] });
  child.kill('SIGINT');
  expect(await outcome).toMatchObject({ status: 0 });
});

test('a request without end to such a file holds up nobody, and its caller may go', async () => {
  const file = join(folder, 'counting.onnx');
  await writeFile(file, counting());
  const { child, outcome } = start('serve', file, '--port', '0', '--json');
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [string];
  const { address } = JSON.parse(line) as ServeAnswer;
  const count = (n: number, signal?: AbortSignal) =>
    fetch(`${address}/v1/models/counting:predict`, { method: 'POST', body: JSON.stringify({ inputs: { n, x: [0.5] } }), signal });
  const going = new AbortController();
  const endless = count(2 ** 52, going.signal);
  const ping = async () => (await fetch(`${address}/ping`)).json();
  expect(await ping()).toEqual({ status: 'Healthy' });
  const after = count(3);
  expect(await ping()).toEqual({ status: 'Healthy' });
  going.abort();
  await expect(endless).rejects.toMatchObject({ name: 'AbortError' });
  expect(await (await after).json()).toEqual({ outputs: [3.5] });
  child.kill('SIGINT');
  expect(await outcome).toMatchObject({ status: 0 });
});

test('what cannot be served is refused by name before anything listens', async () => {
  for (const [line, code] of [
    [['serve'], 'missing-argument'],
    [['serve', join(folder, 'nowhere')], 'not-a-store'],
    [['serve', join(folder, 'flowers'), '--port', '70000'], 'out-of-range'],
    [['serve', join(folder, 'flowers'), join(folder, 'flowers'), '--port', '0'], 'version-taken'],
  ] as const) {
    const { status, stdout } = await runHere(...line, '--json');
    expect([line.join(' '), status, JSON.parse(stdout).error.code]).toEqual([line.join(' '), 2, code]);
  }
});

test('two versions share the callers of a name, what they are asked is kept, and a rollback is in the file', async () => {
  const model = join(folder, 'flowers');
  const [file, log] = [join(folder, 'traffic.json'), join(folder, 'log')];
  const arms = [
    { name: 'old', version: 1, weight: 50 },
    { name: 'new', version: 2, weight: 50 },
  ];
  await writeFile(file, JSON.stringify({ models: { flowers: { arms } } }));
  const options = ['--traffic', file, '--log', log, '--management', '--port', '0', '--json'];
  const { child, outcome } = start('serve', `flowers=${model}`, `flowers=${model}`, ...options);
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [string];
  const { address, models } = JSON.parse(line) as ServeAnswer;
  expect(models).toEqual([
    { name: 'flowers', version: '2' },
    { name: 'flowers', version: '1' },
  ]);
  const instance = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
  const ask = (unit: string) =>
    fetch(`${address}/v1/models/flowers:predict`, {
      method: 'POST',
      headers: { 'x-benchwright-unit': unit },
      body: JSON.stringify({ instances: [instance] }),
    });
  const told = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(async (unit) => (await ask(unit)).headers));
  expect(new Set(told.map((headers) => headers.get('x-benchwright-arm')))).toEqual(new Set(['old', 'new']));
  const rolledBack = await fetch(`${address}/benchwright/models/flowers/traffic/rollback?to=old`, { method: 'POST' });
  expect((await rolledBack.json()).arms).toMatchObject([{ weight: 100 }, { weight: 0 }]);
  await fetch(`${address}/benchwright/models/flowers/outcomes`, {
    method: 'POST',
    body: JSON.stringify({ outcomes: [{ id: told[0].get('x-benchwright-prediction'), event: 'bought' }] }),
  });
  child.kill('SIGTERM');
  expect((await outcome).status).toBe(0);
  expect(JSON.parse(await readFile(file, 'utf8')).models.flowers.arms).toMatchObject([{ weight: 100 }, { weight: 0 }]);
  const store = await openFileStore(log, { create: false });
  expect(await createLogs(store).list()).toMatchObject([{ name: 'flowers', rows: 8, outcomes: 1, versions: [1, 2] }]);
  await store.close();
});

test('traffic that nobody can answer, and a log without a folder, are refused', async () => {
  const file = join(folder, 'wrong-traffic.json');
  const model = `flowers=${join(folder, 'flowers')}`;
  await writeFile(file, JSON.stringify({ models: { flowers: { arms: [{ name: 'new', version: 2, weight: 100 }] } } }));
  for (const [line, code] of [
    [['serve', model, '--traffic', file], 'invalid-traffic'],
    [['serve', model, '--traffic', join(folder, 'nowhere.json')], 'unreadable-file'],
    [['serve', model, '--log-rows', '10'], 'option-without-log'],
    [['serve', model, '--log', join(folder, 'log'), '--log-rows', '0'], 'invalid-log'],
  ] as const) {
    const { status, stdout } = await runHere(...line, '--port', '0', '--json');
    expect([line.join(' '), status, JSON.parse(stdout).error.code]).toEqual([line.join(' '), 2, code]);
  }
});
