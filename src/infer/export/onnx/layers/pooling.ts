/** maxPool2d and averagePool2d, and pooling over all places. */
import { channelsOf, sizeOf, windowOf } from '../../../../compute/plan/shapes.js';
import type { LayerOf } from '../../../../spec/layer.js';
import type { Attribute, Value } from '../graph.js';
import { type LayerNodes, type OnnxLayer, toChannelsFirst, toChannelsLast } from '../layer.js';
import { floats, integers } from '../tensor.js';

export const maxPool2d: OnnxLayer<'maxPool2d'> = { nodes: (layer, context) => pooled('MaxPool', layer, context, []) };

/** Cells of padding are not counted. */
export const averagePool2d: OnnxLayer<'averagePool2d'> = {
  nodes: (layer, context) => pooled('AveragePool', layer, context, [['count_include_pad', { int: 0 }]]),
};

/** The mean over all places that count; zero where none does. */
export const globalAveragePool: OnnxLayer<'globalAveragePool'> = {
  nodes(_, context) {
    const { graph } = context;
    const { values, counts } = placesOf(context);
    if (!counts) return graph.node('ReduceMean', [values], overPlaces);
    const axis = graph.constant('axis', integers([1]));
    const sum = (value: Value): Value => graph.node('ReduceSum', [value, axis], [['keepdims', { int: 0 }]]);
    const count = graph.node('Max', [sum(counts), graph.constant('one', floats([1], []))]);
    return graph.node('Div', [sum(graph.node('Mul', [values, counts])), count]);
  },
};

/** The largest over all places that count; zero where none does. */
export const globalMaxPool: OnnxLayer<'globalMaxPool'> = {
  nodes(_, context) {
    const { graph } = context;
    const { values, counts } = placesOf(context);
    if (!counts) return graph.node('ReduceMax', [values], overPlaces);
    const masked = graph.node('Where', [graph.cast(counts, 'bool'), values, graph.constant('lowest', floats([lowest], []))]);
    const anyCounts = graph.cast(graph.node('ReduceMax', [counts], overPlaces), 'bool');
    return graph.node('Where', [anyCounts, graph.node('ReduceMax', [masked], overPlaces), graph.constant('zero', floats([0], []))]);
  },
};

/** Less than what any place has. */
const lowest = -3e38;
const overPlaces = [['axes', { ints: [1] }] as const, ['keepdims', { int: 0 }] as const];

/** All places in one axis: values [N, places, channels], and what counts [N, places, 1]. */
function placesOf({ graph, input, inputShape, mask }: LayerNodes): { values: Value; counts: Value | undefined } {
  const channels = channelsOf(inputShape);
  const places = sizeOf(inputShape) / channels;
  const shaped = (value: Value, shape: number[]): Value => graph.node('Reshape', [value, graph.constant('shape', integers(shape))]);
  return {
    values: inputShape.length === 2 ? input : shaped(input, [-1, places, channels]),
    counts: mask && shaped(mask, [-1, places, 1]),
  };
}

function pooled(
  operator: string,
  layer: LayerOf<'maxPool2d' | 'averagePool2d'>,
  { graph, input, inputShape }: LayerNodes,
  more: readonly (readonly [string, Attribute])[],
): Value {
  const { kernel, strides, padding } = windowOf(layer, inputShape);
  const { top, left, bottom, right } = padding;
  const output = graph.node(
    operator,
    [graph.transpose(input, toChannelsFirst)],
    [['kernel_shape', { ints: kernel }], ['strides', { ints: strides }], ['pads', { ints: [top, left, bottom, right] }], ...more],
  );
  return graph.transpose(output, toChannelsLast);
}
