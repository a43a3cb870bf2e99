/** A network on our own kernels: one region of the memory, two lists of instructions, nothing allocated while it runs. */
import { DeviceError } from '../../base/errors.js';
import type { ModelSpec } from '../../spec/model.js';
import type { Network, NetworkOptions } from '../engine.js';
import { checkBatch, checkLength, checkTargets } from '../plan/check.js';
import { type IndexColumn, indexColumnsOf } from '../plan/graph.js';
import { lowerInference, lowerTraining, type Program } from '../plan/lower.js';
import { packOptimizerState, slotCount, unpackOptimizerState } from '../plan/optimizer-state.js';
import { parameterCount, parametersOf } from '../plan/parameters.js';
import { partOf, partsOf, rowsAtOnce } from '../plan/parts.js';
import type { Address } from './address.js';
import type { Instruction, Layout, StepState } from './instruction.js';
import { instructionsOf, scratchNeeded } from './instructions.js';
import type { Kernels } from './kernels.js';
import type { KernelMemory } from './memory.js';

interface Pass {
  program: Program;
  instructions: Instruction[];
}

/** Rows that are computed at once, and the place of the first in the batch. */
interface Part {
  inputs: Float32Array;
  targets?: Float32Array;
  rows: number;
  first: number;
}

export class WasmNetwork implements Network {
  readonly parameters: number;
  /** Live buffers, for the engine's counters. */
  readonly tensors: number;
  readonly #indices: IndexColumn[];
  readonly #region: Address;
  readonly #layout: Layout;
  readonly #inference: Pass;
  readonly #training: (Pass & { update: Instruction }) | undefined;
  /** Computed at once. */
  readonly #rows: number;
  readonly #state: StepState = { rows: 0, first: 0, step: 0, learningRate: 0, loss: 0 };
  #losses: number[] = [];
  /** Whether there are gradients: what is gone on with has taken steps elsewhere. */
  #stepped = false;
  #disposed = false;

  constructor(
    readonly model: ModelSpec,
    readonly options: NetworkOptions,
    kernels: Kernels,
    readonly memory: KernelMemory,
    readonly onDispose: (network: WasmNetwork) => void,
  ) {
    const { optimizer, seed, labelSmoothing } = options;
    const batchSize = rowsAtOnce(model, options);
    this.#rows = batchSize;
    const parameters = parametersOf(model);
    this.parameters = parameterCount(model);
    this.#indices = indexColumnsOf(model);
    const inference = lowerInference(model, batchSize);
    const training = optimizer && lowerTraining(model, batchSize, labelSmoothing);
    const kept = optimizer ? slotCount(optimizer) : 0;
    const regions = training ? 2 + kept : 1;
    const padded = Math.ceil(this.parameters / 16) * 16;
    const programs = training ? [inference, training] : [inference];
    const arenaSize = Math.max(...programs.map((program) => program.arenaSize));
    const scratchSize = Math.max(...programs.map(scratchNeeded));
    this.#region = memory.allocate(regions * padded + arenaSize + scratchSize);
    const region = (index: number): Address => this.#region + 4 * padded * index;
    const arena = region(regions);
    this.#layout = {
      weights: region(0),
      gradients: region(1),
      slots: Array.from({ length: kept }, (_, slot) => region(2 + slot)),
      arena,
      gemmScratch: memory.scratch,
      scratch: arena + 4 * arenaSize,
    };
    this.tensors = parameters.length * regions + Math.max(...programs.map(({ buffers }) => buffers.length));
    const surroundings = { kernels, layout: this.#layout, parameters, seed, optimizer, batchSize };
    this.#inference = { program: inference, instructions: instructionsOf(inference, surroundings) };
    if (training) {
      const instructions = instructionsOf(training, surroundings);
      // The update is the last of them: it follows the gradients of the whole batch.
      this.#training = { program: training, instructions: instructions.slice(0, -1), update: instructions[instructions.length - 1] };
    }
  }

