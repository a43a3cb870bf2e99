/** Dense layers: one matrix product forward, two backward, transposes read in place. */
import type { OperationOf } from '../../plan/operation.js';
import type { Instruction, Surroundings } from '../instruction.js';
import { activationCode } from '../kernels.js';

export function dense(
  { input, output, parameters, activation }: OperationOf<'dense'>,
  { kernels, layout, at, width, weightsOf }: Surroundings,
): Instruction {
  const [from, to, inputs, units, code] = [at(input), at(output), width(input), width(output), activationCode(activation)];
  const [weights, bias] = [weightsOf(parameters.weights), weightsOf(parameters.bias)];
  const { gemmScratch } = layout;
  return ({ rows }) => kernels.gemm(from, inputs, 1, weights, units, 1, to, rows, units, inputs, gemmScratch, bias, code);
}

export function denseGradient(
  { input, gradient, parameters, inputGradient }: OperationOf<'denseGradient'>,
  { kernels, layout, at, width, weightsOf, gradientsOf }: Surroundings,
): Instruction {
  const { gemmScratch } = layout;
  const [from, slope, inputs, units] = [at(input), at(gradient), width(input), width(gradient)];
  const weights = weightsOf(parameters.weights);
  const weightsGradient = gradientsOf(parameters.weights);
  const biasGradient = gradientsOf(parameters.bias);
  const learn: Instruction = ({ rows }) => {
    kernels.gemm(from, 1, inputs, slope, units, 1, weightsGradient, inputs, units, rows, gemmScratch, 0, 0);
    kernels.sumColumns(slope, biasGradient, rows, units);
  };
  if (inputGradient === undefined) return learn;
  const below = at(inputGradient);
  return (state) => {
    learn(state);
    kernels.gemm(slope, units, 1, weights, 1, units, below, state.rows, inputs, units, gemmScratch, 0, 0);
  };
}
