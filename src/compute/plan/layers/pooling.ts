/** Layers that sum up places and learn nothing. */
import type { LayerOf } from '../../../spec/layer.js';
import type { LayerContext, Lowered } from '../builder.js';
import type { BufferNumber } from '../operation.js';
import { channelsOf, sizeOf, windowOf } from '../shapes.js';

/** Of a sequence: over a picture of one row. */
export function lowerPooling(
  layer: LayerOf<'maxPool1d' | 'averagePool1d' | 'maxPool2d' | 'averagePool2d'>,
  context: LayerContext,
): Lowered {
  const { builder, input, inputShape, outputShape } = context;
  const window = windowOf(layer, inputShape);
  const isMaximum = layer.kind === 'maxPool1d' || layer.kind === 'maxPool2d';
  const output = builder.buffer(outputShape);
  builder.push({ kind: isMaximum ? 'maxPool2d' : 'averagePool2d', input, output, window });
  return {
    output,
    backward: (gradient, inputLearns) => {
      if (!inputLearns) return undefined;
      const inputGradient = builder.like(input) as BufferNumber;
      if (isMaximum) {
        builder.push({ kind: 'maxPool2dGradient', input, output, gradient, inputGradient, window, relu: false });
      } else {
        builder.push({ kind: 'averagePool2dGradient', gradient, inputGradient, window });
      }
      return inputGradient;
    },
  };
}

export function lowerGlobalPooling(layer: LayerOf<'globalAveragePool' | 'globalMaxPool'>, context: LayerContext): Lowered {
  const { builder, input, inputShape, outputShape, mask } = context;
  const { kind } = layer;
  const channels = channelsOf(inputShape);
  const places = sizeOf(inputShape) / channels;
  const output = builder.buffer(outputShape);
  builder.push({ kind, input, output, places, channels, mask });
  return {
    output,
    backward: (gradient, inputLearns) => {
      if (!inputLearns) return undefined;
      const inputGradient = builder.like(input) as BufferNumber;
      if (kind === 'globalAveragePool') {
        builder.push({ kind: 'globalAveragePoolGradient', gradient, inputGradient, places, channels, mask });
      } else {
        builder.push({ kind: 'globalMaxPoolGradient', input, output, gradient, inputGradient, places, channels, mask });
      }
      return inputGradient;
    },
  };
}
