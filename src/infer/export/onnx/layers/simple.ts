/** flatten, reshape, activation, dropout and embedding. */
import { activated } from '../activation.js';
import type { OnnxLayer } from '../layer.js';
import { integers } from '../tensor.js';

/** Values lie channels last, so that what is flat has our own order. */
export const flatten: OnnxLayer<'flatten'> = {
  nodes: (_, { graph, input, inputShape, outputShape }) =>
    inputShape.length === 1 ? input : graph.node('Reshape', [input, graph.constant('flat', integers([-1, outputShape[0]]))]),
};

export const reshape: OnnxLayer<'reshape'> = {
  nodes: ({ shape }, { graph, input }) => graph.node('Reshape', [input, graph.constant('shape', integers([-1, ...shape]))]),
};

export const activation: OnnxLayer<'activation'> = {
  nodes: (layer, { graph, input }) => activated(graph, layer.activation, input),
};

/** A model that answers leaves it out. */
export const dropout: OnnxLayer<'dropout'> = { nodes: (_, { input }) => input };

export const embedding: OnnxLayer<'embedding'> = {
  nodes(_, { graph, input, inputShape, outputShape, parameter }) {
    const found = graph.node('Gather', [parameter('weights'), graph.cast(input, 'int64')], [['axis', { int: 0 }]]);
    return inputShape.length === 1 ? found : graph.node('Reshape', [found, graph.constant('shape', integers([-1, ...outputShape]))]);
  },
};
