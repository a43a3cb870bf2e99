/** Convolutions, forward and backward. The kernels know relu; other activations pass over the output once more. */
import type { Operation, OperationOf } from '../../plan/operation.js';
import type { Window2d } from '../../plan/window.js';
import type { Instruction, Surroundings } from '../instruction.js';
import { activationCode, windowArguments } from '../kernels.js';

const inGroupsOf = (group: number, count: number): number => Math.ceil(count / group) * group;

/** What kernels may read and write beyond the end of what is theirs. */
const slack = 16;

/** Numbers of scratch that an operation needs, as said in assembly/convolution.ts and convolution-gradient.ts. */
export function convolutionScratch(operation: Operation): number {
  if (operation.kind !== 'conv2d' && operation.kind !== 'conv2dGradient') return 0;
  const { input, output, kernel, dilation, padding } = operation.window;
  const [height, width, channels] = input;
  const filters = output[2];
  const picture = (height + padding.top + padding.bottom) * (width + padding.left + padding.right) * channels + slack;
  const taps = kernel[0] * kernel[1] * channels;
  if (operation.kind === 'conv2d') return inGroupsOf(8, filters) * (taps + 1) + 32 + picture;
  const [runs, run] = dilation[1] === 1 ? [1, kernel[1] * channels] : [kernel[1], channels];
  const forWeights = kernel[0] * runs * inGroupsOf(5, run) * inGroupsOf(8, filters);
  const forInput = kernel[0] * runs * inGroupsOf(8, run) * filters;
  return Math.max(forWeights, forInput) + picture;
}

const places = ({ output }: Window2d): number => output[0] * output[1];

export function convolution(operation: OperationOf<'conv2d' | 'depthwiseConv2d'>, surroundings: Surroundings): Instruction {
  const { kernels, layout, at, width, weightsOf } = surroundings;
  const { input, output, parameters, window, activation } = operation;
  const [from, to, length] = [at(input), at(output), width(output)];
  const [weights, bias] = [weightsOf(parameters.weights), weightsOf(parameters.bias)];
  const { scratch } = layout;
  const shape = windowArguments(window);
  const code = activationCode(activation);
  const isDepthwise = operation.kind === 'depthwiseConv2d';
  const convolve: Instruction = isDepthwise
    ? ({ rows }) => kernels.convolveDepthwise(from, weights, bias, to, rows, ...shape)
    : ({ rows }) => kernels.convolve(from, weights, bias, to, rows, scratch, activation === 'relu', ...shape);
  if (activation === 'linear' || (activation === 'relu' && !isDepthwise)) return convolve;
  return (state) => {
    convolve(state);
    kernels.activate(code, to, to, state.rows * length);
  };
}

export function convolutionGradient(
  operation: OperationOf<'conv2dGradient' | 'depthwiseConv2dGradient'>,
  { kernels, layout, at, weightsOf, gradientsOf }: Surroundings,
): Instruction {
  const { input, gradient, inputGradient, parameters, window } = operation;
  const [from, slope] = [at(input), at(gradient)];
  const weights = weightsOf(parameters.weights);
  const [weightsGradient, biasGradient] = [gradientsOf(parameters.weights), gradientsOf(parameters.bias)];
  const { scratch } = layout;
  const shape = windowArguments(window);
  const [each, filters] = [places(window), window.output[2]];
  const below = inputGradient === undefined ? undefined : at(inputGradient);
  if (operation.kind === 'depthwiseConv2dGradient') {
    return ({ rows }) => {
      kernels.convolveDepthwiseWeightsGradient(from, slope, weightsGradient, rows, ...shape);
      kernels.sumColumns(slope, biasGradient, rows * each, filters);
      if (below !== undefined) kernels.convolveDepthwiseInputGradient(slope, weights, below, rows, ...shape);
    };
  }
  return ({ rows }) => {
    kernels.convolveWeightsGradient(from, slope, weightsGradient, rows, scratch, ...shape);
    kernels.sumColumns(slope, biasGradient, rows * each, filters);
    if (below !== undefined) kernels.convolveInputGradient(slope, weights, below, rows, scratch, ...shape);
  };
}
