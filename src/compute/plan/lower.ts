/**
 * Lowers a model, once, to a program: a flat list of operations over buffers whose places are settled. A training program is the forward
 * pass, the loss, the gradients in reverse and the update; an inference program is the forward pass alone, ending in probabilities.
 * No device appears here: engines run what this file writes.
 */
import type { LayerSpec } from '../../spec/layer.js';
import { hasValues, type ModelSpec } from '../../spec/model.js';
import { placeBuffers } from './arena.js';
import { Builder, type LayerContext, type Lowered } from './builder.js';
import { fuse } from './fuse.js';
import { graphOf, type LayerNode, type NodeNumber, networkInput } from './graph.js';
import { lowerAdd, lowerConcatenate, lowerSlice } from './layers/branches.js';
import { lowerBatchNormalization, lowerLayerNormalization } from './layers/normalization.js';
import { lowerGlobalPooling, lowerPooling } from './layers/pooling.js';
import { lowerAttention, lowerGru, lowerMask, lowerPosition } from './layers/sequence.js';
import { lowerActivation, lowerDropout, lowerEmbedding, unchanged } from './layers/simple.js';
import { lowerConvolution, lowerDense } from './layers/weighted.js';
import { type BufferNumber, buffersOf, type LossOperation, type Operation } from './operation.js';
import { parametersOf } from './parameters.js';
import { inputShape } from './shapes.js';

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
    case 'conv1d':
    case 'conv2d':
    case 'depthwiseConv2d':
      return lowerConvolution(layer, context);
    case 'maxPool1d':
    case 'averagePool1d':
    case 'maxPool2d':
    case 'averagePool2d':
      return lowerPooling(layer, context);
    case 'globalAveragePool':
    case 'globalMaxPool':
      return lowerGlobalPooling(layer, context);
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
    case 'reshape':
      return unchanged(context.input);
    case 'slice':
      return lowerSlice(layer, context);
    case 'add':
      return lowerAdd(context);
    case 'concatenate':
      return lowerConcatenate(context);
    case 'mask':
      return lowerMask(layer, context);
    case 'positionalEmbedding':
      return lowerPosition(context);
    case 'gru':
      return lowerGru(layer, context);
    case 'multiHeadAttention':
      return lowerAttention(layer, context);
  }
}

interface LoweredNode {
  node: LayerNode;
  lowered: Lowered;
  /** Of what it reads, whether it or anything below it learns. */
  inputsLearn: boolean[];
  learns: boolean;
}

interface Forward {
  input: BufferNumber;
  output: BufferNumber;
  nodes: LoweredNode[];
}

function lowerForward(builder: Builder): Forward {
  const { model } = builder;
  const learning = new Set(parametersOf(model).map(({ layer }) => layer));
  const input = builder.buffer(inputShape(model));
  const nodes: LoweredNode[] = [];
  const bufferOf = (place: NodeNumber): BufferNumber => (place === networkInput ? input : nodes[place].lowered.output);
  for (const node of graphOf(model)) {
    const { layer, index, inputShapes, outputShape, mask } = node;
    const inputs = node.inputs.map(bufferOf);
    const lowered = lowerLayer(layer, {
      builder,
      index,
      input: inputs[0],
      inputs,
      inputShape: inputShapes[0],
      inputShapes,
      outputShape,
      mask: mask === undefined ? undefined : bufferOf(mask),
    });
    const inputsLearn = node.inputs.map((place) => place !== networkInput && nodes[place].learns);
    nodes.push({ node, lowered, inputsLearn, learns: learning.has(index) || inputsLearn.includes(true) });
  }
  return { input, output: nodes[nodes.length - 1].lowered.output, nodes };
}

/** The gradients in reverse: what several layers have read receives the sum of theirs. */
function lowerBackward(builder: Builder, nodes: LoweredNode[], last: BufferNumber): void {
  const received: BufferNumber[][] = nodes.map(() => []);
  received[nodes.length - 1].push(last);
  for (const { node, lowered, inputsLearn, learns } of nodes.toReversed()) {
    const inputs = received[node.index];
    if (!learns || inputs.length === 0) continue;
    let [gradient] = inputs;
    if (inputs.length > 1) {
      gradient = builder.like(gradient) as BufferNumber;
      builder.push({ kind: 'add', inputs, output: gradient });
    }
    const below = 'branch' in lowered ? lowered.branch(gradient, inputsLearn) : [lowered.backward(gradient, inputsLearn[0])];
    for (const [position, place] of node.inputs.entries()) {
      const slope = below[position];
      if (inputsLearn[position] && slope !== undefined) received[place].push(slope);
    }
  }
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
  const { input, output, nodes } = lowerForward(builder);
  const targets = model.loss === 'softmaxCrossEntropy' ? builder.buffer([1]) : (builder.like(output) as BufferNumber);
  const gradient = builder.like(output) as BufferNumber;
  builder.push(lossOf(model, labelSmoothing, { outputs: output, targets, gradient }));
  lowerBackward(builder, nodes, gradient);
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
