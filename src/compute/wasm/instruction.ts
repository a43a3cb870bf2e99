/** What an operation becomes on wasm: a function over one region of memory, in which everything that does not change has been settled. */
import type { OptimizerSpec } from '../engine.js';
import type { BufferNumber } from '../plan/operation.js';
import type { Parameter } from '../plan/parameters.js';
import type { Address } from './address.js';
import type { Kernels } from './kernels.js';

/** What changes from step to step; `loss` is written by the loss's instruction. */
export interface StepState {
  rows: number;
  /** The place of the first row in the whole batch. */
  first: number;
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
  /** The optimizer's. */
  slots: Address[];
  arena: Address;
  /** Of `gemmScratch` numbers, the same for all networks. */
  gemmScratch: Address;
  /** The network's own, as large as its neediest operation asks for. */
  scratch: Address;
}

/** What an operation's instruction is made of. */
export interface Surroundings {
  kernels: Kernels;
  layout: Layout;
  parameters: Parameter[];
  seed: number;
  optimizer?: OptimizerSpec | undefined;
  /** The most rows of a batch. */
  batchSize: number;
  /** Where a buffer begins. */
  at(buffer: BufferNumber): Address;
  /** Numbers in a row of a buffer. */
  width(buffer: BufferNumber): number;
  /** Where a parameter's numbers are. */
  weightsOf(parameter: Parameter): Address;
  gradientsOf(parameter: Parameter): Address;
}
