/** Dense layers: one matrix product forward, two backward, transposes read in place. */
import type { OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';
import { activationCode } from '../kernels.js';

export function dense(
  { input, output, parameters, places, activation }: OperationOf<'dense'>,
  { kernels, layout, at, weightsOf }: Surroundings,
): Instruction {
  const [inputs, units] = parameters.weights.shape;
  const [from, to, code] = [at(input), at(output), activationCode(activation)];
  const [weights, bias] = [weightsOf(parameters.weights), weightsOf(parameters.bias)];
  const { gemmScratch } = layout;
  return ({ rows }) => kernels.gemm(from, inputs, 1, weights, units, 1, to, rows * places, units, inputs, gemmScratch, bias, code);
}

export function denseGradient(
  { input, gradient, parameters, places, inputGradient }: OperationOf<'denseGradient'>,
  { kernels, layout, at, weightsOf, gradientsOf }: Surroundings,
): Instruction {
  const { gemmScratch } = layout;
  const [inputs, units] = parameters.weights.shape;
  const [from, slope] = [at(input), at(gradient)];
  const weights = weightsOf(parameters.weights);
  const weightsGradient = gradientsOf(parameters.weights);
  const biasGradient = gradientsOf(parameters.bias);
  const learn: Instruction = ({ rows }) => {
    kernels.gemm(from, 1, inputs, slope, units, 1, weightsGradient, inputs, units, rows * places, gemmScratch, 0, 0);
    kernels.sumColumns(slope, biasGradient, rows * places, units);
  };
  if (inputGradient === undefined) return learn;
  const below = at(inputGradient);
  return (state) => {
    learn(state);
    kernels.gemm(slope, units, 1, weights, 1, units, below, state.rows * places, inputs, units, gemmScratch, 0, 0);
  };
}
