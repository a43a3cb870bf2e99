/** Where branches of a network meet and part. */
import type { OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';

export function add({ inputs, output }: OperationOf<'add'>, { kernels, at, width }: Surroundings): Instruction {
  const [first, ...others] = inputs.map(at);
  const [to, length] = [at(output), width(output)];
  const [second, ...rest] = others;
  if (second === undefined) return ({ rows }) => kernels.copyColumns(first, 0, to, 0, 1, rows * length);
  return ({ rows }) => {
    kernels.add(first, second, to, rows * length);
    for (const other of rest) kernels.add(to, other, to, rows * length);
  };
}

export function concatenate({ inputs, output, places, channels }: OperationOf<'concatenate'>, { kernels, at }: Surroundings): Instruction {
  const to = at(output);
  const all = channels.reduce((sum, count) => sum + count, 0);
  let first = 0;
  const parts = inputs.map((input, index) => {
    const part = { from: at(input), to: to + 4 * first, count: channels[index] };
    first += channels[index];
    return part;
  });
  return ({ rows }) => {
    for (const part of parts) kernels.copyColumns(part.from, part.count, part.to, all, rows * places, part.count);
  };
}

export function slice({ input, output, places, channels, first, count }: OperationOf<'slice'>, { kernels, at }: Surroundings): Instruction {
  const [from, to] = [at(input) + 4 * first, at(output)];
  return ({ rows }) => kernels.copyColumns(from, channels, to, count, rows * places, count);
}

export function sliceGradient(operation: OperationOf<'sliceGradient'>, { kernels, at }: Surroundings): Instruction {
  const { gradient, inputGradient, places, channels, first, count } = operation;
  const [slope, below] = [at(gradient), at(inputGradient as number)];
  return ({ rows }) => {
    kernels.fillZero(below, rows * places * channels);
    kernels.copyColumns(slope, count, below + 4 * first, channels, rows * places, count);
  };
}
