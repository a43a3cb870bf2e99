/** conv2d and depthwiseConv2d: Conv over channels first, with padding as numbers of cells. */
import { windowOf } from '../../../../compute/plan/shapes.js';
import type { LayerOf } from '../../../../spec/layer.js';
import { activated } from '../activation.js';
import type { Value } from '../graph.js';
import { type LayerNodes, type OnnxLayer, toChannelsFirst, toChannelsLast } from '../layer.js';

/** [height, width, channels, filters] → [filters, channels, height, width] */
export const conv2d: OnnxLayer<'conv2d'> = {
  orders: { weights: { order: [3, 2, 0, 1] } },
  nodes: (layer, context) => convolved(layer, context, 1),
};

/** [height, width, channels, multiplier] → [channels · multiplier, 1, height, width]: a group for each channel. */
export const depthwiseConv2d: OnnxLayer<'depthwiseConv2d'> = {
  orders: {
    weights: { order: [2, 3, 0, 1], dims: ([height, width, channels, multiplier]) => [channels * multiplier, 1, height, width] },
  },
  nodes: (layer, context) => convolved(layer, context, context.inputShape[2]),
};

function convolved(
  layer: LayerOf<'conv2d' | 'depthwiseConv2d'>,
  { graph, input, inputShape, parameter }: LayerNodes,
  group: number,
): Value {
  const { kernel, strides, dilation, padding } = windowOf(layer, inputShape);
  const { top, left, bottom, right } = padding;
  const output = graph.node(
    'Conv',
    [graph.transpose(input, toChannelsFirst), parameter('weights'), parameter('bias')],
    [
      ['kernel_shape', { ints: kernel }],
      ['strides', { ints: strides }],
      ['dilations', { ints: dilation }],
      ['pads', { ints: [top, left, bottom, right] }],
      ['group', { int: group }],
    ],
  );
  return graph.transpose(activated(graph, layer.activation, output), toChannelsLast);
}
