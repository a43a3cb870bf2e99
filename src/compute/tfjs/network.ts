/**
 * A network in tensors of tfjs: the same plan as the kernels', executed one operation at a time. All weights are one tensor, and so are the
 * optimizer's moments: the update costs the same few dispatches however many layers there are, and reading back is one read.
 */
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { DeviceError } from '../../base/errors.js';
import type { ModelSpec } from '../../spec/model.js';
import type { Network, NetworkOptions } from '../engine.js';
import { checkClasses, checkLength, checkRows } from '../plan/check.js';
import { lowerInference, lowerTraining, type Program } from '../plan/lower.js';
import { packOptimizerState, unpackOptimizerState } from '../plan/optimizer-state.js';
import { outputWidth, type Parameter, parameterCount, parametersOf } from '../plan/parameters.js';
import { adam, decayMask, type Slots } from './adam.js';
import type { Backend, Library } from './library.js';
import { execute, type Pass } from './operations.js';

/** What the engine does for its networks. */
export interface Surroundings {
  backend: Backend;
  /** @throws DeviceError once the device is lost or has failed */
  checkDevice(): void;
  /** Reads a tensor, or throws the DeviceError that says why it cannot be read. */
  read(tensor: Tensor): Promise<Float32Array>;
  onDispose(network: TfjsNetwork): void;
}

export class TfjsNetwork implements Network {
  readonly parameters: number;
  readonly #list: Parameter[];
  readonly #inference: Program;
  readonly #training: Program | undefined;
  readonly #decayed: Tensor1D | undefined;
  #slots: Slots;
  #losses: Tensor[] = [];
  #step = 0;
  #disposed = false;

  constructor(
    readonly model: ModelSpec,
    readonly options: NetworkOptions,
    readonly surroundings: Surroundings,
  ) {
    const { batchSize, optimizer } = options;
    this.#list = parametersOf(model);
    this.parameters = parameterCount(model);
    this.#inference = lowerInference(model, batchSize);
    this.#training = optimizer && lowerTraining(model, batchSize);
    const tf = this.#library;
    const zeros = (): Tensor => tf.zeros([this.parameters]);
    const slots = surroundings.backend.run(() => (optimizer ? [zeros(), zeros(), zeros()] : [zeros()]));
    this.#slots = { weights: slots[0], means: slots[1], variances: slots[2] };
    if (optimizer && optimizer.weightDecay > 0) this.#decayed = surroundings.backend.run(() => decayMask(tf, this.#list)) as Tensor1D;
  }

  get #library(): Library {
    return this.surroundings.backend.library;
  }

  setWeights(weights: Float32Array): void {
    this.#check();
    checkLength('weights', weights, this.parameters);
    this.#replace({ weights: this.#tensor(weights) });
  }

  async weights(): Promise<Float32Array> {
    this.#check();
    return (await this.surroundings.read(this.#slots.weights)).slice();
  }

  async optimizerState(): Promise<Float32Array> {
    this.#check(true);
    const { means, variances } = this.#slots;
    const step = this.#step;
    const [first, second] = await Promise.all([this.surroundings.read(means), this.surroundings.read(variances)]);
    return packOptimizerState({ means: first, variances: second, step });
  }

  setOptimizerState(state: Float32Array): void {
    this.#check(true);
    const { means, variances, step } = unpackOptimizerState(state, this.parameters);
    this.#replace({ means: this.#tensor(means), variances: this.#tensor(variances) });
    this.#step = step;
  }

  step(inputs: Float32Array, targets: Float32Array, rows: number, learningRate: number): void {
    const program = this.#check(true);
    const width = outputWidth(this.model);
    const classes = this.model.loss === 'softmaxCrossEntropy';
    checkRows(rows, this.options.batchSize);
    checkLength('inputs', inputs, rows * this.model.inputs);
    checkLength('targets', targets, classes ? rows : rows * width);
    if (classes) checkClasses(targets, width);
    const tf = this.#library;
    const [weights, means, variances, loss] = this.surroundings.backend.run(() => {
      const pass = this.#pass(program, inputs, rows);
      pass.values.set(program.targets as number, classes ? tf.tensor1d(targets) : tf.tensor2d(targets, [rows, width]));
      for (const operation of program.operations) if (operation.kind !== 'update') execute(operation, pass);
      const gradients = tf.concat(this.#list.map(({ name, size }) => tf.reshape(pass.gradients.get(name) as Tensor, [size])));
      const settings = {
        spec: this.options.optimizer as NonNullable<NetworkOptions['optimizer']>,
        decayed: this.#decayed,
        step: this.#step,
        learningRate,
      };
      const next = adam(tf, this.#slots, gradients, settings);
      return [next.weights, next.means, next.variances, pass.loss as Tensor];
    });
    this.#replace({ weights, means, variances });
    this.#losses.push(loss);
    this.#step++;
  }

  async losses(): Promise<Float32Array> {
    this.#check();
    const scalars = this.#losses.splice(0);
    if (scalars.length === 0) return new Float32Array(0);
    const { backend, read } = this.surroundings;
    const stacked = backend.run(() => this.#library.stack(scalars));
    backend.dispose(scalars);
    try {
      return (await read(stacked)).slice();
    } finally {
      backend.dispose([stacked]);
    }
  }

  async forward(inputs: Float32Array, rows: number): Promise<Float32Array> {
    this.#check();
    checkRows(rows, this.options.batchSize);
    checkLength('inputs', inputs, rows * this.model.inputs);
    const { backend, read } = this.surroundings;
    const program = this.#inference;
    const answers = backend.run(() => {
      const pass = this.#pass(program, inputs, rows);
      for (const operation of program.operations) execute(operation, pass);
      return pass.values.get(program.output) as Tensor;
    });
    try {
      return (await read(answers)).slice();
    } finally {
      backend.dispose([answers]);
    }
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const { weights, means, variances } = this.#slots;
    this.surroundings.backend.dispose([weights, means, variances, this.#decayed, ...this.#losses].filter((tensor) => tensor !== undefined));
    this.surroundings.onDispose(this);
  }

  #pass(program: Program, inputs: Float32Array, rows: number): Pass {
    const tf = this.#library;
    const shaped = new Map(
      this.#list.map(({ name, offset, size, shape }) => [name, tf.reshape(tf.slice(this.#slots.weights, offset, size), shape)]),
    );
    return {
      library: tf,
      rows,
      values: new Map([[program.input, tf.tensor2d(inputs, [rows, this.model.inputs])]]),
      parameter: ({ name }) => shaped.get(name) as Tensor,
      gradients: new Map(),
      seed: this.options.seed,
      step: this.#step,
    };
  }

  /** A copy: tfjs may keep the array that it is given. */
  #tensor(values: Float32Array): Tensor {
    return this.surroundings.backend.run(() => this.#library.tensor1d(values.slice()));
  }

  #replace(slots: Partial<Slots>): void {
    const old = Object.keys(slots).map((name) => this.#slots[name as keyof Slots]);
    this.#slots = { ...this.#slots, ...slots };
    this.surroundings.backend.dispose(old);
  }

  /** @throws DeviceError when disposed of or lost, or when training is asked of a network that only answers */
  #check(training: true): Program;
  #check(): void;
  #check(training = false): Program | undefined {
    if (this.#disposed) throw new DeviceError('network-disposed', 'This network has been disposed of.', { advice: 'Prepare it anew.' });
    this.surroundings.checkDevice();
    if (!training || this.#training) return this.#training;
    throw new DeviceError('no-optimizer', 'This network was prepared to answer only.', {
      advice: 'Prepare it with an optimizer to train it.',
    });
  }
}
