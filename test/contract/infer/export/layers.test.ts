/** Every kind of layer as ONNX, on the networks that hold the engines to each other: onnxruntime-web answers what wasm answers. */
import * as ort from 'onnxruntime-web';
import { expect, test } from 'vitest';
import { openWasmEngine } from '../../../../src/compute/wasm/engine.js';
import { OnnxGraph } from '../../../../src/infer/export/onnx/graph.js';
import { onnxLayer } from '../../../../src/infer/export/onnx/layers/table.js';
import { networkNodes } from '../../../../src/infer/export/onnx/network.js';
import { LayerSpec } from '../../../../src/spec/layer.js';
import { hasValues, type ModelSpec } from '../../../../src/spec/model.js';
import { batchFor, weightsFor } from '../../engine/conformance.js';
import { encoder, mixed, pictures, series, words } from '../../engine/every-layer.js';

ort.env.wasm.numThreads = 1;

const causal: ModelSpec = {
  ...encoder,
  layers: encoder.layers.map((layer) => (layer.kind === 'multiHeadAttention' ? { ...layer, causal: true } : layer)),
};
const withoutMasks: ModelSpec = {
  inputs: 12,
  shape: [6, 2],
  layers: [
    { kind: 'multiHeadAttention', heads: 2 },
    { kind: 'conv1d', filters: 4, kernel: 2, stride: 2, padding: 'same', activation: 'tanh' },
    { kind: 'batchNormalization' },
    { kind: 'globalMaxPool' },
    { kind: 'dense', units: 2, activation: 'linear' },
  ],
  loss: 'meanSquaredError',
};

const reshaped: ModelSpec = {
  inputs: 12,
  layers: [
    { kind: 'reshape', shape: [4, 3] },
    { kind: 'conv1d', filters: 5, kernel: 2, activation: 'relu' },
    { kind: 'flatten' },
    { kind: 'dense', units: 2, activation: 'linear' },
  ],
  loss: 'meanSquaredError',
};

const networks = { pictures, words, series, encoder, causal, mixed, withoutMasks, reshaped };

test('the networks have every kind of layer, and every kind can be written', () => {
  const kinds = LayerSpec.def.options.map((option) => [...(option.def.shape.kind.def.values as string[])][0]);
  const met = new Set<string>(Object.values(networks).flatMap(({ layers }) => layers.map(({ kind }) => kind)));
  expect(kinds.filter((kind) => !met.has(kind))).toEqual([]);
  expect(kinds.filter((kind) => !onnxLayer(kind as LayerSpec['kind']))).toEqual([]);
});

test.each(Object.entries(networks))('%s', async (_, model) => {
  const rows = 5;
  const { inputs } = batchFor(model, rows);
  const weights = weightsFor(model);
  const engine = await openWasmEngine();
  const network = await engine.prepare(model, { batchSize: rows, seed: 1 });
  network.setWeights(weights);
  const expected = await network.forward(inputs, rows);
  network.dispose();
  engine.dispose();
  const graph = new OnnxGraph();
  const { output } = networkNodes(graph, model, weights, graph.input('inputs', 'float', ['N', model.inputs]), false);
  const ending = model.loss === 'softmaxCrossEntropy' ? graph.node('Softmax', [output]) : graph.node('Sigmoid', [output]);
  const name = graph.output('outputs', hasValues(model) ? output : ending, 'float', ['N', expected.length / rows]);
  const session = await ort.InferenceSession.create(graph.finish('network', '', new Map()));
  const { [name]: answered } = await session.run({ inputs: new ort.Tensor('float32', inputs, [rows, model.inputs]) });
  await session.release();
  expect(answered.dims).toEqual([rows, expected.length / rows]);
  for (const [index, value] of (answered.data as Float32Array).entries()) {
    expect(Math.abs(value - expected[index]) / Math.max(1, Math.abs(expected[index]))).toBeLessThan(1e-5);
  }
});
