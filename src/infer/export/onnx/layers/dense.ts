/** dense: one Gemm with its bias. */
import { activated } from '../activation.js';
import type { OnnxLayer } from '../layer.js';

export const dense: OnnxLayer<'dense'> = {
  nodes: ({ activation }, { graph, input, parameter }) =>
    activated(graph, activation, graph.node('Gemm', [input, parameter('weights'), parameter('bias')])),
};
