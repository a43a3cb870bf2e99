/** Layers that sum up places and learn nothing. */
import type { LayerOf } from '../../../spec/model.js';
import type { LayerContext, Lowered } from '../builder.js';
import type { BufferNumber } from '../operation.js';
import { channelsOf, sizeOf, windowOf } from '../shapes.js';

export function lowerPooling(layer: LayerOf<'maxPool2d' | 'averagePool2d'>, context: LayerContext): Lowered {
  const { builder, input, inputShape, outputShape } = context;
  const window = windowOf(layer, inputShape);
  const output = builder.buffer(outputShape);
  builder.push({ kind: layer.kind, input, output, window });
  return {
    output,
    backward: (gradient, inputLearns) => {
      if (!inputLearns) return undefined;
      const inputGradient = builder.like(input) as BufferNumber;
      if (layer.kind === 'maxPool2d') {
        builder.push({ kind: 'maxPool2dGradient', input, output, gradient, inputGradient, window, relu: false });
      } else {
        builder.push({ kind: 'averagePool2dGradient', gradient, inputGradient, window });
      }
      return inputGradient;
    },
  };
}

export function lowerGlobalPooling({ builder, input, inputShape, outputShape }: LayerContext): Lowered {
  const channels = channelsOf(inputShape);
  const places = sizeOf(inputShape) / channels;
  const output = builder.buffer(outputShape);
  builder.push({ kind: 'globalAveragePool', input, output, places, channels });
  return {
    output,
    backward: (gradient, inputLearns) => {
      if (!inputLearns) return undefined;
      const inputGradient = builder.like(input) as BufferNumber;
      builder.push({ kind: 'globalAveragePoolGradient', gradient, inputGradient, places, channels });
      return inputGradient;
    },
  };
}
