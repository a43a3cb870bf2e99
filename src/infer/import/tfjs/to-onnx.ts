/** A LayersModel as an ONNX file: kept, looked at, run and served as any other model of another program. */
import { outputWidth } from '../../../compute/plan/parameters.js';
import { inputShape } from '../../../compute/plan/shapes.js';
import { OnnxGraph } from '../../export/onnx/graph.js';
import { networkNodes } from '../../export/onnx/network.js';
import { shardsOf } from './manifest.js';
import { readTfjsHeader, readTfjsNetwork } from './read.js';

/**
 * @param json model.json
 * @param read a shard by its path below the folder of model.json; undefined where there is none
 * @throws as `readTfjsHeader` and `readTfjsNetwork` do
 */
export async function tfjsAsOnnx(json: Uint8Array, read: (path: string) => Promise<Uint8Array | undefined>): Promise<Uint8Array> {
  const header = readTfjsHeader(json);
  const shards = new Map<string, Uint8Array>();
  for (const path of shardsOf(header.weightsManifest)) {
    const bytes = await read(path);
    if (bytes) shards.set(path, bytes);
  }
  const { model, weights } = readTfjsNetwork(header, shards);
  const graph = new OnnxGraph();
  const input = graph.input('inputs', 'float', ['N', ...inputShape(model)]);
  const { output } = networkNodes(graph, model, weights, input, true);
  const end = model.loss === 'softmaxCrossEntropy' ? graph.node('Softmax', [output], [['axis', { int: -1 }]]) : output;
  graph.output('outputs', end, 'float', ['N', outputWidth(model)]);
  return graph.finish('LayersModel', 'A LayersModel of TensorFlow.js, written as ONNX.', new Map());
}
