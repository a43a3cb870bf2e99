/** What lowering writes to: operations and buffers as they come, and the parameters in their order. */
import type { ModelSpec } from '../../spec/model.js';
import type { BufferNumber, Operation } from './operation.js';
import { type Parameter, type ParameterRole, parametersOf } from './parameters.js';
import { type Shape, sizeOf } from './shapes.js';

/** Adds the operations that turn the gradient by a layer's output into that by its input; answers the latter where it is needed. */
export type Backward = (gradient: BufferNumber, inputLearns: boolean) => BufferNumber | undefined;

/** The same of a layer that reads several: one gradient for each that learns. All are different buffers. */
export type BranchingBackward = (gradient: BufferNumber, inputsLearn: boolean[]) => (BufferNumber | undefined)[];

export type Lowered = { output: BufferNumber } & ({ backward: Backward } | { branch: BranchingBackward });

/** What a layer is lowered with. */
export interface LayerContext {
  builder: Builder;
  /** Of the layer in the model. */
  index: number;
  input: BufferNumber;
  /** All that it reads; `input` is the first. */
  inputs: BufferNumber[];
  /** [places] a row, where only some places count. */
  mask?: BufferNumber | undefined;
  /** Of one example. */
  inputShape: Shape;
  inputShapes: Shape[];
  outputShape: Shape;
}

export class Builder {
  readonly operations: Operation[] = [];
  /** Numbers a row, or in all for those that the rows share. */
  readonly buffers: { width: number; shared: boolean }[] = [];
  readonly #parameters: Map<string, Parameter>;

  constructor(
    readonly training: boolean,
    readonly model: ModelSpec,
  ) {
    this.#parameters = new Map(parametersOf(model).map((parameter) => [parameter.name, parameter]));
  }

  /** A buffer with room for one example of the shape in each row. */
  buffer(shape: Shape): BufferNumber {
    return this.buffers.push({ width: sizeOf(shape), shared: false }) - 1;
  }

  /** A buffer of so many numbers, whatever the number of rows. */
  shared(size: number): BufferNumber {
    return this.buffers.push({ width: size, shared: true }) - 1;
  }

  /** A buffer as wide as another one, where it is needed. */
  like(buffer: BufferNumber, needed = true): BufferNumber | undefined {
    return needed ? this.buffers.push({ ...this.buffers[buffer] }) - 1 : undefined;
  }

  push(operation: Operation): void {
    this.operations.push(operation);
  }

  parameter(layer: number, role: ParameterRole): Parameter {
    const found = this.#parameters.get(`${layer}.${role}`);
    if (!found) throw new Error(`Layer ${layer} has no ${role}.`);
    return found;
  }
}
