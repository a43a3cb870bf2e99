/** Inputs to begin with: zeros in the shape that a model takes, one row of them. */
import { nested } from '../../../infer/tensors/json.js';
import type { TensorSpec } from '../../../spec/tensor-model.js';

/** Values of one tensor: more nobody changes by hand. */
const mostValues = 1_000;

export function exampleText(inputs: readonly TensorSpec[]): string {
  const lines = inputs.map((input) => `  ${JSON.stringify(input.name)}: ${JSON.stringify(example(input))}`);
  return `{\n${lines.join(',\n')}\n}`;
}

/** What each call chooses is 1. */
export const exampleExtents = ({ shape = [] }: TensorSpec): number[] => shape.map((extent) => (typeof extent === 'number' ? extent : 1));

/** As nested lists; empty where there would be too many values. */
export function example(spec: TensorSpec): unknown {
  const { type } = spec;
  const extents = exampleExtents(spec);
  const values = extents.reduce((product, extent) => product * extent, 1);
  if (values > mostValues) return [];
  const zero = type === 'string' ? '' : type === 'bool' ? false : 0;
  return nested(new Array(values).fill(zero), extents);
}
