/** A network on our own kernels: one region of the memory, two lists of instructions, nothing allocated while it runs. */
import { DeviceError } from '../../base/errors.js';
import type { ModelSpec } from '../../spec/model.js';
import type { Network, NetworkOptions } from '../engine.js';
import { checkBatch, checkLength, checkTargets } from '../plan/check.js';
import { type IndexColumn, indexColumnsOf } from '../plan/graph.js';
import { lowerInference, lowerTraining, type Program } from '../plan/lower.js';
import { packOptimizerState, slotCount, unpackOptimizerState } from '../plan/optimizer-state.js';
import { parameterCount, parametersOf } from '../plan/parameters.js';
import type { Address } from './address.js';
import type { Instruction, Layout, StepState } from './instruction.js';
import { instructionsOf, scratchNeeded } from './instructions.js';
import type { Kernels } from './kernels.js';
import type { KernelMemory } from './memory.js';

interface Pass {
  program: Program;
  instructions: Instruction[];
}

export class WasmNetwork implements Network {
  readonly parameters: number;
  /** Live buffers, for the engine's counters. */
  readonly tensors: number;
  readonly #indices: IndexColumn[];
  readonly #region: Address;
  readonly #layout: Layout;
  readonly #inference: Pass;
  readonly #training: Pass | undefined;
  readonly #state: StepState = { rows: 0, step: 0, learningRate: 0, loss: 0 };
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
    const { batchSize, optimizer, seed, labelSmoothing } = options;
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
    if (training) this.#training = { program: training, instructions: instructionsOf(training, surroundings) };
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
    const { program, instructions } = this.#trainingPass();
    checkBatch(this.model, this.#indices, this.options.batchSize, rows, inputs);
    checkTargets(this.model, program.buffers[program.output].width, rows, targets);
    this.#write(program, program.input, inputs);
    if (program.targets !== undefined) this.#write(program, program.targets, targets);
    this.#state.rows = rows;
    this.#state.learningRate = learningRate;
    for (const instruction of instructions) instruction(this.#state);
    this.#state.step++;
    this.#stepped = true;
    this.#losses.push(this.#state.loss);
  }

  async gradients(): Promise<Float32Array | undefined> {
    this.#trainingPass();
    return this.#stepped ? this.memory.view(this.#layout.gradients, this.parameters).slice() : undefined;
  }

  async losses(): Promise<Float32Array> {
    this.#checkAlive();
    const losses = Float32Array.from(this.#losses);
    this.#losses = [];
    return losses;
  }

  async forward(inputs: Float32Array, rows: number): Promise<Float32Array> {
    this.#checkAlive();
    const { program, instructions } = this.#inference;
    checkBatch(this.model, this.#indices, this.options.batchSize, rows, inputs);
    this.#write(program, program.input, inputs);
    this.#state.rows = rows;
    for (const instruction of instructions) instruction(this.#state);
    const { width, offset } = program.buffers[program.output];
    return this.memory.view(this.#layout.arena + 4 * offset, rows * width).slice();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.memory.release(this.#region);
    this.onDispose(this);
  }

  #write(program: Program, buffer: number, values: Float32Array): void {
    this.memory.floats.set(values, this.#layout.arena / 4 + program.buffers[buffer].offset);
  }

  #checkAlive(): void {
    if (this.#disposed) throw new DeviceError('network-disposed', 'This network has been disposed of.', { advice: 'Prepare it anew.' });
  }

  #trainingPass(): Pass {
    this.#checkAlive();
    if (this.#training) return this.#training;
    throw new DeviceError('no-optimizer', 'This network was prepared to answer only.', {
      advice: 'Prepare it with an optimizer to train it.',
    });
  }
}
