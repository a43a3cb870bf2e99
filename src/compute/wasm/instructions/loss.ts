/** Losses with their gradients, and the probabilities of the same logits. */
import type { LossOperation, OperationOf } from '../../plan/operation.js';
import type { Address } from '../address.js';
import type { Instruction, Surroundings } from '../instruction.js';
import { activationCode, type Kernels } from '../kernels.js';

export function probabilities(
  { kind, input, output }: OperationOf<'softmax' | 'sigmoid'>,
  { kernels, at, width }: Surroundings,
): Instruction {
  const [from, to, length] = [at(input), at(output), width(input)];
  if (kind === 'softmax') return ({ rows }) => kernels.softmax(from, to, rows, length);
  const code = activationCode('sigmoid');
  return ({ rows }) => kernels.activate(code, from, to, rows * length);
}

export function loss(operation: LossOperation, { kernels, at, width }: Surroundings): Instruction {
  const [outputs, targets, gradient] = [at(operation.outputs), at(operation.targets), at(operation.gradient)];
  const length = width(operation.outputs);
  const kernel = kernelOf(operation, kernels, length);
  return (state) => {
    state.loss = kernel(outputs, targets, gradient, state.rows);
  };
}

type LossKernel = (outputs: Address, targets: Address, gradient: Address, rows: number) => number;

function kernelOf(operation: LossOperation, kernels: Kernels, length: number): LossKernel {
  switch (operation.kind) {
    case 'softmaxCrossEntropy':
      return (outputs, targets, gradient, rows) =>
        kernels.softmaxCrossEntropy(outputs, targets, gradient, rows, length, operation.smoothing);
    case 'sigmoidCrossEntropy':
      return (outputs, targets, gradient, rows) =>
        kernels.sigmoidCrossEntropy(outputs, targets, gradient, rows * length, operation.smoothing);
    case 'meanSquaredError':
      return (outputs, targets, gradient, rows) => kernels.meanSquaredError(outputs, targets, gradient, rows * length);
    case 'meanAbsoluteError':
      return (outputs, targets, gradient, rows) => kernels.meanAbsoluteError(outputs, targets, gradient, rows * length);
    case 'huber':
      return (outputs, targets, gradient, rows) => kernels.huber(outputs, targets, gradient, rows * length, operation.delta);
  }
}
