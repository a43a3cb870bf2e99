/** LayersModels that tfjs-layers has built and saved: as a network of ours they answer what tfjs-layers answers, to 1e-5. */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as keras from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../../../src/base/hash.js';
import { Random } from '../../../../src/base/random.js';
import type { Engine } from '../../../../src/compute/engine.js';
import { openWasmEngine } from '../../../../src/compute/wasm/engine.js';
import type { ForeignNetwork } from '../../../../src/infer/import/network/builder.js';
import { readTfjs } from '../../../../src/infer/import/tfjs/import.js';
import { readTfjsHeader, readTfjsNetwork } from '../../../../src/infer/import/tfjs/read.js';
import { inspectOnnx } from '../../../../src/infer/onnx/inspect.js';

let engine: Engine;
beforeAll(async () => {
  engine = await openWasmEngine();
  await tf.setBackend('cpu');
});
afterAll(() => engine.dispose());

interface Saved {
  json: Record<string, unknown> & {
    weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; quantization?: object }[] }[];
  };
  shards: Map<string, Uint8Array>;
}

/** As `model.save` gives it to a handler, with its weights in two shards: a tensor may go over the end of one. */
async function saved(model: keras.LayersModel): Promise<Saved> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save({
    save: async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    },
  });
  const bytes = new Uint8Array(artifacts?.weightData as ArrayBuffer);
  const cut = (bytes.length >> 1) + 1;
  const json = JSON.parse(
    JSON.stringify({
      format: 'layers-model',
      modelTopology: artifacts?.modelTopology,
      weightsManifest: [{ paths: ['a.bin', 'b.bin'], weights: artifacts?.weightSpecs }],
    }),
  );
  return {
    json,
    shards: new Map([
      ['a.bin', bytes.subarray(0, cut)],
      ['b.bin', bytes.subarray(cut)],
    ]),
  };
}

const read = ({ json, shards }: Saved): ForeignNetwork =>
  readTfjsNetwork(readTfjsHeader(new TextEncoder().encode(JSON.stringify(json))), shards);

/** Every weight another number, and none of a variance below zero. */
function shaken(model: keras.LayersModel): keras.LayersModel {
  const random = new Random(7, 'weights');
  for (const weight of model.weights) {
    const isVariance = weight.originalName.endsWith('moving_variance');
    const values = Float32Array.from({ length: tf.util.sizeFromShape(weight.shape as number[]) }, () =>
      isVariance ? 0.5 + random.uniform() : 0.3 * random.normal(),
    );
    (weight as unknown as { write(value: tf.Tensor): void }).write(tf.tensor(values, weight.shape as number[]));
  }
  return model;
}

async function answers({ model, weights }: ForeignNetwork, inputs: Float32Array, rows: number): Promise<Float32Array> {
  const network = await engine.prepare(model, { batchSize: rows, seed: 1 });
  network.setWeights(weights);
  const outputs = await network.forward(inputs, rows);
  network.dispose();
  return outputs;
}

async function same(model: keras.LayersModel, given?: Saved): Promise<ForeignNetwork> {
  const network = read(given ?? (await saved(shaken(model))));
  const rows = 3;
  const shape = model.inputs[0].shape.slice(1) as number[];
  const random = new Random(3, 'inputs');
  const inputs = Float32Array.from({ length: rows * tf.util.sizeFromShape(shape) }, () => 2 * random.normal());
  const expected = await (model.predict(tf.tensor(inputs, [rows, ...shape])) as tf.Tensor).data();
  const answered = await answers(network, inputs, rows);
  expect(answered.length).toBe(expected.length);
  for (const [index, value] of answered.entries()) {
    expect(Math.abs(value - expected[index]) / Math.max(1, Math.abs(expected[index]))).toBeLessThan(1e-5);
  }
  return network;
}

const { layers } = keras;
type Symbolic = keras.SymbolicTensor;
const through = (from: Symbolic, ...more: { apply(given: Symbolic): unknown }[]): Symbolic =>
  more.reduce((value, layer) => layer.apply(value) as Symbolic, from);

/** As Keras's MobileNet: zeros around what is strided, no biases, ReLU6, and a convolution for its classes. */
function mobile(): keras.LayersModel {
  const input = keras.input({ shape: [13, 11, 3] });
  const normal = () => layers.batchNormalization({ epsilon: 1e-3 });
  const limited = () => layers.reLU({ maxValue: 0.5 });
  const start = through(
    input,
    layers.zeroPadding2d({
      padding: [
        [0, 1],
        [0, 1],
      ] as never,
    }),
    layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, useBias: false }),
    normal(),
    limited(),
  );
  const block = through(
    start,
    layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', useBias: false }),
    normal(),
    limited(),
    layers.conv2d({ filters: 6, kernelSize: 1, useBias: false, padding: 'same' }),
    normal(),
    limited(),
  );
  const end = through(
    block,
    layers.globalAveragePooling2d({}),
    layers.reshape({ targetShape: [1, 1, 6] }),
    layers.dropout({ rate: 0.1 }),
    layers.conv2d({ filters: 5, kernelSize: 1, name: 'predictions' }),
    layers.reshape({ targetShape: [5] }),
    layers.activation({ activation: 'softmax' }),
  );
  return keras.model({ inputs: input, outputs: end });
}

