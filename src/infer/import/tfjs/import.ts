/** A LayersModel, whoever wrote it: one that `export` wrote is a model of ours again, any other the ONNX file of its network. */
import { outputWidth } from '../../../compute/plan/parameters.js';
import { inputShape } from '../../../compute/plan/shapes.js';
import { OnnxGraph } from '../../export/onnx/graph.js';
import { networkNodes } from '../../export/onnx/network.js';
import { packedKey } from '../../export/packed-model.js';
import type { ForeignNetwork } from '../network/builder.js';
import { packedFrom, type Unpacked, unpacked } from '../unpack.js';
import { shardsOf, tensorsIn } from './manifest.js';
import { readTfjsHeader, readTfjsNetwork } from './read.js';

/** A file by its path below the folder of model.json; undefined where there is none. */
export type ReadShard = (path: string) => Promise<Uint8Array | undefined>;

export interface TfjsFiles {
  json: Uint8Array;
  read: ReadShard;
}

/** All that belongs to a model, by path, in the order of its manifest. @throws as `readTfjsHeader` does */
export async function shardsBeside({ json, read }: TfjsFiles): Promise<Map<string, Uint8Array>> {
  const shards = new Map<string, Uint8Array>();
  for (const path of shardsOf(readTfjsHeader(json).weightsManifest)) {
    const bytes = await read(path);
    if (bytes) shards.set(path, bytes);
  }
  return shards;
}

/** @throws as `readTfjsHeader` and `readTfjsNetwork` do */
export function readTfjs(json: Uint8Array, shards: ReadonlyMap<string, Uint8Array>): Unpacked | Uint8Array {
  const header = readTfjsHeader(json);
  const packed = header.userDefinedMetadata?.[packedKey];
  if (typeof packed !== 'string') return asOnnx(readTfjsNetwork(header, shards));
  const tensors = tensorsIn(header.weightsManifest, shards);
  const bytes = [...shards.values()].reduce((sum, { length }) => sum + length, 0);
  return unpacked(packedFrom(packed), bytes / 4, (name) => tensors.get(name)?.values());
}

function asOnnx({ model, weights }: ForeignNetwork): Uint8Array {
  const graph = new OnnxGraph();
  const input = graph.input('inputs', 'float', ['N', ...inputShape(model)]);
  const { output } = networkNodes(graph, model, weights, input, true);
  const end = model.loss === 'softmaxCrossEntropy' ? graph.node('Softmax', [output], [['axis', { int: -1 }]]) : output;
  graph.output('outputs', end, 'float', ['N', outputWidth(model)]);
  return graph.finish('LayersModel', 'A LayersModel of TensorFlow.js, written as ONNX.', new Map());
}
