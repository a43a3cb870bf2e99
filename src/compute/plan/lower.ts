/**
 * Lowers a model, once, to a program: a flat list of operations over buffers whose places are settled. A training program is the forward
 * pass, the loss, the gradients in reverse and the update; an inference program is the forward pass alone, ending in probabilities.
 * No device appears here: engines run what this file writes.
 */
import { hasValues, type LayerSpec, type ModelSpec } from '../../spec/model.js';
import { placeBuffers } from './arena.js';
import { type Backward, Builder, type LayerContext, type Lowered } from './builder.js';
import { fuse } from './fuse.js';
import { lowerBatchNormalization, lowerLayerNormalization } from './layers/normalization.js';
import { lowerGlobalPooling, lowerPooling } from './layers/pooling.js';
import { lowerActivation, lowerDropout, lowerEmbedding, unchanged } from './layers/simple.js';
import { lowerConvolution, lowerDense } from './layers/weighted.js';
import { type BufferNumber, buffersOf, type LossOperation, type Operation } from './operation.js';
import { parametersOf } from './parameters.js';
import { shapesOf } from './shapes.js';

export interface ProgramBuffer {
  /** Numbers a row, or in all when shared. */
  width: number;
  /** One for all rows of the batch. */
  shared: boolean;
  /** Of its first number in the arena. */
  offset: number;
}

export interface Program {
  operations: Operation[];
  buffers: ProgramBuffer[];
  /** Numbers in the arena, for batches of `batchSize`. */
  arenaSize: number;
  input: BufferNumber;
  /** Probabilities or values in an inference program, logits or values in a training program. */
  output: BufferNumber;
  /** Only in a training program. */
  targets?: BufferNumber;
}

function lowerLayer(layer: LayerSpec, context: LayerContext): Lowered {
  switch (layer.kind) {
    case 'dense':
      return lowerDense(layer, context);
    case 'conv2d':
    case 'depthwiseConv2d':
      return lowerConvolution(layer, context);
    case 'maxPool2d':
    case 'averagePool2d':
      return lowerPooling(layer, context);
    case 'globalAveragePool':
      return lowerGlobalPooling(context);
    case 'batchNormalization':
      return lowerBatchNormalization(layer, context);
    case 'layerNormalization':
      return lowerLayerNormalization(layer, context);
    case 'embedding':
      return lowerEmbedding(layer, context);
    case 'activation':
      return lowerActivation(layer.activation, context);
    case 'dropout':
      return lowerDropout(layer.rate, context);
    case 'flatten':
      return unchanged(context.input);
  }
}

interface Forward {
  input: BufferNumber;
  output: BufferNumber;
  /** Of each layer, and whether anything below it, or itself, learns. */
  layers: { backward: Backward; inputLearns: boolean; learns: boolean }[];
}

function lowerForward(builder: Builder): Forward {
  const { model } = builder;
  const shapes = shapesOf(model);
  const learning = new Set(parametersOf(model).map(({ name }) => Number.parseInt(name, 10)));
  const input = builder.buffer(shapes[0]);
  const layers: Forward['layers'] = [];
  let output = input;
  let learns = false;
  model.layers.forEach((layer, index) => {
    const context = { builder, index, input: output, inputShape: shapes[index], outputShape: shapes[index + 1] };
    const lowered = lowerLayer(layer, context);
    const inputLearns = learns;
    learns ||= learning.has(index);
    layers.push({ backward: lowered.backward, inputLearns, learns });
    output = lowered.output;
  });
  return { input, output, layers };
}

/** The program that answers: dropout is left out, the cross-entropies end in probabilities. */
export function lowerInference(model: ModelSpec, batchSize: number): Program {
  const builder = new Builder(false, model);
  const { input, output } = lowerForward(builder);
  if (hasValues(model)) return finish(builder, batchSize, { input, output });
  const probabilities = builder.like(output) as BufferNumber;
  builder.push({ kind: model.loss === 'softmaxCrossEntropy' ? 'softmax' : 'sigmoid', input: output, output: probabilities });
  return finish(builder, batchSize, { input, output: probabilities });
}

/** The program of one training step. */
export function lowerTraining(model: ModelSpec, batchSize: number, labelSmoothing = 0): Program {
  const builder = new Builder(true, model);
  const { input, output, layers } = lowerForward(builder);
  const targets = model.loss === 'softmaxCrossEntropy' ? builder.buffer([1]) : (builder.like(output) as BufferNumber);
  let gradient = builder.like(output);
  builder.push(lossOf(model, labelSmoothing, { outputs: output, targets, gradient: gradient as BufferNumber }));
  for (const { backward, inputLearns, learns } of layers.reverse()) {
    if (gradient === undefined || !learns) break;
    gradient = backward(gradient, inputLearns);
  }
  builder.push({ kind: 'update' });
  return finish(builder, batchSize, { input, output, targets });
}

function lossOf(
  { loss, delta = 1 }: ModelSpec,
  smoothing: number,
  buffers: Pick<LossOperation, 'outputs' | 'targets' | 'gradient'>,
): LossOperation {
  switch (loss) {
    case 'softmaxCrossEntropy':
    case 'sigmoidCrossEntropy':
      return { kind: loss, smoothing, ...buffers };
    case 'huber':
      return { kind: loss, delta, ...buffers };
    default:
      return { kind: loss, ...buffers };
  }
}

function finish(builder: Builder, batchSize: number, ends: { input: BufferNumber; output: BufferNumber; targets?: BufferNumber }): Program {
  const operations = fuse(builder.operations);
  const lifetimes = builder.buffers.map(({ width, shared }) => ({
    size: shared ? width : width * batchSize,
    first: Number.POSITIVE_INFINITY,
    last: -1,
  }));
  operations.forEach((operation, index) => {
    for (const buffer of buffersOf(operation)) {
      lifetimes[buffer].first = Math.min(lifetimes[buffer].first, index);
      lifetimes[buffer].last = index;
    }
  });
  // What comes from the caller is there before the first operation.
  lifetimes[ends.input].first = 0;
  if (ends.targets !== undefined) lifetimes[ends.targets].first = 0;
  const { offsets, size } = placeBuffers(lifetimes);
  const buffers = builder.buffers.map((buffer, index) => ({ ...buffer, offset: offsets[index] }));
  return { operations, buffers, arenaSize: size, ...ends };
}
