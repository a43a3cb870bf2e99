/** Layers over the places of a sequence: what counts, where a place stands, gated recurrent units and attention. */
import type { LayerOf } from '../../../spec/layer.js';
import type { LayerContext, Lowered } from '../builder.js';
import type { BufferNumber } from '../operation.js';

export function lowerMask({ padding = 0 }: LayerOf<'mask'>, { builder, input, inputShape, outputShape }: LayerContext): Lowered {
  const [places, channels = 1] = inputShape;
  const output = builder.buffer(outputShape);
  builder.push({ kind: 'mask', input, output, places, channels, padding });
  return { output, backward: () => undefined };
}

export function lowerPosition({ builder, index, input, outputShape }: LayerContext): Lowered {
  const weights = builder.parameter(index, 'weights');
  const output = builder.buffer(outputShape);
  builder.push({ kind: 'position', input, output, weights });
  return {
    output,
    backward: (gradient) => {
      builder.push({ kind: 'positionGradient', gradient, weights });
      return gradient;
    },
  };
}

export function lowerGru({ units, sequences = false }: LayerOf<'gru'>, context: LayerContext): Lowered {
  const { builder, index, input, inputShape, outputShape, mask } = context;
  const [places, channels] = inputShape;
  const parameters = {
    weights: builder.parameter(index, 'weights'),
    bias: builder.parameter(index, 'bias'),
    recurrentWeights: builder.parameter(index, 'recurrentWeights'),
    recurrentBias: builder.parameter(index, 'recurrentBias'),
  };
  const kept = {
    projected: builder.buffer([places, 3 * units]),
    previous: builder.buffer([places, units]),
    candidate: builder.buffer([places, units]),
  };
  const shared = { input, parameters, places, channels, units, sequences, mask, ...kept };
  const output = builder.buffer(outputShape);
  builder.push({ kind: 'gru', output, product: builder.buffer([3 * units]), ...shared });
  return {
    output,
    backward: (gradient, inputLearns) => {
      const inputGradient = builder.like(input, inputLearns);
      builder.push({
        kind: 'gruGradient',
        gradient,
        inputGradient,
        carry: builder.buffer([units]),
        back: builder.buffer([units]),
        ...shared,
      });
      return inputGradient;
    },
  };
}

/** Two products of each place by itself, with the heads between them. */
export function lowerAttention({ heads, causal = false }: LayerOf<'multiHeadAttention'>, context: LayerContext): Lowered {
  const { builder, index, input, inputShape, outputShape, mask } = context;
  const [places, channels] = inputShape;
  const into = { places, parameters: { weights: builder.parameter(index, 'weights'), bias: builder.parameter(index, 'bias') } };
  const outOf = {
    places,
    parameters: { weights: builder.parameter(index, 'outputWeights'), bias: builder.parameter(index, 'outputBias') },
  };
  const split = { places, heads, size: channels / heads };
  const joined = builder.buffer([places, 3 * channels]);
  const mixed = builder.buffer(outputShape);
  const shares = builder.buffer([heads, places, places]);
  const output = builder.buffer(outputShape);
  builder.push({ kind: 'dense', input, output: joined, activation: 'linear', ...into });
  builder.push({ kind: 'attention', input: joined, output: mixed, shares, isCausal: causal, mask, ...split });
  builder.push({ kind: 'dense', input: mixed, output, activation: 'linear', ...outOf });
  return {
    output,
    backward: (gradient, inputLearns) => {
      const byMixed = builder.like(mixed) as BufferNumber;
      const byJoined = builder.like(joined) as BufferNumber;
      const inputGradient = builder.like(input, inputLearns);
      builder.push({ kind: 'denseGradient', input: mixed, gradient, inputGradient: byMixed, ...outOf });
      builder.push({ kind: 'attentionGradient', input: joined, shares, gradient: byMixed, inputGradient: byJoined, ...split });
      builder.push({ kind: 'denseGradient', input, gradient: byJoined, inputGradient, ...into });
      return inputGradient;
    },
  };
}