/** As Keras's ResNet: zeros before a convolution and before the maximum, and two branches that meet. */
function residual(): keras.LayersModel {
  const input = keras.input({ shape: [12, 12, 2] });
  const start = through(
    input,
    layers.zeroPadding2d({ padding: [2, 2] as never }),
    layers.conv2d({ filters: 4, kernelSize: 5, strides: 2 }),
    layers.batchNormalization({ scale: false }),
    layers.activation({ activation: 'relu' }),
    layers.zeroPadding2d({ padding: [1, 1] as never }),
    layers.maxPooling2d({ poolSize: 3, strides: 2 }),
  );
  const short = through(start, layers.conv2d({ filters: 8, kernelSize: 1 }));
  const long = through(
    start,
    layers.conv2d({ filters: 8, kernelSize: 3, padding: 'same', activation: 'relu' }),
    layers.batchNormalization({ center: false }),
  );
  const sum = layers.add().apply([short, long]) as Symbolic;
  const joined = layers.concatenate().apply([through(sum, layers.activation({ activation: 'relu' })), short]) as Symbolic;
  return keras.model({
    inputs: input,
    outputs: through(joined, layers.averagePooling2d({ poolSize: 2, padding: 'same' }), layers.flatten(), layers.dense({ units: 3 })),
  });
}

const line = (...all: Parameters<keras.Sequential['add']>[0][]): keras.Sequential => keras.sequential({ layers: all });

test('a small MobileNet', async () => {
  const { model } = await same(mobile());
  expect(model.loss).toBe('softmaxCrossEntropy');
  expect(model.layers.map(({ name }) => name)).toContain('predictions');
});

test('a small ResNet, whose layers may stand in any order', async () => {
  const model = shaken(residual());
  const given = await saved(model);
  const { config } = given.json.modelTopology as { config: { layers: unknown[] } };
  await same(model, given);
  config.layers.reverse();
  await same(model, given);
});

test('every class and activation that is left, in a line', async () => {
  await same(
    line(
      layers.separableConv2d({ inputShape: [9, 8, 3], filters: 5, kernelSize: [3, 2], padding: 'same', activation: 'elu' }),
      layers.layerNormalization({}),
      layers.leakyReLU({ alpha: 0.01 }),
      layers.conv2d({ filters: 4, kernelSize: 3, dilationRate: 2, activation: 'swish' }),
      layers.elu({}),
      layers.reLU({}),
      layers.globalMaxPooling2d({}),
      layers.dense({ units: 4, activation: 'tanh', useBias: false }),
      layers.dense({ units: 3, activation: 'sigmoid' }),
    ),
  );
  await same(
    line(
      layers.conv1d({ inputShape: [10, 2], filters: 5, kernelSize: 3, padding: 'same', dilationRate: 2, activation: 'relu' }),
      layers.maxPooling1d({ poolSize: 2 }),
      layers.averagePooling1d({ poolSize: 2, strides: 1, padding: 'same' }),
      layers.globalAveragePooling1d({}),
      layers.dense({ units: 2 }),
      layers.softmax({}),
    ),
  );
});

test('quantized weights are what tfjs makes of them', async () => {
  const model = shaken(line(layers.dense({ inputShape: [4], units: 3, name: 'only' })));
  const { json } = await saved(model);
  const quantized = (scale: number, dtype: string) => ({ dtype, scale, min: -1 });
  json.weightsManifest[0].weights[0].quantization = quantized(0.01, 'uint8');
  json.weightsManifest[0].weights[1].quantization = quantized(0.0001, 'uint16');
  const kernel = Uint8Array.from({ length: 12 }, (_, index) => 20 * index);
  const bias = Uint16Array.from([1, 20_000, 60_000]);
  const bytes = new Uint8Array([...kernel, ...new Uint8Array(bias.buffer)]);
  const { weights } = read({
    json,
    shards: new Map([
      ['a.bin', bytes.subarray(0, 5)],
      ['b.bin', bytes.subarray(5)],
    ]),
  });
  const specs = json.weightsManifest[0].weights as unknown as tf.io.WeightsManifestEntry[];
  const peer = tf.io.decodeWeights(bytes.slice().buffer, specs);
  expect([...weights]).toEqual([...(await peer['only/kernel'].data()), ...(await peer['only/bias'].data())]);
});

