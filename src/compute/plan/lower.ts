/**
 * Lowers a model, once, to a program: a flat list of operations over buffers whose places are settled. A training program is the forward
 * pass, the loss, the gradients in reverse and the update; an inference program is the forward pass alone, ending in probabilities.
 * No device appears here: engines run what this file writes.
 */
import type { LayerSpec, ModelSpec } from '../../spec/model.js';
import { placeBuffers } from './arena.js';
import { type BufferNumber, buffersOf, type Operation } from './operation.js';
import { type Parameter, parametersOf } from './parameters.js';

export interface ProgramBuffer {
  /** Numbers a row. */
  width: number;
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

/** Adds the operations that turn the gradient by a layer's output into that by its input; answers the latter where it is needed. */
type Backward = (gradient: BufferNumber, inputLearns: boolean) => BufferNumber | undefined;

class Builder {
  readonly operations: Operation[] = [];
  readonly widths: number[] = [];
  readonly #parameters: Iterator<Parameter>;

  constructor(
    readonly training: boolean,
    model: ModelSpec,
  ) {
    this.#parameters = parametersOf(model)[Symbol.iterator]();
  }

  buffer(width: number): BufferNumber {
    return this.widths.push(width) - 1;
  }

  layer(layer: LayerSpec, index: number, input: BufferNumber): { output: BufferNumber; backward: Backward } {
    return layer.kind === 'dense' ? this.#dense(layer, input) : this.#dropout(layer.rate, index, input);
  }

  #dense(layer: LayerSpec & { kind: 'dense' }, input: BufferNumber): { output: BufferNumber; backward: Backward } {
    const parameters = { weights: this.#parameters.next().value as Parameter, bias: this.#parameters.next().value as Parameter };
    const { activation, units } = layer;
    const sums = this.buffer(units);
    let output = sums;
    this.operations.push({ kind: 'dense', input, output: sums, parameters, activation: activation === 'gelu' ? 'linear' : activation });
    if (activation === 'gelu') {
      output = this.buffer(units);
      this.operations.push({ kind: 'activation', activation, input: sums, output });
    }
    const backward: Backward = (gradient, inputLearns) => {
      if (activation !== 'linear') this.operations.push({ kind: 'activationGradient', activation, value: sums, gradient });
      const inputGradient = inputLearns ? this.buffer(this.widths[input]) : undefined;
      this.operations.push({ kind: 'denseGradient', input, gradient, parameters, inputGradient });
      return inputGradient;
    };
    return { output, backward };
  }

  #dropout(rate: number, layer: number, input: BufferNumber): { output: BufferNumber; backward: Backward } {
    if (!this.training || rate === 0) return { output: input, backward: (gradient) => gradient };
    const output = this.buffer(this.widths[input]);
    this.operations.push({ kind: 'dropout', input, output, rate, layer });
    return {
      output,
      backward: (gradient) => {
        this.operations.push({ kind: 'dropoutGradient', gradient, rate, layer });
        return gradient;
      },
    };
  }
}

/** The program that answers: dropout is left out, softmaxCrossEntropy ends in probabilities. */
export function lowerInference(model: ModelSpec, batchSize: number): Program {
  const builder = new Builder(false, model);
  const input = builder.buffer(model.inputs);
  let output = input;
  for (const [index, layer] of model.layers.entries()) output = builder.layer(layer, index, output).output;
  if (model.loss === 'softmaxCrossEntropy') {
    const probabilities = builder.buffer(builder.widths[output]);
    builder.operations.push({ kind: 'softmax', input: output, output: probabilities });
    output = probabilities;
  }
  return finish(builder, batchSize, { input, output });
}

/** The program of one training step. */
export function lowerTraining(model: ModelSpec, batchSize: number): Program {
  const builder = new Builder(true, model);
  const input = builder.buffer(model.inputs);
  const layers: { backward: Backward; inputLearns: boolean }[] = [];
  let output = input;
  let learns = false;
  model.layers.forEach((layer, index) => {
    const { output: next, backward } = builder.layer(layer, index, output);
    layers.push({ backward, inputLearns: learns });
    learns ||= layer.kind === 'dense';
    output = next;
  });
  const width = builder.widths[output];
  const targets = builder.buffer(model.loss === 'softmaxCrossEntropy' ? 1 : width);
  let gradient: BufferNumber | undefined = builder.buffer(width);
  builder.operations.push({ kind: model.loss, outputs: output, targets, gradient });
  for (const { backward, inputLearns } of layers.reverse()) {
    if (gradient === undefined) break;
    gradient = backward(gradient, inputLearns);
  }
  builder.operations.push({ kind: 'update' });
  return finish(builder, batchSize, { input, output, targets });
}

function finish(builder: Builder, batchSize: number, ends: { input: BufferNumber; output: BufferNumber; targets?: BufferNumber }): Program {
  const { operations, widths } = builder;
  const lifetimes = widths.map((width) => ({ size: width * batchSize, first: Number.POSITIVE_INFINITY, last: -1 }));
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
  return { operations, buffers: widths.map((width, index) => ({ width, offset: offsets[index] })), arenaSize: size, ...ends };
}
