/** dense: one Gemm with its bias, or of each place of a sequence or a picture a product with it. */
import { activated } from '../activation.js';
import type { OnnxLayer } from '../layer.js';

export const dense: OnnxLayer<'dense'> = {
  nodes({ activation }, { graph, input, inputShape, parameter }) {
    const [weights, bias] = [parameter('weights'), parameter('bias')];
    if (inputShape.length === 1) return activated(graph, activation, graph.node('Gemm', [input, weights, bias]));
    return activated(graph, activation, graph.node('Add', [graph.node('MatMul', [input, weights]), bias]));
  },
};
