/** Losses with their gradients, and the probabilities of the same logits. */
import type { OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';
import { activationCode } from '../kernels.js';

export function probabilities(
  { kind, input, output }: OperationOf<'softmax' | 'sigmoid'>,
  { kernels, at, width }: Surroundings,
): Instruction {
  const [from, to, length] = [at(input), at(output), width(input)];
  if (kind === 'softmax') return ({ rows }) => kernels.softmax(from, to, rows, length);
  const code = activationCode('sigmoid');
  return ({ rows }) => kernels.activate(code, from, to, rows * length);
}

export function loss(
  operation: OperationOf<'softmaxCrossEntropy' | 'sigmoidCrossEntropy' | 'meanSquaredError'>,
  { kernels, at, width }: Surroundings,
): Instruction {
  const [outputs, targets, gradient] = [at(operation.outputs), at(operation.targets), at(operation.gradient)];
  const length = width(operation.outputs);
  if (operation.kind === 'softmaxCrossEntropy') {
    return (state) => {
      state.loss = kernels.softmaxCrossEntropy(outputs, targets, gradient, state.rows, length);
    };
  }
  const kernel = operation.kind === 'sigmoidCrossEntropy' ? kernels.sigmoidCrossEntropy : kernels.meanSquaredError;
  return (state) => {
    state.loss = kernel(outputs, targets, gradient, state.rows * length);
  };
}