test('what is kept of a model is the same file whatever version of ours has read it', async () => {
  const model = line(
    layers.conv2d({ inputShape: [5, 5, 2], filters: 3, kernelSize: 2, padding: 'same', activation: 'relu', name: 'first' }),
    layers.globalAveragePooling2d({ name: 'mean' }),
    layers.dense({ units: 2, activation: 'softmax', name: 'last' }),
  );
  model.setWeights(
    model.getWeights().map(({ shape, size }) =>
      tf.tensor(
        Float32Array.from({ length: size }, (_, index) => index / 8),
        shape,
      ),
    ),
  );
  const { json, shards } = await saved(model);
  const file = readTfjs({ header: readTfjsHeader(new TextEncoder().encode(JSON.stringify(json))), shards }) as Uint8Array;
  // Another hash here is another extractor to every run that was behind this one.
  expect(await sha256(file)).toBe('a8e2a126f5b4aa0d7a2d70b1c6841f437e01f203612632a1403b988c25324f69');
  expect(inspectOnnx(file).inspection.producer).toEqual({ name: 'benchwright', version: '' });
});

test.each<[string, () => keras.LayersModel, string, RegExp]>([
  [
    'a class that is not known',
    () => line(layers.conv2dTranspose({ inputShape: [4, 4, 2], filters: 2, kernelSize: 2, name: 'odd' })),
    'odd',
    /Conv2DTranspose.*not known/,
  ],
  [
    'a softmax in the middle',
    () => line(layers.dense({ inputShape: [2], units: 2, activation: 'softmax', name: 'odd' }), layers.dense({ units: 1 })),
    'odd',
    /softmax/,
  ],
  ['a slope of its own', () => line(layers.leakyReLU({ inputShape: [3], alpha: 0.3, name: 'odd' })), 'odd', /0\.3/],
  [
    'channels first',
    () => line(layers.maxPooling2d({ inputShape: [2, 4, 4], poolSize: 2, dataFormat: 'channelsFirst', name: 'odd' })),
    'odd',
    /channels/,
  ],
  [
    'what is flat with its channels first',
    () => line(layers.flatten({ inputShape: [4, 4, 2], dataFormat: 'channelsFirst', name: 'odd' }), layers.dense({ units: 1 })),
    'odd',
    /channels/,
  ],
  [
    'zeros that a minimum could lose to',
    () => line(layers.zeroPadding2d({ inputShape: [4, 4, 1] }), layers.maxPooling2d({ poolSize: 2, name: 'odd' })),
    'odd',
    /zeros/,
  ],
])('%s is refused by name', async (_, model, layer, message) => {
  const given = await saved(model());
  const refused = expect.objectContaining({
    code: 'network-not-convertible',
    message: expect.stringMatching(message),
    place: expect.objectContaining({ layer }),
  });
  expect(() => read(given)).toThrow(refused);
});

test('what is hostile is refused before it is opened', async () => {
  const good = await saved(line(layers.dense({ inputShape: [2], units: 2, name: 'only' })));
  const broken = (change: (given: Saved) => void): (() => unknown) => {
    const given: Saved = { json: structuredClone(good.json), shards: new Map(good.shards) };
    change(given);
    return () => read(given);
  };
  const damaged = expect.objectContaining({ code: 'model-damaged' });
  for (const path of [
    '../a.bin',
    '..%2fa.bin',
    '/a.bin',
    '//host/a.bin',
    'data:,a',
    'https://elsewhere/a.bin',
    'a/../b.bin',
    'a\\b',
    'a?b',
    '.',
    '',
  ]) {
    // Even where it is there.
    const named = broken(({ json, shards }) => {
      json.weightsManifest[0].paths[0] = path;
      shards.set(path, shards.get('a.bin') as Uint8Array);
    });
    expect(named, path).toThrow(damaged);
  }
  expect(broken(({ shards }) => shards.delete('b.bin'))).toThrow(damaged);
  expect(broken(({ shards }) => shards.set('b.bin', new Uint8Array(1000)))).toThrow(damaged);
  expect(broken(({ json }) => (json.weightsManifest[0].weights[0].shape = [2 ** 30, 2 ** 30]))).toThrow(damaged);
  expect(broken(({ json }) => (json.weightsManifest[0].weights[0].shape = [4, 1]))).toThrow(
    expect.objectContaining({ place: { layer: 'only', kind: 'Dense' } }),
  );
  expect(broken(({ json }) => (json.weightsManifest[0].weights[1].name = '__proto__'))).toThrow(
    expect.objectContaining({ code: 'network-not-convertible' }),
  );
  expect(broken(({ json }) => (json.format = 'graph-model'))).toThrow(
    expect.objectContaining({ code: 'network-not-convertible', advice: expect.stringMatching(/ONNX/) }),
  );
  expect(broken(({ json }) => (json.modelTopology = { class_name: 'constructor', config: {} }))).toThrow(/constructor/);
  expect(broken(({ json }) => (json.modelTopology = null))).toThrow(damaged);
  expect(() => readTfjsHeader(Uint8Array.of(1, 2))).toThrow(damaged);
});
