/** What is told of a network before it runs, beside what papers, Keras and PyTorch say of the same, and what the engine then allocates. */
import { expect, it, test } from 'vitest';
import { describeModel, inspectModel } from '../../../src/compute/plan/inspect.js';
import { openWasmEngine } from '../../../src/compute/wasm/engine.js';
import type { LayerSpec } from '../../../src/spec/layer.js';
import type { ModelSpec } from '../../../src/spec/model.js';

const network = (shape: number[], layers: LayerSpec[]): ModelSpec => ({
  inputs: shape.reduce((product, extent) => product * extent, 1),
  shape,
  layers,
  loss: 'softmaxCrossEntropy',
});
const described = (shape: number[], layers: LayerSpec[]) => describeModel(network(shape, [...layers, { kind: 'globalAveragePool' }]));
const relu = 'relu';
const kernel: [number, number] = [3, 3];

test('the example mnist_convnet of Keras has its 34,826 parameters, layer by layer', () => {
  const { layers, parameters, learned } = describeModel(
    network(
      [28, 28, 1],
      [
        { kind: 'conv2d', filters: 32, kernel, activation: relu },
        { kind: 'maxPool2d', size: [2, 2] },
        { kind: 'conv2d', filters: 64, kernel, activation: relu },
        { kind: 'maxPool2d', size: [2, 2] },
        { kind: 'flatten' },
        { kind: 'dropout', rate: 0.5 },
        { kind: 'dense', units: 10, activation: 'linear' },
      ],
    ),
  );
  expect(layers.map(({ outputShape }) => outputShape)).toEqual([
    [26, 26, 32],
    [13, 13, 32],
    [11, 11, 64],
    [5, 5, 64],
    [1600],
    [1600],
    [10],
  ]);
  expect(layers.map((layer) => layer.parameters)).toEqual([320, 0, 18_496, 0, 0, 0, 16_010]);
  expect({ parameters, learned }).toEqual({ parameters: 34_826, learned: 34_826 });
});

test('LeNet-5 with whole connections has 61,706 parameters and 416,520 multiply-adds', () => {
  const { parameters, multiplyAdds } = describeModel(
    network(
      [32, 32, 1],
      [
        { kind: 'conv2d', filters: 6, kernel: [5, 5], activation: 'tanh' },
        { kind: 'averagePool2d', size: [2, 2] },
        { kind: 'conv2d', filters: 16, kernel: [5, 5], activation: 'tanh' },
        { kind: 'averagePool2d', size: [2, 2] },
        { kind: 'flatten' },
        { kind: 'dense', units: 120, activation: 'tanh' },
        { kind: 'dense', units: 84, activation: 'tanh' },
        { kind: 'dense', units: 10, activation: 'linear' },
      ],
    ),
  );
  expect({ parameters, multiplyAdds }).toEqual({ parameters: 61_706, multiplyAdds: 416_520 });
});

test('a convolution and a depthwise separable one cost what MobileNets (1704.04861, table 3) says: 462 and 52.3 million', () => {
  const whole = described([14, 14, 512], [{ kind: 'conv2d', filters: 512, kernel, padding: 'same', activation: relu }]);
  const separable = described(
    [14, 14, 512],
    [
      { kind: 'depthwiseConv2d', kernel, padding: 'same', activation: relu },
      { kind: 'conv2d', filters: 512, kernel: [1, 1], activation: relu },
    ],
  );
  const millions = ({ multiplyAdds, parameters }: typeof whole) => [multiplyAdds / 1e6, parameters / 1e6];
  expect(millions(whole)).toEqual([expect.closeTo(462, 0), expect.closeTo(2.36, 2)]);
  expect(millions(separable)).toEqual([expect.closeTo(52.3, 1), expect.closeTo(0.27, 2)]);
});

