/** Layers of weights, bias and an activation: dense and the convolutions. */
import type { Activation, LayerOf } from '../../../spec/model.js';
import type { LayerContext, Lowered } from '../builder.js';
import { type BufferNumber, type FusedActivation, isFused, type WeightsAndBias } from '../operation.js';
import { windowOf } from '../shapes.js';

export function lowerDense(layer: LayerOf<'dense'>, context: LayerContext): Lowered {
  const { builder, input } = context;
  const parameters = parametersIn(context);
  return withActivation(
    layer.activation,
    context,
    (output, activation) => builder.push({ kind: 'dense', input, output, parameters, activation }),
    (gradient, inputGradient) => builder.push({ kind: 'denseGradient', input, gradient, parameters, inputGradient }),
  );
}

export function lowerConvolution(layer: LayerOf<'conv2d' | 'depthwiseConv2d'>, context: LayerContext): Lowered {
  const { builder, input, inputShape } = context;
  const parameters = parametersIn(context);
  const window = windowOf(layer, inputShape);
  return withActivation(
    layer.activation,
    context,
    (output, activation) => builder.push({ kind: layer.kind, input, output, parameters, window, activation }),
    (gradient, inputGradient) => builder.push({ kind: `${layer.kind}Gradient`, input, gradient, parameters, window, inputGradient }),
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
