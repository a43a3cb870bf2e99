/**
 * Turns a program's operations into calls of kernels. Everything that does not change from step to step (addresses, widths, codes) is
 * settled here, once, so that a step of a tiny network costs little more than its calls.
 */
import { power } from '../../base/elementary.js';
import type { OptimizerSpec } from '../engine.js';
import { dropoutKey, dropoutThreshold } from '../plan/dropout.js';
import type { Program } from '../plan/lower.js';
import type { BufferNumber, Operation } from '../plan/operation.js';
import type { Parameter } from '../plan/parameters.js';
import { type Address, activationCode, type Kernels } from './kernels.js';

/** What changes from step to step; `loss` is written by the loss's instruction. */
export interface StepState {
  rows: number;
  /** Steps taken before this one. */
  step: number;
  learningRate: number;
  loss: number;
}

export type Instruction = (state: StepState) => void;

/** Where a network stands in the memory: byte addresses. */
export interface Layout {
  weights: Address;
  gradients: Address;
  means: Address;
  variances: Address;
  arena: Address;
  scratch: Address;
}

export interface Surroundings {
  kernels: Kernels;
  layout: Layout;
  parameters: Parameter[];
  seed: number;
  optimizer?: OptimizerSpec;
}

export function instructionsOf(program: Program, surroundings: Surroundings): Instruction[] {
  return program.operations.map((operation) => instructionOf(operation, program, surroundings));
}

function instructionOf(operation: Operation, { buffers }: Program, surroundings: Surroundings): Instruction {
  const { kernels, layout, seed } = surroundings;
  const at = (buffer: BufferNumber): Address => layout.arena + 4 * buffers[buffer].offset;
  const width = (buffer: BufferNumber): number => buffers[buffer].width;
  switch (operation.kind) {
    case 'dense': {
      const { input, output, parameters, activation } = operation;
      const [from, to, inputs, units, code] = [at(input), at(output), width(input), width(output), activationCode(activation)];
      const weights = layout.weights + 4 * parameters.weights.offset;
      const bias = layout.weights + 4 * parameters.bias.offset;
      const { scratch } = layout;
      return ({ rows }) => kernels.gemm(from, inputs, 1, weights, units, 1, to, rows, units, inputs, scratch, bias, code);
    }
    case 'denseGradient':
      return denseGradient(operation, surroundings, at, width);
    case 'activation': {
      const { input, output, activation } = operation;
      const [from, to, length, code] = [at(input), at(output), width(input), activationCode(activation)];
      return ({ rows }) => kernels.activate(code, from, to, rows * length);
    }
    case 'activationGradient': {
      const { value, gradient, activation } = operation;
      const [from, to, length, code] = [at(value), at(gradient), width(value), activationCode(activation)];
      return ({ rows }) => kernels.activateGradient(code, from, to, rows * length);
    }
    case 'dropout':
    case 'dropoutGradient': {
      const { rate, layer } = operation;
      const [input, output] = operation.kind === 'dropout' ? [operation.input, operation.output] : [operation.gradient, operation.gradient];
      const [from, to, length, threshold, scale] = [at(input), at(output), width(input), dropoutThreshold(rate), 1 / (1 - rate)];
      return ({ rows, step }) => kernels.dropout(from, to, rows * length, dropoutKey(seed, step, layer), threshold, scale);
    }
    case 'softmax': {
      const [from, to, length] = [at(operation.input), at(operation.output), width(operation.input)];
      return ({ rows }) => kernels.softmax(from, to, rows, length);
    }
    case 'softmaxCrossEntropy':
    case 'meanSquaredError': {
      const [outputs, targets, gradient] = [at(operation.outputs), at(operation.targets), at(operation.gradient)];
      const length = width(operation.outputs);
      return operation.kind === 'softmaxCrossEntropy'
        ? (state) => {
            state.loss = kernels.softmaxCrossEntropy(outputs, targets, gradient, state.rows, length);
          }
        : (state) => {
            state.loss = kernels.meanSquaredError(outputs, targets, gradient, state.rows * length);
          };
    }
    case 'update':
      return update(surroundings);
  }
}

function denseGradient(
  { input, gradient, parameters, inputGradient }: Operation & { kind: 'denseGradient' },
  { kernels, layout }: Surroundings,
  at: (buffer: BufferNumber) => Address,
  width: (buffer: BufferNumber) => number,
): Instruction {
  const { scratch } = layout;
  const [from, slope, inputs, units] = [at(input), at(gradient), width(input), width(gradient)];
  const weights = layout.weights + 4 * parameters.weights.offset;
  const weightsGradient = layout.gradients + 4 * parameters.weights.offset;
  const biasGradient = layout.gradients + 4 * parameters.bias.offset;
  const learn: Instruction = ({ rows }) => {
    kernels.gemm(from, 1, inputs, slope, units, 1, weightsGradient, inputs, units, rows, scratch, 0, 0);
    kernels.sumColumns(slope, biasGradient, rows, units);
  };
  if (inputGradient === undefined) return learn;
  const below = at(inputGradient);
  return (state) => {
    learn(state);
    kernels.gemm(slope, units, 1, weights, 1, units, below, state.rows, inputs, units, scratch, 0, 0);
  };
}

/** Neighbouring parameters that are decayed alike are updated in one call. */
function update({ kernels, layout, parameters, optimizer }: Surroundings): Instruction {
  if (!optimizer) throw new Error('A training program needs an optimizer.');
  const { beta1, beta2, epsilon, weightDecay } = optimizer;
  const runs: { offset: number; size: number; decay: number }[] = [];
  for (const { offset, size, decayed } of parameters) {
    const decay = decayed ? weightDecay : 0;
    const last = runs.at(-1);
    if (last?.decay === decay) last.size += size;
    else runs.push({ offset, size, decay });
  }
  const calls = runs.map(({ offset, size, decay }) => {
    const [weights, gradients, means, variances] = [layout.weights, layout.gradients, layout.means, layout.variances].map(
      (base) => base + 4 * offset,
    );
    return (stepSize: number, varianceScale: number, learningRate: number): void =>
      kernels.adam(weights, gradients, means, variances, size, beta1, beta2, epsilon, stepSize, varianceScale, learningRate * decay);
  });
  return ({ step, learningRate }) => {
    const stepSize = learningRate / (1 - power(beta1, step + 1));
    const varianceScale = 1 / Math.sqrt(1 - power(beta2, step + 1));
    for (const call of calls) call(stepSize, varianceScale, learningRate);
  };
}
