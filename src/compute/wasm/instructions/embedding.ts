/** Looking vectors up by index. */
import type { OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';

export function embedding(_operation: OperationOf<'embedding'>, _surroundings: Surroundings): Instruction {
  throw new Error('to be written');
}

export function embeddingGradient(_operation: OperationOf<'embeddingGradient'>, _surroundings: Surroundings): Instruction {
  throw new Error('to be written');
}
