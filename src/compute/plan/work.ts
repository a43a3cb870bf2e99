/** How much a network computes, counted from its shapes. */
import type { LayerSpec } from '../../spec/layer.js';
import type { ModelSpec } from '../../spec/model.js';
import { graphOf } from './graph.js';
import { channelsOf, type Shape, sizeOf, windowOf } from './shapes.js';

/** Multiplications, each with its addition, of one example's way through the network; layers without products count one a number. */
export function multiplyAdds(model: ModelSpec): number {
  return graphOf(model).reduce((sum, { layer, inputShapes, outputShape }) => sum + workOf(layer, inputShapes[0], outputShape), 0);
}

function workOf(layer: LayerSpec, input: Shape, output: Shape): number {
  switch (layer.kind) {
    case 'maxPool2d':
    case 'averagePool2d':
    case 'maxPool1d':
    case 'averagePool1d':
      return sizeOf(output) * cellsOf(layer, input);
    case 'flatten':
      return 0;
    default:
      return productsOf(layer, input, output) || Math.max(sizeOf(input), sizeOf(output));
  }
}

/** Those of the products of matrices and windows alone, as papers count them: biases, activations, pooling and sums are left out. */
export function productsOf(layer: LayerSpec, input: Shape, output: Shape): number {
  switch (layer.kind) {
    case 'dense':
      return sizeOf(input) * layer.units;
    case 'gru':
      return input[0] * 3 * layer.units * (channelsOf(input) + layer.units);
    case 'multiHeadAttention':
      return sizeOf(input) * (4 * channelsOf(input) + 2 * input[0]);
    case 'conv1d':
    case 'conv2d':
      return sizeOf(output) * cellsOf(layer, input) * input[input.length - 1];
    case 'depthwiseConv2d':
      return sizeOf(output) * cellsOf(layer, input);
    default:
      return 0;
  }
}

function cellsOf(layer: LayerSpec, input: Shape): number {
  const { kernel } = windowOf(layer, input);
  return kernel[0] * kernel[1];
}
