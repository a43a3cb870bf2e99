/** Layers of weights, bias and an activation: dense and the convolutions. */
import type { Activation, LayerOf } from '../../../spec/layer.js';
import type { LayerContext, Lowered } from '../builder.js';
import { type BufferNumber, type FusedActivation, isFused, type WeightsAndBias } from '../operation.js';
import { channelsOf, sizeOf, windowOf } from '../shapes.js';

export function lowerDense(layer: LayerOf<'dense'>, context: LayerContext): Lowered {
  const { builder, input, inputShape } = context;
  const parameters = parametersIn(context);
  const places = sizeOf(inputShape) / channelsOf(inputShape);
  return withActivation(
    layer.activation,
    context,
    (output, activation) => builder.push({ kind: 'dense', input, output, parameters, places, activation }),
    (gradient, inputGradient) => builder.push({ kind: 'denseGradient', input, gradient, parameters, places, inputGradient }),
  );
}

/** Of a sequence: over a picture of one row. */
export function lowerConvolution(layer: LayerOf<'conv1d' | 'conv2d' | 'depthwiseConv2d'>, context: LayerContext): Lowered {
  const { builder, input, inputShape } = context;
  const kind = layer.kind === 'depthwiseConv2d' ? layer.kind : 'conv2d';
  const parameters = parametersIn(context);
  const window = windowOf(layer, inputShape);
  return withActivation(
    layer.activation,
    context,
    (output, activation) => builder.push({ kind, input, output, parameters, window, activation }),
    (gradient, inputGradient) => builder.push({ kind: `${kind}Gradient`, input, gradient, parameters, window, inputGradient }),
  );
}

const parametersIn = ({ builder, index }: LayerContext): WeightsAndBias => ({
  weights: builder.parameter(index, 'weights'),
  bias: builder.parameter(index, 'bias'),
});

/** The activation goes into the layer's own operation where its derivative follows from its output, else after it. */
function withActivation(
  activation: Activation,
  { builder, input, outputShape }: LayerContext,
  forward: (output: BufferNumber, activation: FusedActivation) => void,
  backward: (gradient: BufferNumber, inputGradient: BufferNumber | undefined) => void,
): Lowered {
  const sums = builder.buffer(outputShape);
  let output = sums;
  if (isFused(activation)) {
    forward(sums, activation);
  } else {
    forward(sums, 'linear');
    output = builder.buffer(outputShape);
    builder.push({ kind: 'activation', activation, input: sums, output });
  }
  return {
    output,
    backward: (gradient, inputLearns) => {
      if (activation !== 'linear') builder.push({ kind: 'activationGradient', activation, value: sums, gradient });
      const inputGradient = builder.like(input, inputLearns);
      backward(gradient, inputGradient);
      return inputGradient;
    },
  };
}
