/**
 * Turns a program's operations into calls of kernels. Everything that does not change from step to step (addresses, widths, codes) is
 * settled here, once, so that a step of a tiny network costs little more than its calls.
 */
import type { Program } from '../plan/lower.js';
import type { Operation } from '../plan/operation.js';
import type { Instruction, Surroundings } from './instruction.js';
import { add, concatenate, slice, sliceGradient } from './instructions/branches.js';
import { convolution, convolutionGradient, convolutionScratch } from './instructions/convolution.js';
import { dense, denseGradient } from './instructions/dense.js';
import { activation, activationGradient, dropout } from './instructions/elementwise.js';
import { embedding, embeddingGradient } from './instructions/embedding.js';
import { loss, probabilities } from './instructions/loss.js';
import { normalization, normalizationGradient, normalizationScratch } from './instructions/normalization.js';
import { pooling, poolingGradient } from './instructions/pooling.js';
import { gru, gruGradient } from './instructions/recurrent.js';
import {
  attention,
  attentionGradient,
  attentionScratch,
  globalPooling,
  globalPoolingGradient,
  mask,
  position,
  positionGradient,
} from './instructions/sequence.js';
import { update } from './instructions/update.js';

export function instructionsOf(
  { operations, buffers }: Program,
  surroundings: Omit<Surroundings, 'at' | 'width' | 'weightsOf' | 'gradientsOf'>,
): Instruction[] {
  const { layout } = surroundings;
  const whole: Surroundings = {
    ...surroundings,
    at: (buffer) => layout.arena + 4 * buffers[buffer].offset,
    width: (buffer) => buffers[buffer].width,
    weightsOf: ({ offset }) => layout.weights + 4 * offset,
    gradientsOf: ({ offset }) => layout.gradients + 4 * offset,
  };
  return operations.map((operation) => instructionOf(operation, whole));
}

/** Numbers of scratch that a program's neediest operation asks for, beyond `gemmScratch`. */
export const scratchNeeded = ({ operations }: Program): number =>
  operations.reduce(
    (most, operation) => Math.max(most, convolutionScratch(operation), normalizationScratch(operation), attentionScratch(operation)),
    0,
  );

function instructionOf(operation: Operation, surroundings: Surroundings): Instruction {
  switch (operation.kind) {
    case 'dense':
      return dense(operation, surroundings);
    case 'denseGradient':
      return denseGradient(operation, surroundings);
    case 'conv2d':
    case 'depthwiseConv2d':
      return convolution(operation, surroundings);
    case 'conv2dGradient':
    case 'depthwiseConv2dGradient':
      return convolutionGradient(operation, surroundings);
    case 'maxPool2d':
    case 'averagePool2d':
      return pooling(operation, surroundings);
    case 'maxPool2dGradient':
    case 'averagePool2dGradient':
      return poolingGradient(operation, surroundings);
    case 'globalAveragePool':
    case 'globalMaxPool':
      return globalPooling(operation, surroundings);
    case 'globalAveragePoolGradient':
    case 'globalMaxPoolGradient':
      return globalPoolingGradient(operation, surroundings);
    case 'add':
      return add(operation, surroundings);
    case 'concatenate':
      return concatenate(operation, surroundings);
    case 'slice':
      return slice(operation, surroundings);
    case 'sliceGradient':
      return sliceGradient(operation, surroundings);
    case 'mask':
      return mask(operation, surroundings);
    case 'position':
      return position(operation, surroundings);
    case 'positionGradient':
      return positionGradient(operation, surroundings);
    case 'gru':
      return gru(operation, surroundings);
    case 'gruGradient':
      return gruGradient(operation, surroundings);
    case 'attention':
      return attention(operation, surroundings);
    case 'attentionGradient':
      return attentionGradient(operation, surroundings);
    case 'batchNormalization':
    case 'runningNormalization':
    case 'layerNormalization':
      return normalization(operation, surroundings);
    case 'batchNormalizationGradient':
    case 'layerNormalizationGradient':
      return normalizationGradient(operation, surroundings);
    case 'embedding':
      return embedding(operation, surroundings);
    case 'embeddingGradient':
      return embeddingGradient(operation, surroundings);
    case 'activation':
      return activation(operation, surroundings);
    case 'activationGradient':
      return activationGradient(operation, surroundings);
    case 'dropout':
    case 'dropoutGradient':
      return dropout(operation, surroundings);
    case 'softmax':
    case 'sigmoid':
      return probabilities(operation, surroundings);
    case 'softmaxCrossEntropy':
    case 'sigmoidCrossEntropy':
    case 'meanSquaredError':
    case 'meanAbsoluteError':
    case 'huber':
      return loss(operation, surroundings);
    case 'update':
      return update(surroundings);
  }
}
