/** ONNX files as networks of ours: they answer what onnxruntime-web answers to the very file, to 1e-5. */
import * as ort from 'onnxruntime-web';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../../../../src/base/random.js';
import type { Engine } from '../../../../src/compute/engine.js';
import { openWasmEngine } from '../../../../src/compute/wasm/engine.js';
import { OnnxGraph, type Value } from '../../../../src/infer/export/onnx/graph.js';
import { networkNodes } from '../../../../src/infer/export/onnx/network.js';
import { floats } from '../../../../src/infer/export/onnx/tensor.js';
import { readOnnxNetwork } from '../../../../src/infer/import/onnx-network/read.js';
import type { LayerSpec } from '../../../../src/spec/layer.js';
import type { ModelSpec } from '../../../../src/spec/model.js';
import { small } from '../../../unit/infer/onnx/build.js';
import { weightsFor } from '../../engine/conformance.js';
import { channelsLast, Foreign, ints, product } from './foreign.js';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'error';

let engine: Engine;
beforeAll(async () => {
  engine = await openWasmEngine();
});
afterAll(() => engine.dispose());

const rows = 3;

/** @param shape of an example in the file; where it is a picture with its channels first, ours is given the same numbers with them last */
async function same(file: Uint8Array, shape: readonly number[], isFirst: boolean): Promise<ModelSpec> {
  const random = new Random(3, 'inputs');
  const inputs = Float32Array.from({ length: rows * product(shape) }, () => 2 * random.normal());
  const session = await ort.InferenceSession.create(file);
  const results = await session.run({ [session.inputNames[0]]: new ort.Tensor('float32', inputs, [rows, ...shape]) });
  const expected = results[session.outputNames[0]].data as Float32Array;
  await session.release();
  const { model, weights } = readOnnxNetwork(file);
  const network = await engine.prepare(model, { batchSize: rows, seed: 1 });
  network.setWeights(weights);
  const answered = await network.forward(isFirst ? channelsLast(inputs, shape) : inputs, rows);
  network.dispose();
  expect(answered.length).toBe(expected.length);
  for (const [index, value] of answered.entries()) {
    expect(Math.abs(value - expected[index]) / Math.max(1, Math.abs(expected[index]))).toBeLessThan(1e-5);
  }
  return model;
}

test('a residual network with its channels second, and what is flat in their order', async () => {
  const at = new Foreign([3, 13, 11]);
  const moments = () => [at.weights(4), at.weights(4), at.weights(4), at.positive(4)];
  const start = at.convolution(at.input, [4, 3, 3, 3], { strides: ints(2, 2), pads: ints(1, 1, 1, 1) });
  const relu = at.node('Relu', [at.node('BatchNormalization', [start, ...moments()], { epsilon: { float: 1e-4 } })]);
  const pooled = at.node('MaxPool', [relu], { kernel_shape: ints(3, 3), strides: ints(2, 2), pads: ints(1, 1, 1, 1) });
  const branch = at.node('Tanh', [at.convolution(pooled, [4, 4, 3, 2], { auto_pad: { text: 'SAME_UPPER' } })]);
  const sum = at.node('Add', [branch, pooled]);
  const joined = at.node('Concat', [sum, at.node('Elu', [pooled])], { axis: { int: 1 } });
  const flat = at.node('Flatten', [joined]);
  const hidden = at.node('Sigmoid', [at.node('Gemm', [flat, at.weights(5, 8 * 4 * 3), at.weights(5)], { transB: { int: 1 } })]);
  const end = at.node('Softmax', [at.node('Add', [at.node('MatMul', [hidden, at.weights(5, 2)]), at.weights(2)])]);
  const model = await same(at.finish(end), [3, 13, 11], true);
  expect(model.loss).toBe('softmaxCrossEntropy');
});

