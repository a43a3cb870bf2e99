/** Layers of one value to one value, and the embedding, which looks its values up. */
import type { Activation, LayerOf } from '../../../spec/layer.js';
import type { LayerContext, Lowered } from '../builder.js';
import { isFused } from '../operation.js';

export function lowerActivation(activation: Activation, { builder, input, outputShape }: LayerContext): Lowered {
  if (activation === 'linear') return unchanged(input);
  const output = builder.buffer(outputShape);
  builder.push({ kind: 'activation', activation, input, output });
  return {
    output,
    backward: (gradient) => {
      builder.push({ kind: 'activationGradient', activation, value: isFused(activation) ? output : input, gradient });
      return gradient;
    },
  };
}

export function lowerDropout(rate: number, { builder, index, input, outputShape }: LayerContext): Lowered {
  if (!builder.training || rate === 0) return unchanged(input);
  const output = builder.buffer(outputShape);
  builder.push({ kind: 'dropout', input, output, rate, layer: index });
  return {
    output,
    backward: (gradient) => {
      builder.push({ kind: 'dropoutGradient', gradient, rate, layer: index });
      return gradient;
    },
  };
}

export function lowerEmbedding(layer: LayerOf<'embedding'>, { builder, index, input, inputShape, outputShape }: LayerContext): Lowered {
  const { vocabulary, dimension } = layer;
  const weights = builder.parameter(index, 'weights');
  const [length] = inputShape;
  const output = builder.buffer(outputShape);
  builder.push({ kind: 'embedding', input, output, weights, length, vocabulary, dimension });
  return {
    output,
    backward: (gradient) => {
      builder.push({ kind: 'embeddingGradient', input, gradient, weights, length, vocabulary, dimension });
      return undefined;
    },
  };
}

/** For layers that change nothing, or only how an example's numbers are looked at. */
export const unchanged = (input: number): Lowered => ({ output: input, backward: (gradient) => gradient });
