/** `serve` as its users run it: a process that listens, answers, and ends when it is told to. */
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { ServeAnswer } from '../../../src/cli/answers.js';
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

test('what cannot be served is refused by name before anything listens', async () => {
  for (const [line, code] of [
    [['serve'], 'missing-argument'],
    [['serve', join(folder, 'nowhere')], 'not-a-store'],
    [['serve', join(folder, 'flowers'), '--port', '70000'], 'wrong-port'],
    [['serve', join(folder, 'flowers'), join(folder, 'flowers'), '--port', '0'], 'version-taken'],
  ] as const) {
    const { status, stdout } = await runHere(...line, '--json');
    expect([line.join(' '), status, JSON.parse(stdout).error.code]).toEqual([line.join(' '), 2, code]);
  }
});
