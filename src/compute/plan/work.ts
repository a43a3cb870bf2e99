/** How much a network computes, counted from its shapes. */
import type { LayerSpec, ModelSpec } from '../../spec/model.js';
import { type Shape, shapesOf, sizeOf, windowOf } from './shapes.js';

/** Multiplications, each with its addition, of one example's way through the network; layers without products count one a number. */
export function multiplyAdds(model: ModelSpec): number {
  const shapes = shapesOf(model);
  return model.layers.reduce((sum, layer, index) => sum + workOf(layer, shapes[index], shapes[index + 1]), 0);
}

function workOf(layer: LayerSpec, input: Shape, output: Shape): number {
  switch (layer.kind) {
    case 'dense':
      return sizeOf(input) * sizeOf(output);
    case 'conv2d':
      return sizeOf(output) * cellsOf(layer, input) * input[input.length - 1];
    case 'depthwiseConv2d':
    case 'maxPool2d':
    case 'averagePool2d':
      return sizeOf(output) * cellsOf(layer, input);
    case 'flatten':
      return 0;
    default:
      return Math.max(sizeOf(input), sizeOf(output));
  }
}

function cellsOf(layer: LayerSpec, input: Shape): number {
  const { kernel } = windowOf(layer, input);
  return kernel[0] * kernel[1];
}
