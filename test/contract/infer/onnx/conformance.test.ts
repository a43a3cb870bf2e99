/**
 * A few of ONNX's own node models, run and compared: those of test/golden/onnx, Apache-2.0, of the ONNX project. All of them are run by
 * scripts/onnx-conformance.mjs, which keeps the count and every exception beside them.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { problemOf } from './conformance.js';

const golden = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../golden/onnx/${name}`, import.meta.url), 'utf8'));

interface Packed {
  model: string;
  sets: { inputs: string[]; outputs: string[] }[];
}
const models = Object.entries(golden('node-models.json') as Record<string, Packed>);
const {
  models: counted,
  matching,
  exceptions,
} = golden('conformance.json') as {
  models: number;
  matching: number;
  exceptions: Record<string, string>;
};
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));

test.each(models)('%s', async (name, { model, sets }) => {
  const unpacked = sets.map(({ inputs, outputs }) => ({ inputs: inputs.map(bytes), outputs: outputs.map(bytes) }));
  expect(await problemOf({ model: bytes(model), sets: unpacked })).toBe(exceptions[name]);
});

test('every model that does not match is listed with its reason', () => {
  expect(models.length).toBeGreaterThan(20);
  expect(Object.keys(exceptions)).toHaveLength(counted - matching);
  expect(matching / counted).toBeGreaterThan(0.9);
  for (const reason of Object.values(exceptions)) expect(reason.length).toBeGreaterThan(20);
});
