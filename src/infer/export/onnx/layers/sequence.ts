/** Along a sequence: conv1d and pooling, over channels first; places that count, and where they stand. */
import { windowOf } from '../../../../compute/plan/shapes.js';
import type { LayerOf } from '../../../../spec/layer.js';
import { activated } from '../activation.js';
import type { Attribute, Value } from '../graph.js';
import type { LayerNodes, OnnxLayer } from '../layer.js';
import { floats, integers } from '../tensor.js';

/** Between [N, length, channels] and [N, channels, length]. */
const turned = [0, 2, 1] as const;

type Window = readonly (readonly [string, Attribute])[];

function windowAttributes(layer: LayerOf<'conv1d' | 'maxPool1d' | 'averagePool1d'>, { inputShape }: LayerNodes): Window {
  const { kernel, strides, padding } = windowOf(layer, inputShape);
  return [
    ['kernel_shape', { ints: [kernel[1]] }],
    ['strides', { ints: [strides[1]] }],
    ['pads', { ints: [padding.left, padding.right] }],
  ];
}

/** [kernel, channels, filters] → [filters, channels, kernel] */
export const conv1d: OnnxLayer<'conv1d'> = {
  orders: { weights: { order: [2, 1, 0] } },
  nodes(layer, context) {
    const { graph, input, parameter } = context;
    const given = [graph.transpose(input, turned), parameter('weights'), parameter('bias')];
    const dilations = ['dilations', { ints: [layer.dilation ?? 1] }] as const;
    const output = graph.node('Conv', given, [...windowAttributes(layer, context), dilations]);
    return graph.transpose(activated(graph, layer.activation, output), turned);
  },
};

const pooled = (operator: string, layer: LayerOf<'maxPool1d' | 'averagePool1d'>, context: LayerNodes, more: Window): Value => {
  const { graph, input } = context;
  const output = graph.node(operator, [graph.transpose(input, turned)], [...windowAttributes(layer, context), ...more]);
  return graph.transpose(output, turned);
};

export const maxPool1d: OnnxLayer<'maxPool1d'> = { nodes: (layer, context) => pooled('MaxPool', layer, context, []) };

/** Cells of padding are not counted. */
export const averagePool1d: OnnxLayer<'averagePool1d'> = {
  nodes: (layer, context) => pooled('AveragePool', layer, context, [['count_include_pad', { int: 0 }]]),
};

/** A place is padding where every number of it is. */
export const mask: OnnxLayer<'mask'> = {
  nodes({ padding = 0 }, { graph, input, inputShape }) {
    const equal = graph.cast(graph.node('Equal', [input, graph.constant('padding', floats([padding], []))]), 'float');
    const least = [['axes', { ints: [2] }] as const, ['keepdims', { int: 0 }] as const];
    const isPadding = inputShape.length === 1 ? equal : graph.node('ReduceMin', [equal], least);
    return graph.node('Sub', [graph.constant('one', floats([1], [])), isPadding]);
  },
};

export const positionalEmbedding: OnnxLayer<'positionalEmbedding'> = {
  nodes: (_, { graph, input, parameter }) => graph.node('Add', [input, parameter('weights')]),
};

/** A large number in the update gate: it is 1 then, and the state stays as it was. */
const holding = 1000;

/** Gates in the order z, r, n, as in ONNX, with the reset gate after the product. */
export const gru: OnnxLayer<'gru'> = {
  orders: {
    weights: { order: [1, 0], dims: ([channels, gates]) => [1, gates, channels] },
    recurrentWeights: { order: [1, 0], dims: ([units, gates]) => [1, gates, units] },
  },
  nodes({ units, sequences }, { graph, input, inputShape: [length], mask: counts, parameter }) {
    const biases = graph.node('Concat', [parameter('bias'), parameter('recurrentBias')], [['axis', { int: 0 }]]);
    const bias = graph.node('Reshape', [biases, graph.constant('shape', integers([1, 6 * units]))]);
    let [given, weights] = [input, parameter('weights')];
    if (counts) {
      // One more channel says that a place does not count.
      const away = graph.node('Sub', [graph.constant('one', floats([1], [])), counts]);
      const column = graph.node('Reshape', [away, graph.constant('shape', integers([-1, length, 1]))]);
      const hold = floats(
        Array.from({ length: 3 * units }, (_, gate) => (gate < units ? holding : 0)),
        [1, 3 * units, 1],
      );
      given = graph.node('Concat', [input, column], [['axis', { int: 2 }]]);
      weights = graph.node('Concat', [weights, graph.constant('hold', hold)], [['axis', { int: 2 }]]);
    }
    const inputs = [graph.transpose(given, [1, 0, 2]), weights, parameter('recurrentWeights'), bias];
    const attributes = [['hidden_size', { int: units }] as const, ['linear_before_reset', { int: 1 }] as const];
    if (!sequences) {
      const last = graph.nodeOutput(1, 'GRU', inputs, attributes);
      return graph.node('Reshape', [last, graph.constant('shape', integers([-1, units]))]);
    }
    // [length, 1, N, units]
    const states = graph.transpose(graph.nodeOutput(0, 'GRU', inputs, attributes), [2, 0, 1, 3]);
    return graph.node('Reshape', [states, graph.constant('shape', integers([-1, length, units]))]);
  },
};
