/** Pooling over windows. */
import type { OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';
import { windowArguments } from '../kernels.js';

export function pooling(operation: OperationOf<'maxPool2d' | 'averagePool2d'>, { kernels, at }: Surroundings): Instruction {
  const [from, to] = [at(operation.input), at(operation.output)];
  const shape = windowArguments(operation.window);
  if (operation.kind === 'maxPool2d') return ({ rows }) => kernels.maximumPool(from, to, rows, ...shape);
  return ({ rows }) => kernels.averagePool(from, to, rows, false, ...shape);
}

export function poolingGradient(
  operation: OperationOf<'maxPool2dGradient' | 'averagePool2dGradient'>,
  { kernels, at }: Surroundings,
): Instruction {
  const [slope, below] = [at(operation.gradient), at(operation.inputGradient as number)];
  const shape = windowArguments(operation.window);
  if (operation.kind === 'averagePool2dGradient') return ({ rows }) => kernels.averagePool(below, slope, rows, true, ...shape);
  const [from, to, isRelu] = [at(operation.input), at(operation.output), operation.relu];
  return ({ rows }) => kernels.maximumPoolGradient(from, to, slope, below, rows, isRelu, ...shape);
}
