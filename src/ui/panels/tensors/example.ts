/** Inputs to begin with: zeros in the shape that a model takes, one row of them. */
import { nested } from '../../../infer/tensors/json.js';
import type { TensorSpec } from '../../../spec/tensor-model.js';
import { readable } from '../../serving/readable.js';

/** Values of one tensor: a picture of 224 × 224 has fewer, and a page that shows more is slow. */
const mostValues = 200_000;

export const exampleText = (inputs: readonly TensorSpec[]): string =>
  readable(Object.fromEntries(inputs.map((input) => [input.name, example(input)])));

/** What each call chooses is 1. */
export const exampleExtents = ({ shape = [] }: TensorSpec): number[] => shape.map((extent) => (typeof extent === 'number' ? extent : 1));

export const exampleSize = (spec: TensorSpec): number => exampleExtents(spec).reduce((product, extent) => product * extent, 1);

export const isTooLarge = (spec: TensorSpec): boolean => exampleSize(spec) > mostValues;

export const zeroOf = ({ type }: TensorSpec): string | boolean | number => (type === 'string' ? '' : type === 'bool' ? false : 0);

/** As nested lists; empty where there would be too many values. */
export const example = (spec: TensorSpec): unknown =>
  isTooLarge(spec) ? [] : nested(new Array(exampleSize(spec)).fill(zeroOf(spec)), exampleExtents(spec));
