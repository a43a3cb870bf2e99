/** Tensors as JSON: there and back, and what does not fit named with its tensor. */
import { expect, test } from 'vitest';
import { jsonOfTensor, tensorOfJson, tensorsOfJson } from '../../../../src/infer/tensors/json.js';
import type { ElementType } from '../../../../src/spec/tensor-model.js';

test.each<[ElementType, unknown]>([
  [
    'float32',
    [
      [1, 2.5],
      [-3, 0],
    ],
  ],
  ['float64', 0.1],
  ['float16', [0.5, 65_504]],
  ['int64', [2, -7, '9007199254740993']],
  ['uint64', ['18446744073709551615']],
  ['uint8', [[[0], [255]]]],
  ['bool', [true, false]],
  ['string', [['a', '']]],
  ['int32', []],
])('%s comes back as it was given', (type, value) => {
  expect(jsonOfTensor(tensorOfJson({ name: 'x', type }, value))).toEqual(value);
});

test.each<[string, ElementType, unknown, RegExp]>([
  ['a text for a number', 'float32', ['1'], /"1"/],
  ['a fraction for a whole number', 'int32', [1.5], /1\.5/],
  ['a number that is too large', 'uint8', [256], /256/],
  ['a negative number without sign', 'uint64', [-1], /-1/],
  ['a whole number that JSON has rounded', 'int64', [2 ** 60], /expected int64/],
  ['neither true nor false', 'bool', [2], /2/],
  ['lists of several lengths', 'float32', [[1, 2], [3]], /several lengths/],
  ['lists of several depths', 'float32', [1, [2]], /several depths/],
  ['lists without end', 'float32', JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`), /more than 16/],
  ['elements that are not computed with', 'bfloat16', [1], /bfloat16/],
])('%s is refused', (_, type, value, message) => {
  const wrong = () => tensorOfJson({ name: 'pixels', type, shape: ['n'] }, value);
  expect(wrong).toThrow(message);
  expect(wrong).toThrow(/"pixels"/);
});

test('a tensor of another name is refused, also one that every object has', () => {
  const inputs = [{ name: 'x', type: 'float32' as const }];
  expect(() => tensorsOfJson(inputs, { x: [1], y: [2] })).toThrow(/no input "y"/);
  expect(() => tensorsOfJson(inputs, JSON.parse('{"__proto__": [1]}'))).toThrow(/no input "__proto__"/);
  expect(() => tensorsOfJson(inputs, [1])).toThrow(/no object/);
});
