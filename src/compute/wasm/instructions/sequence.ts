/** Over the places of a sequence: masks, pooling of all places, positions and attention. */
import type { Operation, OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';

/** Address 0 stands for "all places count". */
const maskAt = ({ mask }: { mask?: number | undefined }, { at }: Surroundings): number => (mask === undefined ? 0 : at(mask));

export function mask({ input, output, places, channels, padding }: OperationOf<'mask'>, { kernels, at }: Surroundings): Instruction {
  const [from, to] = [at(input), at(output)];
  return ({ rows }) => kernels.maskOf(from, to, rows * places, channels, padding);
}

export function globalPooling(operation: OperationOf<'globalAveragePool' | 'globalMaxPool'>, surroundings: Surroundings): Instruction {
  const { kernels, at } = surroundings;
  const { kind, input, output, places, channels } = operation;
  const [from, to, counting] = [at(input), at(output), maskAt(operation, surroundings)];
  if (kind === 'globalMaxPool') return ({ rows }) => kernels.globalMaximum(from, counting, to, rows, places, channels);
  if (counting === 0) return ({ rows }) => kernels.globalAverage(from, to, rows, places, channels, false);
  return ({ rows }) => kernels.maskedAverage(from, counting, to, rows, places, channels, false);
}

export function globalPoolingGradient(
  operation: OperationOf<'globalAveragePoolGradient' | 'globalMaxPoolGradient'>,
  surroundings: Surroundings,
): Instruction {
  const { kernels, at } = surroundings;
  const { gradient, inputGradient, places, channels } = operation;
  const [slope, below, counting] = [at(gradient), at(inputGradient as number), maskAt(operation, surroundings)];
  if (operation.kind === 'globalMaxPoolGradient') {
    const [from, to] = [at(operation.input), at(operation.output)];
    return ({ rows }) => kernels.globalMaximumGradient(from, counting, to, slope, below, rows, places, channels);
  }
  if (counting === 0) return ({ rows }) => kernels.globalAverage(below, slope, rows, places, channels, true);
  return ({ rows }) => kernels.maskedAverage(below, counting, slope, rows, places, channels, true);
}

export function position(
  { input, output, weights }: OperationOf<'position'>,
  { kernels, at, width, weightsOf }: Surroundings,
): Instruction {
  const [from, to, row, length] = [at(input), at(output), weightsOf(weights), width(output)];
  return ({ rows }) => kernels.addToRows(from, row, to, rows, length);
}

export function positionGradient(
  { gradient, weights }: OperationOf<'positionGradient'>,
  { kernels, at, width, gradientsOf }: Surroundings,
): Instruction {
  const [slope, sums, length] = [at(gradient), gradientsOf(weights), width(gradient)];
  return ({ rows }) => kernels.sumColumns(slope, sums, rows, length);
}

/** Numbers of scratch that an operation needs, as said in assembly/attention.ts. */
export function attentionScratch(operation: Operation): number {
  if (operation.kind === 'attention') return operation.places * operation.size;
  if (operation.kind === 'attentionGradient') return operation.places * (operation.size + operation.places);
  return 0;
}

export function attention(operation: OperationOf<'attention'>, surroundings: Surroundings): Instruction {
  const { kernels, layout, at } = surroundings;
  const { places, heads, size, isCausal } = operation;
  const [from, shares, to, counting] = [at(operation.input), at(operation.shares), at(operation.output), maskAt(operation, surroundings)];
  const { scratch, gemmScratch } = layout;
  return ({ rows }) => kernels.attend(from, shares, to, counting, rows, places, heads, size, isCausal, scratch, gemmScratch);
}

export function attentionGradient(operation: OperationOf<'attentionGradient'>, { kernels, layout, at }: Surroundings): Instruction {
  const { places, heads, size } = operation;
  const [from, shares, slope, below] = [
    at(operation.input),
    at(operation.shares),
    at(operation.gradient),
    at(operation.inputGradient as number),
  ];
  const { scratch, gemmScratch } = layout;
  return ({ rows }) => kernels.attendGradient(from, shares, slope, below, rows, places, heads, size, scratch, gemmScratch);
}
