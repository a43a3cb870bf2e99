/** batchNormalization, by the running moments, and layerNormalization. */
import type { OnnxLayer } from '../layer.js';

/** As the plan's lowering has it, where a layer does not say. */
const defaultEpsilon = 1e-3;

/** ONNX has the channels behind the rows. */
export const batchNormalization: OnnxLayer<'batchNormalization'> = {
  nodes({ epsilon = defaultEpsilon }, { graph, input, inputShape, parameter }) {
    const rank = inputShape.length + 1;
    const between = Array.from({ length: rank - 2 }, (_, index) => index + 1);
    const isFlat = rank === 2;
    const first = isFlat ? input : graph.transpose(input, [0, rank - 1, ...between]);
    const moments = [parameter('scale'), parameter('shift'), parameter('mean'), parameter('variance')];
    const normal = graph.node('BatchNormalization', [first, ...moments], [['epsilon', { float: epsilon }]]);
    return isFlat ? normal : graph.transpose(normal, [0, ...between.map((axis) => axis + 1), 1]);
  },
};

export const layerNormalization: OnnxLayer<'layerNormalization'> = {
  nodes: ({ epsilon = defaultEpsilon }, { graph, input, parameter }) =>
    graph.node(
      'LayerNormalization',
      [input, parameter('scale'), parameter('shift')],
      [
        ['axis', { int: -1 }],
        ['epsilon', { float: epsilon }],
      ],
    ),
};