test('a mobile network: channels by themselves, a ReLU with a largest value, normalised inside', async () => {
  const at = new Foreign([2, 10, 9]);
  const normal = at.node('Div', [
    at.node('Sub', [at.input, at.weights(1, 2, 1, 1)]),
    at.graph.constant('deviation', floats([0.5, 2], [2, 1, 1])),
  ]);
  const limited = (value: Value) => at.node('Clip', [value, at.scalar(0), at.scalar(6)]);
  const padded = at.node('Pad', [normal, at.numbers(0, 0, 0, 1, 0, 0, 1, 0)]);
  const wide = limited(at.node('Mul', [at.convolution(padded, [6, 2, 2, 2]), at.scalar(8)]));
  const apart = at.convolution(wide, [12, 1, 3, 3], { group: { int: 6 }, dilations: ints(2, 1), pads: ints(2, 0, 2, 2) });
  const silu = at.node('Mul', [at.node('Sigmoid', [apart]), apart]);
  const average = at.node('AveragePool', [silu], { kernel_shape: ints(2, 2), pads: ints(0, 1, 1, 0) });
  const most = at.node('Squeeze', [at.node('GlobalMaxPool', [average]), at.numbers(2, 3)]);
  const mean = at.node('Reshape', [at.node('GlobalAveragePool', [average]), at.numbers(-1, 12)]);
  const reduced = at.node('ReduceMean', [average], { axes: ints(-1, 2), keepdims: { int: 0 } });
  const all = at.node('Concat', [most, mean, reduced], { axis: { int: -1 } });
  await same(at.finish(at.node('LeakyRelu', [at.node('Gemm', [all, at.weights(36, 2)])])), [2, 10, 9], true);
});

test('along sequences', async () => {
  const at = new Foreign([2, 12]);
  const causal = at.convolution(at.input, [5, 2, 3], { pads: ints(4, 0), dilations: ints(2) });
  const even = at.convolution(at.node('Relu', [causal]), [4, 5, 4], { pads: ints(1, 2), strides: ints(1) });
  const pooled = at.node('AveragePool', [at.node('MaxPool', [even], { kernel_shape: ints(2), strides: ints(2) })], {
    kernel_shape: ints(3),
  });
  const end = at.node('Gemm', [at.node('Flatten', [pooled]), at.weights(16, 2)]);
  await same(at.finish(end), [2, 12], true);
});

const pictures: LayerSpec[] = [
  { kind: 'conv2d', filters: 4, kernel: [3, 2], padding: 'same', activation: 'silu' },
  { kind: 'depthwiseConv2d', multiplier: 2, kernel: [2, 3], activation: 'leakyRelu', name: 'fork' },
  { kind: 'batchNormalization' },
  { kind: 'layerNormalization' },
  { kind: 'dense', units: 8, activation: 'tanh' },
  { kind: 'add', from: ['fork', 'last'] },
  { kind: 'averagePool2d', size: [2, 2], padding: 'same' },
];

test.each(['flatten', 'globalAveragePool', 'globalMaxPool'] as const)(
  'our own files, with their channels last, ending in %s',
  async (kind) => {
    const layers = pictures.map((layer) => (layer.kind === 'dense' ? { ...layer, name: 'last' } : layer));
    const model: ModelSpec = {
      inputs: 9 * 8 * 2,
      shape: [9, 8, 2],
      layers: [...layers, { kind }, { kind: 'dense', units: 3, activation: 'elu' }, { kind: 'dense', units: 2, activation: 'linear' }],
      loss: 'meanSquaredError',
    };
    for (const isShaped of [true, false]) {
      const graph = new OnnxGraph();
      const shape = isShaped ? [9, 8, 2] : [9 * 8 * 2];
      const { output } = networkNodes(graph, model, weightsFor(model), graph.input('inputs', 'float', ['N', ...shape]), isShaped);
      graph.output('outputs', output, 'float', ['N', 2]);
      await same(graph.finish('network', '', new Map()), shape, false);
    }
  },
);

test('sums of several, whether computed or constant, and of what is flat in one order', async () => {
  const at = new Foreign([2, 3, 4]);
  const other = at.node('Tanh', [at.input]);
  const sum = at.node('Sum', [at.weights(1, 2, 1, 1), at.input, at.weights(2, 1, 1), other, at.scalar(3)]);
  const flat = at.node('Add', [at.node('Flatten', [sum]), at.node('Flatten', [other])]);
  await same(at.finish(at.node('Gemm', [flat, at.weights(24, 2), at.weights(1, 2)])), [2, 3, 4], true);
});

