/** Looking vectors up by index. */
import type { OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';

export function embedding(operation: OperationOf<'embedding'>, { kernels, at, weightsOf }: Surroundings): Instruction {
  const { input, output, weights, length, dimension } = operation;
  const [indices, to, table] = [at(input), at(output), weightsOf(weights)];
  return ({ rows }) => kernels.embed(indices, table, to, rows * length, dimension);
}

export function embeddingGradient(operation: OperationOf<'embeddingGradient'>, { kernels, at, gradientsOf }: Surroundings): Instruction {
  const { input, gradient, weights, length, vocabulary, dimension } = operation;
  const [indices, slope, table] = [at(input), at(gradient), gradientsOf(weights)];
  return ({ rows }) => kernels.embedGradient(indices, slope, table, rows * length, vocabulary, dimension);
}
