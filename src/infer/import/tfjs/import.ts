/** A LayersModel, whoever wrote it: one that `export` wrote is a model of ours again, any other the ONNX file of its network. */
import { outputWidth } from '../../../compute/plan/parameters.js';
import { inputShape } from '../../../compute/plan/shapes.js';
import { OnnxGraph } from '../../export/onnx/graph.js';
import { networkNodes } from '../../export/onnx/network.js';
import { packedKey } from '../../export/packed-model.js';
import { modelTooLarge, mostBytes } from '../damaged.js';
import type { ForeignNetwork } from '../network/builder.js';
import { packedFrom, type Unpacked, unpacked } from '../unpack.js';
import { shardsOf, tensorsIn } from './manifest.js';
import { readTfjsHeader, readTfjsNetwork, type TfjsHeader } from './read.js';

/** A file by its path below the folder of model.json; undefined where there is none. */
export type ReadShard = (path: string) => Promise<Uint8Array | undefined>;

export interface TfjsFiles {
  json: Uint8Array;
  read: ReadShard;
}

/** A LayersModel as its files have it: model.json, and what its manifest names, by path and in its order. */
export interface TfjsModel {
  header: TfjsHeader;
  shards: ReadonlyMap<string, Uint8Array>;
}

/** What is missing is told when it is needed. @throws as `readTfjsHeader` does; InputError `model-too-large` */
export async function openTfjs({ json, read }: TfjsFiles): Promise<TfjsModel> {
  const header = readTfjsHeader(json);
  const shards = new Map<string, Uint8Array>();
  let bytes = json.length;
  for (const path of shardsOf(header.weightsManifest)) {
    const shard = await read(path);
    if (!shard) continue;
    bytes += shard.length;
    if (bytes > mostBytes) throw modelTooLarge(bytes);
    shards.set(path, shard);
  }
  return { header, shards };
}

/** @throws as `readTfjsNetwork` does */
export function readTfjs({ header, shards }: TfjsModel): Unpacked | Uint8Array {
  const packed = header.userDefinedMetadata?.[packedKey];
  if (typeof packed !== 'string') return asOnnx(readTfjsNetwork(header, shards));
  const tensors = tensorsIn(header.weightsManifest, shards);
  const bytes = [...shards.values()].reduce((sum, { length }) => sum + length, 0);
  return unpacked(packedFrom(packed), bytes / 4, (name) => tensors.get(name)?.values());
}

/** The same model is the same file whatever version of ours writes it: what is kept is known by its hash. */
function asOnnx({ model, weights }: ForeignNetwork): Uint8Array {
  const graph = new OnnxGraph();
  const input = graph.input('inputs', 'float', ['N', ...inputShape(model)]);
  const { output } = networkNodes(graph, model, weights, input, true);
  const end = model.loss === 'softmaxCrossEntropy' ? graph.node('Softmax', [output], [['axis', { int: -1 }]]) : output;
  graph.output('outputs', end, 'float', ['N', outputWidth(model)]);
  return graph.finish('LayersModel', 'A LayersModel of TensorFlow.js, written as ONNX.', new Map(), '');
}
