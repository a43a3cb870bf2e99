/** `benchwright predict` with an ONNX file of another program: tensors from a JSON file, and what it is not for. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { small } from '../../unit/infer/onnx/build.js';
import { failure, folder, oneObject, runHere } from './command.js';

const at = (name: string): string => join(folder, name);
const model = at('other.onnx');

beforeAll(() => {
  writeFileSync(model, small());
  writeFileSync(
    at('rows.json'),
    JSON.stringify({
      x: [
        [1, -1],
        [2, 3],
      ],
    }),
  );
  writeFileSync(at('wide.json'), JSON.stringify({ x: [[1, 2, 3]] }));
});

const expected = [
  [1, 2, 3],
  [14, 19, 24],
];

test('each output is answered by its name', async () => {
  const { status, stdout } = await runHere('predict', model, at('rows.json'));
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ y: expected });
});

test('the answer has the form that is published, and a file has the outputs', async () => {
  const { stdout } = await runHere('predict', model, at('rows.json'), '--json', '--out', at('answers.json'));
  expect(oneObject(stdout, 'tensors')).toMatchObject({
    provider: 'wasm',
    outputs: [{ name: 'y', type: 'float32', shape: [2, 3], data: expected }],
    out: at('answers.json'),
  });
  expect(JSON.parse(readFileSync(at('answers.json'), 'utf8'))).toEqual({ y: expected });
});

test('a tensor that does not fit is named, and rows are not what it takes', async () => {
  expect(await failure('predict', model, at('wide.json'))).toMatchObject({ code: 'wrong-input', place: { tensor: 'x' } });
  expect(await failure('evaluate', model, 'builtin:iris')).toMatchObject({ code: 'takes-tensors' });
  expect(await failure('predict', model, at('rows.json'), '--horizon', '3')).toMatchObject({ code: 'takes-tensors' });
});
