import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failure, run, runHere, script, start } from './command.js';

test('what is not known is named, with what there is instead, and ends with 2', async () => {
  const cases: [string[], string, string, string][] = [
    [['explode'], 'unknown-command', 'explode', 'predict'],
    [['data', 'builtin:iris', '--colour', 'red'], 'unknown-option', '--colour', '--json'],
    [['train', 'builtin:iris', '--epochs', 'many', '--out', 'x'], 'not-a-number', 'many', '--epochs 10'],
    [['train', 'builtin:iris', '--epochs', '0', '--out', 'x'], 'out-of-range', '--epochs', '1'],
    [['train', 'builtin:iris', '--preset', 'forest', '--out', 'x'], 'unknown-choice', 'forest', 'mlp'],
    [['train', 'builtin:iris', '--split', '1.5', '--out', 'x'], 'out-of-range', '1.5', '0.2'],
    [['train', 'builtin:iris', '--split', 'half', '--out', 'x'], 'not-a-number', 'half', '--split 0.2'],
    [['evaluate', 'x', 'builtin:iris', '--positive', 'setosa'], 'missing-group', '--positive', '--group COL'],
    [['train', 'builtin:iris', '--folds', '5', '--split', '0.2'], 'options-together', '--split', '--folds'],
    [['train', 'builtin:iris'], 'missing-out', '--out', '--out'],
    [['train', 'builtin:iris', '--device', 'webgl', '--out', 'x'], 'no-device', 'WebGL is not there', 'wasm'],
    [['train'], 'missing-argument', 'DATA', '--help'],
    [['data', 'builtin:iris', 'builtin:wine'], 'unexpected-argument', 'builtin:wine', '--help'],
    [['train', 'builtin:iris', '--target'], 'missing-value', '--target COL', '--help'],
  ];
  for (const [line, code, named, advised] of cases) {
    const error = await failure(...line);
    expect([line.join(' '), error.status, error.code]).toEqual([line.join(' '), 2, code]);
    expect(error.message).toContain(named);
    expect(error.advice).toContain(advised);
  }
});

test('what is planned and not there yet says so', async () => {
  for (const line of ['explain', 'drift', 'robustness', 'trainer', 'bench'].map((name) => [name, 'x', 'y'])) {
    const error = await failure(...line);
    expect([line.join(' '), error.status, error.code]).toEqual([line.join(' '), 2, 'not-there-yet']);
  }
});

test('help and version answer with 0, errors without --json go to stderr and leave stdout empty', async () => {
  const help = await runHere('--help');
  expect(help).toMatchObject({ status: 0, stderr: '' });
  for (const name of ['data', 'train', 'predict', 'evaluate', 'export', 'project', 'serve']) expect(help.stdout).toContain(`  ${name}`);
  expect((await runHere('train', '--help')).stdout).toContain('--folds K');
  expect((await runHere('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(await runHere('explode')).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^benchwright: There is no command "explode"\.\nThere are: data, train/),
  });
  expect((await runHere()).status).toBe(2);
});

test('as a process: the exit code and the streams are those of the command', { timeout: 60_000 }, async () => {
  expect(await run('data', 'builtin:iris', '--json')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\{"name":"Iris.*\}\n$/) });
  expect(await run('explode')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('There is no command "explode"') });
});

test('a reader that has seen enough is no failure', { timeout: 60_000 }, async () => {
  const { child, outcome } = start('data', 'builtin:iris');
  child.stdout?.destroy();
  expect(await outcome).toMatchObject({ status: 0, stderr: '' });
});

test('an answer that cannot be written says so, without a stack', () => {
  // A file that is open for reading alone refuses what is written.
  const readOnly = openSync(script, 'r');
  const { status, stderr } = spawnSync(process.execPath, [script, 'data', 'builtin:iris'], { stdio: ['ignore', readOnly, 'pipe'] });
  closeSync(readOnly);
  expect(status).toBe(1);
  expect(String(stderr)).toMatch(/^benchwright: The answer cannot be written to standard output: .*\n$/);
});