  setWeights(weights: Float32Array): void {
    this.#checkAlive();
    checkLength('weights', weights, this.parameters);
    this.memory.view(this.#layout.weights, this.parameters).set(weights);
  }

  async weights(): Promise<Float32Array> {
    this.#checkAlive();
    return this.memory.view(this.#layout.weights, this.parameters).slice();
  }

  async optimizerState(): Promise<Float32Array> {
    this.#trainingPass();
    const slots = this.#layout.slots.map((address) => this.memory.view(address, this.parameters));
    return packOptimizerState({ slots, step: this.#state.step });
  }

  setOptimizerState(state: Float32Array): void {
    this.#trainingPass();
    const { slots, step } = unpackOptimizerState(state, this.#layout.slots.length, this.parameters);
    for (const [slot, values] of slots.entries()) this.memory.view(this.#layout.slots[slot], this.parameters).set(values);
    this.#state.step = step;
  }

  step(inputs: Float32Array, targets: Float32Array, rows: number, learningRate: number): void {
    const training = this.#trainingPass();
    const { program } = training;
    checkBatch(this.model, this.#indices, this.options.batchSize, rows, inputs);
    checkTargets(this.model, program.buffers[program.output].width, rows, targets);
    this.#state.learningRate = learningRate;
    if (rows <= this.#rows) this.#run(training, { inputs, targets, rows, first: 0 });
    else this.#state.loss = this.#runInParts(training, inputs, targets, rows);
    training.update(this.#state);
    this.#state.step++;
    this.#stepped = true;
    this.#losses.push(this.#state.loss);
  }

  async gradients(): Promise<Float32Array | undefined> {
    this.#trainingPass();
    return this.#stepped ? this.memory.view(this.#layout.gradients, this.parameters).slice() : undefined;
  }

  /** Leaves the gradients of the whole batch where those of its last part were; answers its loss. */
  #runInParts(training: Pass, inputs: Float32Array, targets: Float32Array, rows: number): number {
    const sums = new Float32Array(this.parameters);
    let loss = 0;
    for (const part of partsOf(rows, this.#rows)) {
      this.#run(training, { inputs: partOf(inputs, rows, part), targets: partOf(targets, rows, part), ...part });
      const share = part.rows / rows;
      const gradients = this.memory.view(this.#layout.gradients, this.parameters);
      for (let index = 0; index < sums.length; index++) sums[index] += share * gradients[index];
      loss += share * this.#state.loss;
    }
    this.memory.view(this.#layout.gradients, this.parameters).set(sums);
    return loss;
  }

  async losses(): Promise<Float32Array> {
    this.#checkAlive();
    const losses = Float32Array.from(this.#losses);
    this.#losses = [];
    return losses;
  }

  async forward(inputs: Float32Array, rows: number): Promise<Float32Array> {
    this.#checkAlive();
    checkBatch(this.model, this.#indices, this.options.batchSize, rows, inputs);
    const { buffers, output } = this.#inference.program;
    const { width, offset } = buffers[output];
    const answers = new Float32Array(rows * width);
    for (const part of partsOf(rows, this.#rows)) {
      this.#run(this.#inference, { inputs: partOf(inputs, rows, part), ...part });
      answers.set(this.memory.view(this.#layout.arena + 4 * offset, part.rows * width), part.first * width);
    }
    return answers;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.memory.release(this.#region);
    this.onDispose(this);
  }

  #run({ program, instructions }: Pass, { inputs, targets, rows, first }: Part): void {
    this.#write(program, program.input, inputs);
    if (targets && program.targets !== undefined) this.#write(program, program.targets, targets);
    this.#state.rows = rows;
    this.#state.first = first;
    for (const instruction of instructions) instruction(this.#state);
  }

  #write(program: Program, buffer: number, values: Float32Array): void {
    this.memory.floats.set(values, this.#layout.arena / 4 + program.buffers[buffer].offset);
  }

  #checkAlive(): void {
    if (this.#disposed) throw new DeviceError('network-disposed', 'This network has been disposed of.', { advice: 'Prepare it anew.' });
  }

  #trainingPass(): Pass & { update: Instruction } {
    this.#checkAlive();
    if (this.#training) return this.#training;
    throw new DeviceError('no-optimizer', 'This network was prepared to answer only.', {
      advice: 'Prepare it with an optimizer to train it.',
    });
  }
}