test('a long list in an attribute is read once', () => {
  const at = new Foreign([4]);
  const long = at.node('Relu', [at.input], { unused: { ints: new Array(300_000).fill(1) } });
  expect(readOnnxNetwork(at.finish(long, 4)).model.layers).toHaveLength(1);
});

const moments = (at: Foreign, length: number): Value[] => [at.weights(length), at.weights(length), at.weights(length), at.positive(length)];
const flatOf = (at: Foreign, ...order: number[]): Value => at.node('Flatten', [at.node('Transpose', [at.input], { perm: ints(...order) })]);

const refusals: [string, (at: Foreign) => Value, string, RegExp][] = [
  ['an operator that no layer computes', (at) => at.node('Softplus', [at.input]), 'Softplus', /no layer of ours/],
  ['groups of several channels', (at) => at.convolution(at.input, [4, 2, 1, 1], { group: { int: 2 } }), 'Conv', /2 groups/],
  ['what is clipped elsewhere', (at) => at.node('Clip', [at.input, at.scalar(-1), at.scalar(1)]), 'Clip', /begin at zero/],
  ['a slope of its own', (at) => at.node('LeakyRelu', [at.input], { alpha: { float: 0.2 } }), 'LeakyRelu', /0\.2/],
  [
    'padding that counts',
    (at) => at.node('AveragePool', [at.input], { kernel_shape: ints(2, 2), pads: ints(1, 1, 0, 0), count_include_pad: { int: 1 } }),
    'AveragePool',
    /counts/,
  ],
  [
    'automatic padding that counts',
    (at) =>
      at.node('AveragePool', [at.input], {
        kernel_shape: ints(2, 2),
        auto_pad: { text: 'SAME_UPPER' },
        count_include_pad: { int: 1 },
      }),
    'AveragePool',
    /counts/,
  ],
  ['what is flat in two orders', (at) => at.node('Add', [flatOf(at, 0, 2, 1, 3), flatOf(at, 0, 3, 2, 1)]), 'Add', /different orders/],
  [
    'the moments of a batch',
    (at) => at.node('BatchNormalization', [at.input, ...moments(at, 4)], { training_mode: { int: 1 } }),
    'BatchNormalization',
    /each batch/,
  ],
  [
    'moments for each place',
    (at) => at.node('BatchNormalization', [at.input, ...moments(at, 100)], { spatial: { int: 0 } }),
    'BatchNormalization',
    /each place/,
  ],
  [
    'a bias for each row',
    (at) => at.node('Gemm', [at.node('Flatten', [at.input]), at.weights(100, 3), at.weights(3, 1)]),
    'Gemm',
    /shape \[3, 1\]/,
  ],
  [
    'windows over the end',
    (at) => at.node('MaxPool', [at.input], { kernel_shape: ints(2, 2), strides: ints(2, 2), ceil_mode: { int: 1 } }),
    'MaxPool',
    /ceil_mode/,
  ],
  ['what is computed times what is computed', (at) => at.node('Mul', [at.node('Relu', [at.input]), at.input]), 'Mul', /multiplies/],
  [
    'a gate that is not of the same',
    (at) => at.node('Mul', [at.node('Relu', [at.node('Sigmoid', [at.input])]), at.input]),
    'Mul',
    /multiplies/,
  ],
  ['a softmax in the middle', (at) => at.node('Relu', [at.node('Softmax', [at.input], { axis: { int: 1 } })]), 'Softmax', /end/],
  ['padding with something else', (at) => at.node('Pad', [at.input, at.numbers(0, 0, 1, 0, 0, 0, 0, 0), at.scalar(1)]), 'Pad', /zeros/],
];

test.each(refusals)('%s is refused by name', (_, make, kind, message) => {
  const at = new Foreign([4, 5, 5]);
  const file = at.finish(at.node('Flatten', [make(at)]));
  expect(() => readOnnxNetwork(file)).toThrow(
    expect.objectContaining({
      code: 'network-not-convertible',
      message: expect.stringMatching(message),
      place: expect.objectContaining({ kind }),
    }),
  );
});

test('a file of another writer can be had too, and one that is damaged cannot', () => {
  expect(readOnnxNetwork(small()).model.layers).toHaveLength(2);
  expect(() => readOnnxNetwork(small().subarray(0, 40))).toThrow(expect.objectContaining({ code: 'model-damaged' }));
});
