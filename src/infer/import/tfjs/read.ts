/** A LayersModel of TensorFlow.js, whoever wrote it: model.json and its shards become a network of ours, or what is in the way is named. */
import * as z from 'zod/mini';
import { InputError } from '../../../base/errors.js';
import { networkInput } from '../../../compute/plan/graph.js';
import { checkedPart, modelDamaged } from '../damaged.js';
import { type ForeignNetwork, NetworkBuilder, notConvertible } from '../network/builder.js';
import { At, type Given } from './layer.js';
import { tensorsIn, WeightsManifest } from './manifest.js';
import { kerasReader } from './table.js';
import { type KerasNode, topologyOf } from './topology.js';

/** Of model.json. */
const mostBytes = 2 ** 26;

const Header = z.object({
  format: z.optional(z.nullable(z.string())),
  modelTopology: z.unknown(),
  weightsManifest: WeightsManifest,
  userDefinedMetadata: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
});
export type TfjsHeader = z.infer<typeof Header>;

/** model.json, checked; its topology is not yet. @throws InputError `model-damaged`, `model-too-large` or `network-not-convertible` */
export function readTfjsHeader(bytes: Uint8Array): TfjsHeader {
  if (bytes.length > mostBytes) throw modelDamaged(`its model.json has ${bytes.length} bytes; at most ${mostBytes} are read`);
  const header = checkedPart(Header, jsonIn(bytes), 'model');
  if (header.format !== 'graph-model') return header;
  throw new InputError('network-not-convertible', 'This is a GraphModel of TensorFlow.js, and only a LayersModel can be read.', {
    advice:
      'Convert the model that it was made from to ONNX (tf2onnx), or to a LayersModel (tensorflowjs_converter --output_format=tfjs_layers_model).',
  });
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw modelDamaged('its model.json is no JSON', cause);
  }
}

/**
 * @param shards by the paths that its manifest names
 * @throws InputError `network-not-convertible`, naming the layer and its class; `model-damaged` or `model-too-large`
 */
export function readTfjsNetwork(header: TfjsHeader, shards: ReadonlyMap<string, Uint8Array>): ForeignNetwork {
  const { nodes, output } = topologyOf(header.modelTopology);
  const tensors = tensorsIn(header.weightsManifest, shards);
  const network = new NetworkBuilder(inputShapeOf(nodes[0]));
  const other = nodes.find(({ reads }, index) => index > 0 && reads.length === 0);
  if (other) throw notConvertible(other.name, other.className, 'it reads nothing, and a network of ours has one input');
  const values = new Map<string, Given>();
  for (const node of nodes) {
    const given = node.reads.map((name) => values.get(name) as Given);
    values.set(
      node.name,
      readNode(new At(node, network, given.length > 0 ? given : [{ place: networkInput }], tensors, node.name === output)),
    );
  }
  const { place, padding, isSoftmax } = values.get(output) as Given;
  if (padding) throw notConvertible(output, 'ZeroPadding2D', 'a network cannot end in zeros around a picture');
  return network.finish(place, isSoftmax ? 'softmaxCrossEntropy' : 'meanSquaredError');
}

function readNode(at: At): Given {
  const reader = kerasReader(at.kind);
  if (!reader) throw at.refused(`the class "${at.kind.slice(0, 100)}" is not known`);
  if (!reader.pads && at.given.some(({ padding }) => padding))
    throw at.refused('zeros were put around what it reads, which only a window can bring');
  return at.named(() => reader.read(at));
}

const Input = z.object({ batch_input_shape: z.array(z.nullable(z.number())).check(z.minLength(2), z.maxLength(4)) });
const otherInput = z.object({ batch_shape: Input.def.shape.batch_input_shape });

/** Of one example. */
function inputShapeOf({ name, className, config }: KerasNode): number[] {
  const found = Input.safeParse(config);
  const given = found.success ? found.data.batch_input_shape : otherInput.safeParse(config).data?.batch_shape;
  const shape = given?.slice(1);
  if (shape?.every((extent) => extent !== null && Number.isInteger(extent) && extent > 0 && extent <= 2 ** 20)) return shape as number[];
  throw notConvertible(name, className, 'it does not say how large an input is: every extent but the rows has to be a number');
}
