/** `train --sweep`: the whole way, by its answers, its folder and its interruptions. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TrainAnswer } from '../../../src/cli/answers.js';
import { answer, failure, file, folder, oneObject, run, start } from './command.js';

const at = (name: string): string => join(folder, name);
const quick = ['--epochs', '15', '--device', 'wasm'];
const rate = { field: 'learningRate', kind: 'logUniform', from: 0.0005, to: 0.05 };
const units = { field: 'hiddenUnits', kind: 'choice', values: [8, 32] };
const sweep = (name: string, value: object): string => file(`${name}.json`, JSON.stringify(value));

/** Without what differs from run to run. */
const essence = ({ seconds: _, model: __, sweep: told, ...rest }: TrainAnswer) => ({
  ...rest,
  sweep: told && { ...told, seconds: 0, trials: told.trials.map((trial) => ({ ...trial, seconds: 0 })) },
});

test('answers the trials, the winner and then what train answers; its spec alone does the same', { timeout: 60_000 }, async () => {
  const line = ['builtin:iris', '--seed', '5', ...quick];
  const halving = sweep('halving', { method: 'successiveHalving', trials: 9, firstRung: 2, fields: [rate, units] });
  const told = await answer('train', ...line, '--sweep', halving, '--out', at('swept'));
  expect(told).toMatchObject({ task: 'classification', target: 'species', seed: 5, model: at('swept') });
  expect(told.sweep).toMatchObject({ method: 'successiveHalving', metric: 'logLoss', seed: 5, rungs: [2, 15] });
  expect(told.sweep?.trials).toHaveLength(9);
  const winner = told.sweep?.trials.find(({ trial }) => trial === told.sweep?.winner);
  expect(winner?.metric).toBe((told.metrics.validation as { logLoss: number }).logLoss);

  const again = await answer('train', ...line, '--sweep', halving, '--out', at('swept-again'));
  expect(essence(again)).toEqual(essence(told));
  const alone = await answer('train', 'builtin:iris', '--spec', sweep('winner', told.sweep?.spec ?? {}), '--out', at('alone'));
  expect(alone.metrics).toEqual(told.metrics);

  expect((await answer('predict', at('swept'), 'builtin:iris')).rows).toBe(150);
  const text = await run('train', ...line, '--sweep', halving, '--out', at('swept'), '--resume');
  expect(text.stdout).toContain('9 trials by logLoss on validation rows, rungs at 2, 15 epochs:');
  expect(text.stdout).toMatch(new RegExp(`^${told.sweep?.winner} \\*`, 'm'));
});

test('a folder with a sweep: answered again, refused with other wishes, replaced', { timeout: 60_000 }, async () => {
  const grid = sweep('grid', { method: 'grid', metric: 'rmse', fields: [units, { field: 'dropout', kind: 'choice', values: [0, 0.3] }] });
  const line = ['builtin:penguins', '--target', 'body_mass_g', '--out', at('grid'), ...quick];
  const first = await answer('train', ...line, '--sweep', grid);
  expect(first.sweep?.trials.map(({ values }) => values)).toEqual([
    { hiddenUnits: 8, dropout: 0 },
    { hiddenUnits: 8, dropout: 0.3 },
    { hiddenUnits: 32, dropout: 0 },
    { hiddenUnits: 32, dropout: 0.3 },
  ]);
  expect(await answer('train', ...line, '--sweep', grid, '--resume')).toEqual(first);
  expect(await failure('train', ...line, '--sweep', grid)).toMatchObject({
    status: 2,
    code: 'out-holds-run',
    message: expect.stringContaining('a sweep (finished, 4 trials)'),
  });
  expect(await failure('train', ...line, '--resume')).toMatchObject({ status: 2, code: 'resume-differs', place: { option: 'sweep' } });
  const other = sweep('other', { method: 'grid', fields: [units] });
  expect(await failure('train', ...line, '--sweep', other, '--resume')).toMatchObject({
    status: 2,
    code: 'resume-differs',
    message: expect.stringContaining('another sweep'),
  });
  expect(await failure('train', ...line, '--sweep', grid, '--resume', '--seed', '4')).toMatchObject({
    status: 2,
    code: 'resume-differs',
    message: expect.stringContaining('seed'),
  });
  const plain = await answer('train', ...line, '--force');
  expect(plain.sweep).toBeUndefined();
  expect(await answer('train', ...line, '--resume')).toEqual(plain);
  expect(await failure('train', ...line, '--sweep', grid, '--resume')).toMatchObject({
    status: 2,
    message: expect.stringContaining('no sweep'),
  });
});

