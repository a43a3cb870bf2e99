/** The extractor that comes with Benchwright: the very file that the script made, and what its last layers tell apart. */
import { expect, test } from 'vitest';
import { sha256 } from '../../../src/base/hash.js';
import { outputWidth } from '../../../src/compute/plan/parameters.js';
import { readBuiltin } from '../../../src/host/node/builtin.js';
import { builtinExtractor, readBuiltinExtractor } from '../../../src/train/transfer/builtin.js';
import { builtinOutput, builtinOutputs } from '../../../src/train/transfer/builtin-outputs.js';
import { extractorOf } from '../../../src/train/transfer/extractor.js';

test('the file has the SHA-256 that was told when it was made, and is small', async () => {
  const file = await readBuiltin(builtinExtractor);
  const bytes = new Uint8Array(await new Response(file.stream()).arrayBuffer());
  expect(bytes.length).toBeLessThan(300 * 1024);
  expect(await sha256(bytes)).toBe('669ee3be00f557163e89f758f26a1e1f8414f1eff01df03103aa4378b3fe1eb4');
});

test.each([
  [28, 28, 1, 1024],
  [64, 48, 3, 1024],
  [8, 8, 1, 256],
  [4, 4, 3, 64],
  [224, 224, 3, 1024],
] as const)('pictures of %i × %i × %i become features of few places', async (height, width, channels, features) => {
  const size = { height, width, channels };
  const extractor = extractorOf(await readBuiltinExtractor(readBuiltin), size, { output: builtinOutput });
  expect(extractor.width).toBeGreaterThanOrEqual(64);
  expect(extractor.width).toBeLessThanOrEqual(features);
  expect(outputWidth(extractor.model)).toBe(extractor.width);
});

test('the layers that are told of are those with a name', async () => {
  const { model } = await readBuiltinExtractor(readBuiltin);
  expect(model.layers.flatMap(({ name }) => name ?? [])).toEqual(builtinOutputs);
});
