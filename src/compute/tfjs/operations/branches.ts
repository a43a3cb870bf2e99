/** Where branches of a network meet and part. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { OperationOf } from '../../plan/operation.js';
import { keep, type Pass, placesIn, valueIn } from '../pass.js';

/** Tensors are never changed: a copy is the same one. */
export function add({ inputs, output }: OperationOf<'add'>, pass: Pass): void {
  const [first, ...others] = inputs.map((input) => valueIn(pass, input));
  pass.values.set(
    output,
    others.reduce((sum, other) => pass.library.add(sum, other), first),
  );
}

export function concatenate({ inputs, output, channels }: OperationOf<'concatenate'>, pass: Pass): void {
  const parts = inputs.map((input, index) => placesIn(pass, input, channels[index]));
  keep(pass, output, pass.library.concat(parts, 1));
}

export function slice({ input, output, channels, first, count }: OperationOf<'slice'>, pass: Pass): void {
  keep(pass, output, pass.library.slice(placesIn(pass, input, channels), [0, first], [-1, count]));
}

export function sliceGradient({ gradient, inputGradient, channels, first, count }: OperationOf<'sliceGradient'>, pass: Pass): void {
  const slopes = placesIn(pass, gradient, count);
  keep(
    pass,
    inputGradient,
    pass.library.pad(slopes as Tensor2D, [
      [0, 0],
      [first, channels - first - count],
    ]),
  );
}
