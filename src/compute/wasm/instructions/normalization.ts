/** Batch and layer normalisation. */
import type { OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';

export function normalization(
  _operation: OperationOf<'batchNormalization' | 'runningNormalization' | 'layerNormalization'>,
  _surroundings: Surroundings,
): Instruction {
  throw new Error('to be written');
}

export function normalizationGradient(
  _operation: OperationOf<'batchNormalizationGradient' | 'layerNormalizationGradient'>,
  _surroundings: Surroundings,
): Instruction {
  throw new Error('to be written');
}
