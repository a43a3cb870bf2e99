/** Which provider a model is given: by what it takes there, and whether it answers the same. */
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { chooseOnnx } from '../../../../src/infer/onnx/choose.js';
import { inspectOnnx } from '../../../../src/infer/onnx/inspect.js';
import type { Provider } from '../../../../src/infer/onnx/runtime.js';
import type { TensorPredictor } from '../../../../src/infer/tensors/predictor.js';
import type { NamedTensor } from '../../../../src/infer/tensors/tensor.js';
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
