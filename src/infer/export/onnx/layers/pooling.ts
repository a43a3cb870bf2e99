/** maxPool2d, averagePool2d and globalAveragePool. */
import { windowOf } from '../../../../compute/plan/shapes.js';
import type { LayerOf } from '../../../../spec/model.js';
import type { Attribute, Value } from '../graph.js';
import { type LayerNodes, type OnnxLayer, toChannelsFirst, toChannelsLast } from '../layer.js';

export const maxPool2d: OnnxLayer<'maxPool2d'> = { nodes: (layer, context) => pooled('MaxPool', layer, context, []) };

/** Cells of padding are not counted. */
export const averagePool2d: OnnxLayer<'averagePool2d'> = {
  nodes: (layer, context) => pooled('AveragePool', layer, context, [['count_include_pad', { int: 0 }]]),
};

/** Over all axes between the rows and the channels. */
export const globalAveragePool: OnnxLayer<'globalAveragePool'> = {
  nodes: (_, { graph, input, inputShape }) =>
    graph.node(
      'ReduceMean',
      [input],
      [
        ['axes', { ints: inputShape.slice(1).map((_extent, axis) => axis + 1) }],
        ['keepdims', { int: 0 }],
      ],
    ),
};

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