test.each(['SIGINT', 'SIGKILL'] as const)(
  '%s amid trials: --resume ends where an uninterrupted sweep ends',
  { timeout: 120_000 },
  async (signal) => {
    const random = sweep('random', { method: 'random', trials: 6, fields: [rate] });
    const line = ['builtin:digits', '--epochs', '25', '--preset', 'mlp', '--device', 'wasm', '--sweep', random];
    const out = at(`digits-${signal}`);
    const { child, outcome } = start('train', ...line, '--out', out, '--json');
    await new Promise<void>((resolve) => child.stderr?.on('data', (text: string) => /^Trial \d/m.test(text) && resolve()));
    child.kill(signal);
    const { status, stdout } = await outcome;
    if (signal === 'SIGINT') {
      expect(status).toBe(130);
      const { error } = oneObject(stdout, 'error') as { error: { code: string } };
      expect(error).toMatchObject({
        code: 'cancelled',
        message: expect.stringMatching(/^Interrupted\. \d of 6 trials are over/),
        advice: expect.stringContaining('--resume'),
        place: { checkpoint: out, sweep: expect.any(String), trials: expect.any(Number) },
      });
      expect(await failure('predict', out, 'builtin:digits')).toMatchObject({ status: 2, code: 'no-model' });
    } else expect(status).toBeNull();
    const resumed = await answer('train', ...line, '--out', out, '--resume');
    const whole = await answer('train', ...line, '--out', at('digits-whole'), '--force');
    expect(essence(resumed)).toEqual(essence(whole));
  },
);

test('what is wrong in the file is named with its place in it', async () => {
  const refused = async (value: string | object, expected: object): Promise<void> => {
    const path = at('wrong.json');
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
    const failed = await failure('train', 'builtin:iris', '--sweep', path, '--out', at('never'), ...quick);
    expect(failed).toMatchObject({ status: 2, ...expected });
    expect(failed.message).toContain(path);
  };
  await refused('{"method": "grid",', { code: 'invalid-json' });
  await refused('[]', { code: 'invalid-sweep-spec' });
  await refused({ method: 'grid' }, { code: 'invalid-sweep-spec', place: { file: at('wrong.json'), field: 'fields' } });
  await refused({ method: 'grid', fields: [rate] }, { code: 'sweep-points', place: { file: at('wrong.json'), field: 'fields.0' } });
  await refused(
    { method: 'random', trials: 3, fields: [{ ...rate, to: 11 }] },
    { code: 'invalid-sweep-spec', place: { field: 'fields.0.to' } },
  );
  const good = sweep('good', { method: 'random', trials: 3, fields: [rate] });
  expect(await failure('train', 'builtin:iris', '--sweep', at('nowhere.json'), '--out', at('never'))).toMatchObject({
    status: 2,
    code: 'unreadable-file',
    message: expect.stringContaining('--sweep'),
  });
  expect(await failure('train', 'builtin:iris', '--sweep', good, '--folds', '3', '--out', at('never'))).toMatchObject({
    status: 2,
    code: 'options-together',
  });
  const cnn = sweep('cnn', { method: 'grid', fields: [{ field: 'preset', kind: 'choice', values: ['mlp', 'cnn'] }] });
  expect(await failure('train', 'builtin:iris', '--sweep', cnn, '--out', at('never'))).toMatchObject({
    status: 2,
    code: 'preset-needs-pictures',
  });
});
