/** Pooling over windows and over all places. */
import type { OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';

export function pooling(
  _operation: OperationOf<'maxPool2d' | 'averagePool2d' | 'globalAveragePool'>,
  _surroundings: Surroundings,
): Instruction {
  throw new Error('to be written');
}

export function poolingGradient(
  _operation: OperationOf<'maxPool2dGradient' | 'averagePool2dGradient' | 'globalAveragePoolGradient'>,
  _surroundings: Surroundings,
): Instruction {
  throw new Error('to be written');
}
