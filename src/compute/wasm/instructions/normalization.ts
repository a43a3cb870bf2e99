/** Batch and layer normalisation. */
import type { Operation, OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';

export function normalization(
  operation: OperationOf<'batchNormalization' | 'runningNormalization' | 'layerNormalization'>,
  { kernels, layout, at, weightsOf }: Surroundings,
): Instruction {
  const { input, output, places, channels, epsilon } = operation;
  const [from, to] = [at(input), at(output)];
  const [scale, shift] = [weightsOf(operation.parameters.scale), weightsOf(operation.parameters.shift)];
  if (operation.kind === 'layerNormalization') {
    return ({ rows }) => kernels.layerNormalization(from, to, scale, shift, rows * places, channels, epsilon);
  }
  const [mean, variance] = [weightsOf(operation.parameters.mean), weightsOf(operation.parameters.variance)];
  if (operation.kind === 'runningNormalization') {
    const { scratch } = layout;
    return ({ rows }) => {
      kernels.inverseDeviations(variance, scratch, channels, epsilon);
      kernels.normalizeChannels(from, to, mean, scratch, scale, shift, rows * places, channels);
    };
  }
  const { momentum } = operation;
  const moments = at(operation.moments);
  return ({ rows }) => {
    kernels.batchMoments(from, moments, mean, variance, rows * places, channels, momentum, epsilon);
    kernels.normalizeChannels(from, to, moments, moments + 4 * channels, scale, shift, rows * places, channels);
  };
}

/** Numbers of scratch that an operation needs. */
export const normalizationScratch = (operation: Operation): number => (operation.kind === 'runningNormalization' ? operation.channels : 0);

export function normalizationGradient(
  operation: OperationOf<'batchNormalizationGradient' | 'layerNormalizationGradient'>,
  { kernels, at, weightsOf, gradientsOf }: Surroundings,
): Instruction {
  const { input, gradient, inputGradient, parameters, places, channels } = operation;
  // Address 0 stands for "not needed".
  const [from, slope, below] = [at(input), at(gradient), inputGradient === undefined ? 0 : at(inputGradient)];
  const [scale, scaleGradient, shiftGradient] = [weightsOf(parameters.scale), gradientsOf(parameters.scale), gradientsOf(parameters.shift)];
  if (operation.kind === 'layerNormalizationGradient') {
    const { epsilon } = operation;
    return ({ rows }) =>
      kernels.layerNormalizationGradient(from, slope, below, scale, scaleGradient, shiftGradient, rows * places, channels, epsilon);
  }
  const moments = at(operation.moments);
  return ({ rows }) =>
    kernels.batchNormalizationGradient(from, slope, below, moments, scale, scaleGradient, shiftGradient, rows * places, channels);
}
