import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Field } from '../../../../src/spec/field.js';
import { pathOf } from '../../../../src/ui/serving/address.js';
import { bodyOf } from '../../../../src/ui/serving/bodies.js';
import { snippetsOf } from '../../../../src/ui/serving/snippets.js';

const field = (name: string, type: Field['type']): Field => ({ name, type, missing: 0, distinct: 2, reason: '' });
const hostile = `it's "$(id)" \`x\` \\ '''`;
const fields = [field(hostile, 'category'), field('mass', 'number'), field('unknown', 'number')];
const row = { [hostile]: hostile, mass: '1.5', unknown: null };
const name = 'penguins';

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
  const sent = (code: string): unknown => {
    let body = '';
    const run = new Function('fetch', `return (async () => { ${code} })()`) as (fetch: unknown) => Promise<void>;
    void run((_: string, init: { body: string }) => {
      body = init.body;
      return new Promise(() => undefined);
    });
    return JSON.parse(body);
  };
  expect(sent(byFetch)).toEqual(JSON.parse(bodies.tensorflow));
  const line = byCurl.split('\n')[1].replace(/^curl \S+ -d/, 'printf %s');
  expect(JSON.parse(execFileSync('sh', ['-c', line], { encoding: 'utf8' }))).toEqual(JSON.parse(bodies.tensorflow));
  // A raw text of Python ends at its quote, of which there is none inside.
  const [, literal] = /data=r'(.*)'\)$/m.exec(byPython) ?? [];
  expect(literal).not.toContain("'");
  expect(JSON.parse(literal)).toEqual(JSON.parse(bodies.tensorflow));
});
