/** `benchwright export`: files of every format, the answer in its published form, and a file that predicts as the folder does. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { ExportAnswer } from '../../../src/cli/answers.js';
import { modelFormats } from '../../../src/infer/export/exported.js';
import { answer, failure, file, folder, oneObject, runHere } from './command.js';

const at = (name: string): string => join(folder, name);
const model = at('penguins');

beforeAll(async () => {
  await answer('train', 'builtin:penguins', '--target', 'species', '--preset', 'linear', '--epochs', '2', '--seed', '1', '--out', model);
}, 120_000);

async function exported(format: string, out: string, ...more: string[]): Promise<ExportAnswer> {
  const { status, stdout, stderr } = await runHere('export', model, '--format', format, '--out', at(out), ...more, '--json');
  expect(status, stdout + stderr).toBe(0);
  return oneObject(stdout, 'export') as ExportAnswer;
}

test('every format is written, in the form that is published', async () => {
  const expected: Record<string, string[]> = {
    onnx: ['a/model.onnx'],
    safetensors: ['a/model.safetensors'],
    tfjs: ['tfjs/model.json', 'tfjs/weights.bin', 'tfjs/preprocessing.json'],
    serving: ['repository/penguins/1/model.onnx', 'repository/penguins/config.pbtxt'],
    card: ['a/card.md'],
    'card-html': ['a/card.html'],
  };
  mkdirSync(at('a'));
  mkdirSync(at('b'));
  for (const format of modelFormats) {
    const out = { tfjs: 'tfjs', serving: 'repository' }[format as string] ?? expected[format][0];
    const { files, ...rest } = await exported(format, out);
    expect(rest).toMatchObject({ model, format, out: at(out) });
    expect(files.map(({ path }) => path)).toEqual(expected[format].map(at));
    for (const { path, bytes } of files) expect(readFileSync(path).length).toBe(bytes);
  }
  expect((await exported('tfjs', 'b/web.json', '--force')).files.map(({ path }) => path)).toEqual(
    ['b/web.json', 'b/weights.bin', 'b/preprocessing.json'].map(at),
  );
});

test.each(['onnx', 'safetensors'])('a file of %s is a MODEL as the folder is', async (format) => {
  const [{ path }] = (await exported(format, `again.${format}`)).files;
  const own = await answer('predict', model, 'builtin:penguins');
  expect(await answer('predict', path, 'builtin:penguins')).toEqual(own);
  expect((await answer('evaluate', path, 'builtin:penguins')).metrics).toEqual(
    (await answer('evaluate', model, 'builtin:penguins')).metrics,
  );
});

test('nothing is written over, unless it is asked for', async () => {
  writeFileSync(at('kept.onnx'), 'mine');
  expect(await failure('export', model, '--format', 'onnx', '--out', at('kept.onnx'))).toMatchObject({
    status: 2,
    code: 'file-exists',
    place: { file: at('kept.onnx') },
  });
  expect(readFileSync(at('kept.onnx'), 'utf8')).toBe('mine');
  await exported('onnx', 'kept.onnx', '--force');
  expect(readFileSync(at('kept.onnx'), 'utf8')).not.toBe('mine');
});

test.each([
  ['no format', ['--out', at('x')], 'missing-option'],
  ['no place', ['--format', 'onnx'], 'missing-option'],
  ['a format that there is not', ['--format', 'pickle', '--out', at('x')], 'unknown-choice'],
  ['a place in a folder that is none', ['--format', 'onnx', '--out', at('penguins/run.json/x/y.onnx')], 'unwritable-file'],
])('%s is refused with exit code 2', async (_, options, code) => {
  expect(await failure('export', model, ...options)).toMatchObject({ status: 2, code });
  expect(existsSync(at('x'))).toBe(false);
});

test('what is no model, or a damaged one, is refused with exit code 2 and its name', async () => {
  const table = file('table.csv', 'a,b,c,d\n1,2,3,4\n');
  expect(await failure('predict', table, 'builtin:penguins')).toMatchObject({ status: 2, code: 'model-damaged', place: { model: table } });
  const [{ path }] = (await exported('safetensors', 'whole.safetensors')).files;
  const cut = file('cut.safetensors', readFileSync(path).subarray(0, -5));
  expect(await failure('export', cut, '--format', 'onnx', '--out', at('x'))).toMatchObject({ status: 2, code: 'model-damaged' });
});
