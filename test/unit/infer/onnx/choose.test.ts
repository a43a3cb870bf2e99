/** Which provider a model is given: by what it takes there, and whether it answers the same. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AbortError } from '../../../../src/base/errors.js';
import { chooseOnnx } from '../../../../src/infer/onnx/choose.js';
import { inspectOnnx } from '../../../../src/infer/onnx/inspect.js';
import type { Provider } from '../../../../src/infer/onnx/runtime.js';
import type { TensorPredictor } from '../../../../src/infer/tensors/predictor.js';
import type { NamedTensor } from '../../../../src/infer/tensors/tensor.js';
import { answersByRow } from '../../../../src/serve/tensors/by-row.js';
import { graph, model, node, small, value } from './build.js';

const output = (type: NamedTensor['type'], data: NamedTensor['data']): NamedTensor => ({ name: 'y', type, shape: [data.length], data });

/** What each provider answers; wasm takes long enough for a graphics processor to pay. */
async function chosen(bytes: Uint8Array, wasm: NamedTensor, webgpu: NamedTensor, description = 'a graphics processor') {
  const closed: Provider[] = [];
  const open = async (_: unknown, provider: Provider): Promise<TensorPredictor> => ({
    ...inspectOnnx(bytes),
    async run() {
      await wait(provider === 'wasm' ? 30 : 1);
      return [provider === 'wasm' ? wasm : webgpu];
    },
    async dispose() {
      closed.push(provider);
    },
  });
  const file = { model: inspectOnnx(bytes), read: async () => bytes };
  const available = async () => [{ device: 'webgpu' as const, available: true, description }];
  return { ...(await chooseOnnx(file, { open, available })).choice, closed };
}

const fractions = output('float32', Float32Array.of(1, -2));

test('the faster one that answers the same to a hundredth is taken, and the other is closed', async () => {
  const near = output('float32', Float32Array.of(1.001, -2));
  expect(await chosen(small(), fractions, near)).toEqual({
    provider: 'webgpu',
    reason: expect.stringMatching(/^Measured: wasm takes \d+ ms for 4 rows, webgpu .* ms\.$/),
    closed: ['wasm'],
  });
});

test.each<[string, NamedTensor, NamedTensor]>([
  ['fractions', fractions, output('float32', Float32Array.of(1.1, -2))],
  ['fractions of double precision', output('float64', Float64Array.of(1, 2)), output('float64', Float64Array.of(1, 3))],
  ['halves', output('float16', Uint16Array.of(0x3c00)), output('float16', Uint16Array.of(0x4000))],
  ['whole numbers', output('int64', BigInt64Array.of(1n)), output('int64', BigInt64Array.of(2n))],
  ['texts', output('string', ['a']), output('string', ['b'])],
  ['types', fractions, output('float64', Float64Array.of(1, -2))],
])('of other %s wasm stays', async (_, wasm, webgpu) => {
  expect(await chosen(small(), wasm, webgpu)).toEqual({
    provider: 'wasm',
    reason: expect.stringMatching(/but its answers differ\.$/),
    closed: ['webgpu'],
  });
});

test('it is said what was measured', async () => {
  const fixed = model(graph({ nodes: [node('Relu', ['x'], ['y'])], inputs: [value('x', 1, [1, 2])] }));
  expect((await chosen(fixed, fractions, fractions)).reason).toMatch(/ms for one example, webgpu/);
  expect((await chosen(small(), fractions, fractions, 'llvmpipe')).reason).toMatch(/computed by the processor here/);
});

test('a model that never comes to an end is called off, and stays on wasm', async () => {
  let calledOff = false;
  const open = async (): Promise<TensorPredictor> => ({
    ...inspectOnnx(small()),
    run: (_, { signal } = {}) =>
      new Promise((__, reject) =>
        signal?.addEventListener('abort', () => {
          calledOff = true;
          reject(new AbortError());
        }),
      ),
    async dispose() {},
  });
  const file = { model: inspectOnnx(small()), read: async () => small() };
  const { predictor, choice } = await chooseOnnx(file, { open, available: async () => [], patience: 10 });
  expect([choice.provider, calledOff]).toEqual(['wasm', true]);
  expect(choice.reason).toBe('Not measured: with inputs that are made up, the model took longer than 10 ms.');
  expect(await answersByRow(predictor, 10)).toBe(false);
});
