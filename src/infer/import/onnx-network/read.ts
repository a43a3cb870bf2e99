/** An ONNX graph of another program as a network of ours, where every operator has a layer; else what is in the way is named. */
import type { InputError } from '../../../base/errors.js';
import { networkInput } from '../../../compute/plan/graph.js';
import type { TensorSpec } from '../../../spec/tensor-model.js';
import { type ForeignNetwork, NetworkBuilder, notConvertible, requireOne } from '../network/builder.js';
import { type OnnxNode, type ReadGraph, readGraph } from './graph.js';
import { operatorOf } from './table.js';
import { At, channelsFirst, type Value } from './value.js';

/**
 * @throws InputError `network-not-convertible`, naming the node and its operator; and as `inspectOnnx` does
 */
export function readOnnxNetwork(bytes: Uint8Array): ForeignNetwork {
  const graph = readGraph(bytes);
  const { inputs, outputs, nodes } = graph;
  requireOne('inputs', inputs.length);
  requireOne('outputs', outputs.length);
  const ends = endsOf(outputs[0].name, nodes);
  const constants = new Map(graph.constants);
  const given = inputOf(graph);
  const network = new NetworkBuilder(given.shape);
  const values = new Map<string, Value>([[inputs[0].name, { place: networkInput, axes: given.axes }]]);
  for (const node of nodes) {
    const [output] = node.outputs;
    const constant = node.operator === 'Constant' ? node.settings.get('value')?.tensor : constants.get(node.inputs[0] ?? '');
    if (constant && (node.operator === 'Constant' || node.operator === 'Identity')) constants.set(output, constant);
    else values.set(output, computed(new At(node, network, values, constants, ends.has(output))));
  }
  const end = values.get(outputs[0].name);
  if (!end) throw notConvertible(outputs[0].name, 'output', 'it is not computed');
  if (end.flattened || end.padding) throw notConvertible(outputs[0].name, 'output', 'it is flat in another order than ours');
  return network.finish(end.place, end.isSoftmax ? 'softmaxCrossEntropy' : 'meanSquaredError');
}

/** The output, and what is handed on to it as it is. */
function endsOf(output: string, nodes: readonly OnnxNode[]): Set<string> {
  const ends = new Set([output]);
  for (const { operator, inputs, outputs } of [...nodes].reverse()) {
    if (operator === 'Identity' && ends.has(outputs[0])) ends.add(inputs[0]);
  }
  return ends;
}

function computed(at: At): Value {
  const known = operatorOf(at.kind, at.node.domain);
  if (!known) throw at.refused('no layer of ours computes this operator');
  return at.named(() => known(at));
}

/** Our shape of an example, and the order of its axes in the file. */
function inputOf({ inputs: [input], nodes }: ReadGraph): { shape: number[]; axes: number[] } {
  const extents = (input.shape ?? []).slice(1);
  const areNumbers = extents.every((extent): extent is number => typeof extent === 'number' && extent >= 1 && extent <= 2 ** 20);
  if (input.type !== 'float32' || !areNumbers || extents.length < 1 || extents.length > 3) throw notAnExample(input);
  const rank = extents.length + 1;
  const order =
    nodes.some((node) => readsChannelsLast(node, input, rank)) || rank === 2
      ? extents.map((_, axis) => axis + 1)
      : channelsFirst(rank).slice(1);
  const shape = extents.slice();
  for (const [axis, own] of order.entries()) shape[own - 1] = extents[axis];
  return { shape, axes: [0, ...order] };
}

/** What is turned before it is convolved, or multiplied by a matrix as it is, has its channels last; all else of ONNX has them second. */
function readsChannelsLast({ operator, inputs, settings }: OnnxNode, { name }: TensorSpec, rank: number): boolean {
  if (inputs[0] !== name) return false;
  if (operator === 'Transpose') return settings.get('perm')?.numbers?.[1] === rank - 1;
  return operator === 'MatMul' || operator === 'LayerNormalization' || (operator === 'Reshape' && rank > 2);
}

const notAnExample = ({ name, type, shape = [] }: TensorSpec): InputError =>
  notConvertible(
    name,
    'input',
    `it is ${type} of the shape [${shape.map(String).join(', ')}]; numbers of single precision are needed, and every extent but the rows as a number`,
  );
