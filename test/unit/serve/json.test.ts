import { expect, test } from 'vitest';
import { parseJson, writeJson } from '../../../src/serve/json.js';

test('bare words are numbers, and texts that read like them are texts', () => {
  const text = '{"a": [NaN, -Infinity, Infinity, 1e3], "NaN": "say \\"NaN\\", Infinity", "b": null}';
  const value = { a: [Number.NaN, -Infinity, Infinity, 1000], NaN: 'say "NaN", Infinity', b: null };
  expect(parseJson(text, 4)).toEqual(value);
  expect(parseJson(writeJson(value), 4)).toEqual(value);
  expect(parseJson('{"__proto__": NaN}', 4)).toEqual(JSON.parse('{"__proto__": 0}', (_, part) => (part === 0 ? Number.NaN : part)));
  expect(parseJson('NaN', 4)).toBeNaN();
  expect(writeJson([Number.NaN, -Infinity, 'NaN'])).toBe('[NaN,-Infinity,"NaN"]');
});

test.each([
  '',
  '{',
  '[1,]',
  '{"a": Nan}',
  '{"a": -Infinite}',
  '"unclosed NaN',
  '[NaN',
  'INF',
  '1Infinity',
  'Infinity1',
  '-NaN',
  '{Infinity: 1}',
])('%s is refused', (text) => {
  expect(() => parseJson(text, 4)).toThrow(expect.objectContaining({ code: 'not-json' }));
});

test('depth is bounded before anything is built, brackets in texts do not count', () => {
  expect(parseJson('[["]]]][[[["]]', 2)).toEqual([[']]]][[[[']]);
  expect(() => parseJson('[[[1]]]', 2)).toThrow(expect.objectContaining({ code: 'too-deep' }));
  expect(() => parseJson('['.repeat(1_000_000), 16)).toThrow(expect.objectContaining({ code: 'too-deep' }));
});
