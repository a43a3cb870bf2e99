/** A network on our own kernels: one region of the memory, two lists of instructions, nothing allocated while it runs. */
import { DeviceError } from '../../base/errors.js';
import type { ModelSpec } from '../../spec/model.js';
import type { Network, NetworkOptions } from '../engine.js';
import { checkClasses, checkLength, checkRows } from '../plan/check.js';
import { lowerInference, lowerTraining, type Program } from '../plan/lower.js';
import { packOptimizerState, unpackOptimizerState } from '../plan/optimizer-state.js';
import { parameterCount, parametersOf } from '../plan/parameters.js';
import { type Instruction, instructionsOf, type Layout, type StepState } from './instructions.js';
import type { Address, Kernels } from './kernels.js';
import type { KernelMemory } from './memory.js';

interface Pass {
  program: Program;
  instructions: Instruction[];
}

export class WasmNetwork implements Network {
  readonly parameters: number;
  /** Live buffers, for the engine's counters. */
  readonly tensors: number;
  readonly #region: Address;
  readonly #layout: Layout;
  readonly #inference: Pass;
  readonly #training: Pass | undefined;
  readonly #state: StepState = { rows: 0, step: 0, learningRate: 0, loss: 0 };
  #losses: number[] = [];
  #disposed = false;

  constructor(
    readonly model: ModelSpec,
    readonly options: NetworkOptions,
    kernels: Kernels,
    readonly memory: KernelMemory,
    readonly onDispose: (network: WasmNetwork) => void,
  ) {
    const { batchSize, optimizer, seed } = options;
    const parameters = parametersOf(model);
    this.parameters = parameterCount(model);
    const inference = lowerInference(model, batchSize);
    const training = optimizer && lowerTraining(model, batchSize);
    const slots = training ? 4 : 1;
    const padded = Math.ceil(this.parameters / 16) * 16;
    const arenaSize = Math.max(inference.arenaSize, training?.arenaSize ?? 0);
    this.#region = memory.allocate(slots * padded + arenaSize);
    const slot = (index: number): Address => this.#region + 4 * padded * Math.min(index, slots - 1);
    const arena = this.#region + 4 * padded * slots;
    this.#layout = { weights: slot(0), gradients: slot(1), means: slot(2), variances: slot(3), arena, scratch: memory.scratch };
    this.tensors = parameters.length * slots + Math.max(inference.buffers.length, training?.buffers.length ?? 0);
    const surroundings = { kernels, layout: this.#layout, parameters, seed, optimizer };
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
    const { means, variances } = this.#layout;
    const [first, second] = [means, variances].map((address) => this.memory.view(address, this.parameters));
    return packOptimizerState({ means: first, variances: second, step: this.#state.step });
  }

  setOptimizerState(state: Float32Array): void {
    this.#trainingPass();
    const { means, variances, step } = unpackOptimizerState(state, this.parameters);
    this.memory.view(this.#layout.means, this.parameters).set(means);
    this.memory.view(this.#layout.variances, this.parameters).set(variances);
    this.#state.step = step;
  }

  step(inputs: Float32Array, targets: Float32Array, rows: number, learningRate: number): void {
    const { program, instructions } = this.#trainingPass();
    const outputs = program.buffers[program.output].width;
    const classes = this.model.loss === 'softmaxCrossEntropy';
    checkRows(rows, this.options.batchSize);
    checkLength('inputs', inputs, rows * this.model.inputs);
    checkLength('targets', targets, classes ? rows : rows * outputs);
    if (classes) checkClasses(targets, outputs);
    this.#write(program, program.input, inputs);
    if (program.targets !== undefined) this.#write(program, program.targets, targets);
    this.#state.rows = rows;
    this.#state.learningRate = learningRate;
    for (const instruction of instructions) instruction(this.#state);
    this.#state.step++;
    this.#losses.push(this.#state.loss);
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
    checkRows(rows, this.options.batchSize);
    checkLength('inputs', inputs, rows * this.model.inputs);
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
