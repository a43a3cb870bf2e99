/** Convolutions, forward and backward. */
import type { Operation, OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';

/** Numbers of scratch that an operation needs. */
export function convolutionScratch(_operation: Operation): number {
  return 0;
}

export function convolution(_operation: OperationOf<'conv2d' | 'depthwiseConv2d'>, _surroundings: Surroundings): Instruction {
  throw new Error('to be written');
}

export function convolutionGradient(
  _operation: OperationOf<'conv2dGradient' | 'depthwiseConv2dGradient'>,
  _surroundings: Surroundings,
): Instruction {
  throw new Error('to be written');
}
