/** What each operation of a plan is in tensors. The kernels' counterpart: eager, readable, and what the kernels are compared with. */
import type { Operation, OperationOf } from '../plan/operation.js';
import { activation, activationGradient, dropout, probabilities } from './operations/activation.js';
import { attention, attentionGradient } from './operations/attention.js';
import { add, concatenate, slice, sliceGradient } from './operations/branches.js';
import { convolution, convolutionGradient } from './operations/convolution.js';
import { dense, denseGradient } from './operations/dense.js';
import { depthwise, depthwiseGradient } from './operations/depthwise.js';
import { embedding, embeddingGradient } from './operations/embedding.js';
import { loss } from './operations/loss.js';
import * as normalization from './operations/normalization.js';
import { averageGradient, maximumGradient, pooling } from './operations/pooling.js';
import { gru, gruGradient } from './operations/recurrent.js';
import * as sequence from './operations/sequence.js';
import type { Pass } from './pass.js';

type Executors = { [Kind in Exclude<Operation['kind'], 'update'>]: (operation: OperationOf<Kind>, pass: Pass) => void };

const executors: Executors = {
  dense,
  denseGradient,
  conv2d: convolution,
  conv2dGradient: convolutionGradient,
  depthwiseConv2d: depthwise,
  depthwiseConv2dGradient: depthwiseGradient,
  maxPool2d: pooling,
  maxPool2dGradient: maximumGradient,
  averagePool2d: pooling,
  averagePool2dGradient: averageGradient,
  globalAveragePool: sequence.globalAverage,
  globalAveragePoolGradient: sequence.globalAverageGradient,
  globalMaxPool: sequence.globalMaximum,
  globalMaxPoolGradient: sequence.globalMaximumGradient,
  mask: sequence.mask,
  position: sequence.position,
  positionGradient: sequence.positionGradient,
  add,
  concatenate,
  slice,
  sliceGradient,
  gru,
  gruGradient,
  attention,
  attentionGradient,
  ...normalization,
  embedding,
  embeddingGradient,
  activation,
  activationGradient,
  dropout,
  dropoutGradient: dropout,
  softmax: probabilities,
  sigmoid: probabilities,
  softmaxCrossEntropy: loss,
  sigmoidCrossEntropy: loss,
  meanSquaredError: loss,
  meanAbsoluteError: loss,
  huber: loss,
};

/** Every operation but `update`, which is the network's own. */
export function execute(operation: Operation, pass: Pass): void {
  if (operation.kind === 'update') throw new Error('The update is not an operation on tensors of the batch.');
  (executors[operation.kind] as (operation: Operation, pass: Pass) => void)(operation, pass);
}
