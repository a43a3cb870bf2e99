/** Layers where branches meet and part. */
import type { LayerOf } from '../../../spec/layer.js';
import type { LayerContext, Lowered } from '../builder.js';
import type { BufferNumber } from '../operation.js';
import { channelsOf, sizeOf } from '../shapes.js';

/** Every branch has the gradient of the sum: a copy each, since what is below changes its own in place. */
export function lowerAdd({ builder, inputs, outputShape }: LayerContext): Lowered {
  const output = builder.buffer(outputShape);
  builder.push({ kind: 'add', inputs, output });
  return {
    output,
    branch: (gradient, inputsLearn) => {
      const first = inputsLearn.indexOf(true);
      return inputsLearn.map((learns, index) => {
        if (!learns) return undefined;
        if (index === first) return gradient;
        const copy = builder.like(gradient) as BufferNumber;
        builder.push({ kind: 'add', inputs: [gradient], output: copy });
        return copy;
      });
    },
  };
}

export function lowerConcatenate({ builder, inputs, inputShapes, outputShape }: LayerContext): Lowered {
  const channels = inputShapes.map(channelsOf);
  const all = channelsOf(outputShape);
  const places = sizeOf(outputShape) / all;
  const output = builder.buffer(outputShape);
  builder.push({ kind: 'concatenate', inputs, output, places, channels });
  return {
    output,
    branch: (gradient, inputsLearn) => {
      let first = 0;
      return inputsLearn.map((learns, index) => {
        const part = { places, channels: all, first, count: channels[index] };
        first += channels[index];
        if (!learns) return undefined;
        const own = builder.buffer(inputShapes[index]);
        builder.push({ kind: 'slice', input: gradient, output: own, ...part });
        return own;
      });
    },
  };
}

export function lowerSlice({ first, count }: LayerOf<'slice'>, { builder, input, inputShape, outputShape }: LayerContext): Lowered {
  const channels = channelsOf(inputShape);
  const part = { places: sizeOf(inputShape) / channels, channels, first, count };
  const output = builder.buffer(outputShape);
  builder.push({ kind: 'slice', input, output, ...part });
  return {
    output,
    backward: (gradient, inputLearns) => {
      if (!inputLearns) return undefined;
      const inputGradient = builder.like(input) as BufferNumber;
      builder.push({ kind: 'sliceGradient', gradient, inputGradient, ...part });
      return inputGradient;
    },
  };
}