test('an embedding, a GRU and attention have the parameters that Keras and PyTorch print', () => {
  const words = described(
    [20],
    [
      { kind: 'embedding', vocabulary: 1000, dimension: 64 },
      { kind: 'gru', units: 256, sequences: true },
    ],
  );
  // The guide "Working with RNNs" of Keras.
  expect(words.layers.slice(0, 2).map(({ parameters }) => parameters)).toEqual([64_000, 247_296]);
  // torch.nn.TransformerEncoderLayer(512, 8, 2048): 3,152,384, of which MultiheadAttention 1,050,624.
  const { layers, parameters } = described(
    [20, 512],
    [
      { kind: 'multiHeadAttention', heads: 8, name: 'attention' },
      { kind: 'add', from: ['input', 'attention'] },
      { kind: 'layerNormalization', name: 'middle' },
      { kind: 'dense', units: 2048, activation: relu },
      { kind: 'dense', units: 512, activation: 'linear', name: 'forward' },
      { kind: 'add', from: ['middle', 'forward'] },
      { kind: 'layerNormalization' },
    ],
  );
  expect(layers[0].parameters).toBe(1_050_624);
  expect(parameters).toBe(3_152_384);
  // Four projections of 20 places, and 20 × 20 shares once as products of queries and keys, once over values.
  expect(layers[0].multiplyAdds).toBe(4 * 20 * 512 * 512 + 2 * 20 * 20 * 512);
});

test('the bytes are those that the wasm device allocates, but for the scratch of its kernels', async () => {
  const model = network(
    [12, 12, 3],
    [
      { kind: 'conv2d', filters: 8, kernel, padding: 'same', activation: relu, name: 'start' },
      { kind: 'batchNormalization' },
      { kind: 'conv2d', filters: 8, kernel, padding: 'same', activation: relu, name: 'branch' },
      { kind: 'add', from: ['start', 'branch'] },
      { kind: 'globalAveragePool' },
      { kind: 'dense', units: 4, activation: 'linear' },
    ],
  );
  const engine = await openWasmEngine();
  for (const batchSize of [4, 64]) {
    const { bytes } = describeModel(model, { batchSize });
    const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 } as const;
    const prepared = await engine.prepare(model, { batchSize, seed: 0, optimizer });
    const allocated = engine.counters().bytes;
    prepared.dispose();
    expect(bytes.all).toBeLessThanOrEqual(allocated);
    expect(bytes.all / allocated).toBeGreaterThan(0.8);
  }
  engine.dispose();
});

it('tells of every layer before the first that does not fit, and what is wrong there; and of each that is not valid', () => {
  const layers = [
    { kind: 'dense', units: 8, activation: relu },
    { kind: 'conv2d', filters: 4, kernel, activation: relu },
    { kind: 'dense', units: 0, activation: relu },
    { kind: 'dropout' },
  ] as LayerSpec[];
  const found = inspectModel(network([6], layers));
  expect(found.totals).toBeUndefined();
  expect(found.layers.map(({ outputShape }) => outputShape)).toEqual([[8]]);
  expect(found.problems.map(({ layer, error }) => [layer, error.code])).toEqual([
    [1, 'layer-shape'],
    [2, 'invalid-layer'],
    [3, 'invalid-layer'],
  ]);
  expect(found.problems[0].error.message).toBe(
    'Layer 2 ("conv2d"): It is given the shape [8] and needs a picture [height, width, channels].',
  );
  expect(() => describeModel(network([6], layers.slice(0, 2)))).toThrow(found.problems[0].error.message);
});

it('does not take what stands before an unfinished layer for unread, and refuses a batch without rows', () => {
  const layers = [
    { kind: 'dense', units: 8, activation: relu, name: 'branch' },
    { kind: 'dense', units: 8, activation: relu, from: 'input' },
    { kind: 'add', from: ['branch'] },
  ] as LayerSpec[];
  expect(inspectModel(network([6], layers)).problems.map(({ layer }) => layer)).toEqual([2]);
  expect(() => describeModel(network([6], layers.slice(0, 1)), { batchSize: 0 })).toThrow('batchSize');
});
