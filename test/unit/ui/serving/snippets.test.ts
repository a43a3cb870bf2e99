/** Requests as code to copy: whatever stands in them, the code sends it as it is. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Field } from '../../../../src/spec/field.js';
import { pathOf } from '../../../../src/ui/serving/address.js';
import { bodyOf } from '../../../../src/ui/serving/bodies.js';
import { readable } from '../../../../src/ui/serving/readable.js';
import { snippetsOf } from '../../../../src/ui/serving/snippets.js';
import { type SentTensor, tensorSnippetsOf } from '../../../../src/ui/serving/tensor-snippets.js';

const field = (name: string, type: Field['type']): Field => ({ name, type, missing: 0, distinct: 2, reason: '' });
const hostile = `it's "$(id)" \`x\` \\ '''`;
const fields = [field(hostile, 'category'), field('mass', 'number'), field('unknown', 'number')];
const row = { [hostile]: hostile, mass: '1.5', unknown: null };
const name = 'penguins';

/** What the code hands to `fetch`. */
function sentByFetch(code: string): unknown {
  let body = '';
  const run = new Function('fetch', `return (async () => { ${code} })()`) as (fetch: unknown) => Promise<void>;
  void run((_: string, init: { body: string }) => {
    body = init.body;
    return new Promise(() => undefined);
  });
  return JSON.parse(body);
}

test('numbers are written as numbers, and what is not known as null', () => {
  expect(bodyOf('tensorflow', fields, row)).toEqual({ instances: [{ [hostile]: hostile, mass: 1.5, unknown: null }] });
  expect(bodyOf('inference', fields, row)).toEqual({
    inputs: [
      { name: hostile, shape: [1], datatype: 'BYTES', data: [hostile] },
      { name: 'mass', shape: [1], datatype: 'FP64', data: [1.5] },
      { name: 'unknown', shape: [1], datatype: 'FP64', data: [null] },
    ],
  });
});

test('addresses are the protocols’', () => {
  const label = { kind: 'label', label: 'stable', version: 3 } as const;
  expect(pathOf('tensorflow', name, { kind: 'newest' })).toBe('v1/models/penguins:predict');
  expect(pathOf('tensorflow', name, label)).toBe('v1/models/penguins/labels/stable:predict');
  expect(pathOf('inference', name, label)).toBe('v2/models/penguins/versions/3/infer');
});

test('code to copy holds the body whole, whatever stands in it', () => {
  const bodies = {
    tensorflow: JSON.stringify(bodyOf('tensorflow', fields, row)),
    inference: JSON.stringify(bodyOf('inference', fields, row)),
  };
  const [byFetch, byCurl, byPython] = snippetsOf({ name, target: { kind: 'newest' }, bodies }).map(({ code }) => code);
  expect(sentByFetch(byFetch)).toEqual(JSON.parse(bodies.tensorflow));
  const line = byCurl.split('\n')[1].replace(/^curl \S+ -d/, 'printf %s');
  expect(JSON.parse(execFileSync('sh', ['-c', line], { encoding: 'utf8' }))).toEqual(JSON.parse(bodies.tensorflow));
  // A raw text of Python ends at its quote, of which there is none inside.
  const [, literal] = /data=r'(.*)'\)$/m.exec(byPython) ?? [];
  expect(literal).not.toContain("'");
  expect(JSON.parse(literal)).toEqual(JSON.parse(bodies.tensorflow));
});

test.each([
  ['short', 2],
  ['made by the code', 5_000],
])('tensors are sent whole, whatever they are called: %s', (_, size) => {
  const tensors: SentTensor[] = [
    { name: hostile, shape: [size], datatype: 'BYTES', zero: '', nested: new Array(size).fill('') },
    { name: '__proto__', shape: [1, 1], datatype: 'BOOL', zero: false, nested: [[false]] },
  ];
  const inputs = tensors.map(({ name: each, shape, datatype, zero, nested }) => ({
    name: each,
    shape,
    datatype,
    data: (nested as unknown[]).flat().fill(zero),
  }));
  const [byFetch, byCurl, byPython] = tensorSnippetsOf(name, { kind: 'newest' }, tensors).map(({ code }) => code);
  expect(sentByFetch(byFetch)).toEqual({ inputs });
  const lines = byCurl.split('\n').slice(1).join('\n');
  const curl = 'curl() { if [ "$3" = @- ]; then cat; else printf %s "$3"; fi; }';
  expect(JSON.parse(execFileSync('sh', ['-c', `${curl}\n${lines}`], { encoding: 'utf8' }))).toEqual({ inputs });
  const [, literal] = /[(=]r'(.*)'\)$/m.exec(byPython) ?? [];
  expect(literal).not.toContain("'");
  expect(JSON.parse(literal).inputs[0].name).toBe(hostile);
  if (size > 2) expect(byPython).toMatch(/\['data'\] = \[""\] \* 5000\nbody\['inputs'\]\[1\]\['data'\] = \[False\] \* 1\n/);
});

test('JSON is read with a row of values on a line, and is the same', () => {
  const value = {
    a: [
      [1, 2],
      [3, null],
    ],
    b: [],
    c: {},
    d: [{ e: 'f\n' }],
    g: true,
  };
  expect(readable(value)).toBe(
    '{\n  "a": [\n    [1,2],\n    [3,null]\n  ],\n  "b": [],\n  "c": {},\n  "d": [\n    {\n      "e": "f\\n"\n    }\n  ],\n  "g": true\n}',
  );
  expect(JSON.parse(readable(value))).toEqual(value);
});
