/** What happens to each number by itself. */
import { dropoutKey, dropoutThreshold } from '../../plan/dropout.js';
import type { OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';
import { activationCode } from '../kernels.js';

export function activation(operation: OperationOf<'activation'>, { kernels, at, width }: Surroundings): Instruction {
  const { input, output } = operation;
  const [from, to, length, code] = [at(input), at(output), width(input), activationCode(operation.activation)];
  return ({ rows }) => kernels.activate(code, from, to, rows * length);
}

export function activationGradient(operation: OperationOf<'activationGradient'>, { kernels, at, width }: Surroundings): Instruction {
  const { value, gradient } = operation;
  const [from, to, length, code] = [at(value), at(gradient), width(value), activationCode(operation.activation)];
  return ({ rows }) => kernels.activateGradient(code, from, to, rows * length);
}

export function dropout(operation: OperationOf<'dropout' | 'dropoutGradient'>, { kernels, seed, at, width }: Surroundings): Instruction {
  const { rate, layer } = operation;
  const [input, output] = operation.kind === 'dropout' ? [operation.input, operation.output] : [operation.gradient, operation.gradient];
  const [from, to, length, threshold, scale] = [at(input), at(output), width(input), dropoutThreshold(rate), 1 / (1 - rate)];
  return ({ rows, first, step }) =>
    kernels.dropout(from, to, rows * length, first * length, dropoutKey(seed, step, layer), threshold, scale);
}
