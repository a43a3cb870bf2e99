/** Batch and layer normalisation. */
import type { LayerOf } from '../../../spec/layer.js';
import type { LayerContext, Lowered } from '../builder.js';
import { channelsOf, sizeOf } from '../shapes.js';

const defaultEpsilon = 1e-3;
const defaultMomentum = 0.9;

export function lowerBatchNormalization(layer: LayerOf<'batchNormalization'>, context: LayerContext): Lowered {
  const { builder, index, input, inputShape, outputShape } = context;
  const { epsilon = defaultEpsilon, momentum = defaultMomentum } = layer;
  const places = { places: sizeOf(inputShape) / channelsOf(inputShape), channels: channelsOf(inputShape) };
  const affine = { scale: builder.parameter(index, 'scale'), shift: builder.parameter(index, 'shift') };
  const parameters = { ...affine, mean: builder.parameter(index, 'mean'), variance: builder.parameter(index, 'variance') };
  const output = builder.buffer(outputShape);
  if (!builder.training) {
    builder.push({ kind: 'runningNormalization', input, output, parameters, ...places, epsilon });
    return { output, backward: () => undefined };
  }
  const moments = builder.shared(2 * places.channels);
  builder.push({ kind: 'batchNormalization', input, output, parameters, moments, ...places, momentum, epsilon });
  return {
    output,
    backward: (gradient, inputLearns) => {
      const inputGradient = builder.like(input, inputLearns);
      builder.push({ kind: 'batchNormalizationGradient', input, gradient, inputGradient, parameters: affine, moments, ...places });
      return inputGradient;
    },
  };
}

export function lowerLayerNormalization(layer: LayerOf<'layerNormalization'>, context: LayerContext): Lowered {
  const { builder, index, input, inputShape, outputShape } = context;
  const { epsilon = defaultEpsilon } = layer;
  const channels = channelsOf(inputShape);
  const places = sizeOf(inputShape) / channels;
  const parameters = { scale: builder.parameter(index, 'scale'), shift: builder.parameter(index, 'shift') };
  const output = builder.buffer(outputShape);
  builder.push({ kind: 'layerNormalization', input, output, parameters, places, channels, epsilon });
  return {
    output,
    backward: (gradient, inputLearns) => {
      const inputGradient = builder.like(input, inputLearns);
      builder.push({ kind: 'layerNormalizationGradient', input, gradient, inputGradient, parameters, places, channels, epsilon });
      return inputGradient;
    },
  };
}
