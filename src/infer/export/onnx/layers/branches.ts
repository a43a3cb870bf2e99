/** Where branches meet and part: add, concatenate and slice. */
import type { OnnxLayer } from '../layer.js';
import { integers } from '../tensor.js';

export const add: OnnxLayer<'add'> = { nodes: (_, { graph, inputs }) => graph.node('Sum', inputs) };

export const concatenate: OnnxLayer<'concatenate'> = {
  nodes: (_, { graph, inputs }) => graph.node('Concat', inputs, [['axis', { int: -1 }]]),
};

export const slice: OnnxLayer<'slice'> = {
  nodes: ({ first, count }, { graph, input }) => {
    const number = (hint: string, value: number) => graph.constant(hint, integers([value]));
    return graph.node('Slice', [input, number('first', first), number('end', first + count), number('axis', -1)]);
  },
};
