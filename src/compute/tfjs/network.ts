/**
 * A network in tensors of tfjs: the same plan as the kernels', executed one operation at a time. All weights are one tensor, and so are the
 * optimizer's moments: the update costs the same few dispatches however many layers there are, and reading back is one read.
 */
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import { DeviceError } from '../../base/errors.js';
import type { ModelSpec } from '../../spec/model.js';
import type { Network, NetworkOptions } from '../engine.js';
import { checkBatch, checkLength, checkTargets } from '../plan/check.js';
import { type IndexColumn, indexColumnsOf } from '../plan/graph.js';
import { lowerInference, lowerTraining, type Program } from '../plan/lower.js';
import { packOptimizerState, slotCount, unpackOptimizerState } from '../plan/optimizer-state.js';
import { outputWidth, type Parameter, parameterCount, parametersOf } from '../plan/parameters.js';
import { partOf, partsOf, rowsAtOnce } from '../plan/parts.js';
import type { Backend, Library } from './library.js';
import { execute } from './operations.js';
import { clipped, decayMask, type Learning, update } from './optimizer.js';
import type { Pass } from './pass.js';

/** What the engine does for its networks. */
export interface Surroundings {
  backend: Backend;
  /** @throws DeviceError once the device is lost or has failed */
  checkDevice(): void;
  /** Reads a tensor, or throws the DeviceError that says why it cannot be read. */
  read(tensor: Tensor): Promise<Float32Array>;
  onDispose(network: TfjsNetwork): void;
}

interface Backward {
  gradients: Tensor;
  loss: Tensor;
  /** As in `Pass`: only networks whose batches are whole have any. */
  moved: Map<string, Tensor>;
}

export class TfjsNetwork implements Network {
  readonly parameters: number;
  readonly #indices: IndexColumn[];
  readonly #list: Parameter[];
  readonly #inference: Program;
  readonly #training: Program | undefined;
  readonly #decayed: Tensor1D | undefined;
  /** Computed at once. */
  readonly #rows: number;
  #learning: Learning;
  /** Of the last step. */
  #gradients: Tensor | undefined;
  #losses: Tensor[] = [];
  #step = 0;
  #disposed = false;

  constructor(
    readonly model: ModelSpec,
    readonly options: NetworkOptions,
    readonly surroundings: Surroundings,
  ) {
    const { optimizer, labelSmoothing } = options;
    const batchSize = rowsAtOnce(model, options);
    this.#rows = batchSize;
    this.#list = parametersOf(model);
    this.parameters = parameterCount(model);
    this.#indices = indexColumnsOf(model);
    this.#inference = lowerInference(model, batchSize);
    this.#training = optimizer && lowerTraining(model, batchSize, labelSmoothing);
    const tf = this.#library;
    const zeros = (): Tensor => tf.zeros([this.parameters]);
    const count = 1 + (optimizer ? slotCount(optimizer) : 0);
    const [weights, ...slots] = surroundings.backend.run(() => Array.from({ length: count }, zeros));
    this.#learning = { weights, slots };
    if (optimizer && (optimizer.weightDecay > 0 || optimizer.l2))
      this.#decayed = surroundings.backend.run(() => decayMask(tf, this.#list)) as Tensor1D;
  }

  get #library(): Library {
    return this.surroundings.backend.library;
  }

  setWeights(weights: Float32Array): void {
    this.#check();
    checkLength('weights', weights, this.parameters);
    this.#replace({ weights: this.#tensor(weights), slots: this.#learning.slots });
  }

  async weights(): Promise<Float32Array> {
    this.#check();
    return (await this.surroundings.read(this.#learning.weights)).slice();
  }

  async optimizerState(): Promise<Float32Array> {
    this.#check(true);
    const step = this.#step;
    const slots = await Promise.all(this.#learning.slots.map((slot) => this.surroundings.read(slot)));
    return packOptimizerState({ slots, step });
  }

  setOptimizerState(state: Float32Array): void {
    this.#check(true);
    const { slots, step } = unpackOptimizerState(state, this.#learning.slots.length, this.parameters);
    this.#replace({ weights: this.#learning.weights, slots: slots.map((slot) => this.#tensor(slot)) });
    this.#step = step;
  }

  step(inputs: Float32Array, targets: Float32Array, rows: number, learningRate: number): void {
    const program = this.#check(true);
    const width = outputWidth(this.model);
    checkBatch(this.model, this.#indices, this.options.batchSize, rows, inputs);
    checkTargets(this.model, width, rows, targets);
    const tf = this.#library;
    const [weights, loss, gradients, ...slots] = this.surroundings.backend.run(() => {
      const [first, ...others] = partsOf(rows, this.#rows);
      const whole = others.reduce(
        (sum, part) => this.#sum(sum, this.#backward(program, inputs, targets, rows, part)),
        this.#backward(program, inputs, targets, rows, first),
      );
      const spec = this.options.optimizer as NonNullable<NetworkOptions['optimizer']>;
      const settings = { spec, decayed: this.#decayed, step: this.#step, learningRate };
      const held = clipped(tf, whole.gradients, spec.clip);
      const next = update(tf, this.#learning, held, settings);
      return [this.#withMoved(next.weights, whole.moved), whole.loss, held, ...next.slots];
    });
    this.#replace({ weights, slots });
    if (this.#gradients) this.surroundings.backend.dispose([this.#gradients]);
    this.#gradients = gradients;
    this.#losses.push(loss);
    this.#step++;
  }

  /** One part's share of the batch's loss and gradients, [parameters]; of what it took nothing else stays. */
  #backward(program: Program, inputs: Float32Array, targets: Float32Array, of: number, part: { first: number; rows: number }): Backward {
    const tf = this.#library;
    const share = part.rows / of;
    let names: string[] = [];
    const [gradients, loss, ...moved] = tf.tidy(() => {
      const pass = this.#pass(program, partOf(inputs, of, part), part);
      const wanted = partOf(targets, of, part);
      const classes = this.model.loss === 'softmaxCrossEntropy';
      pass.values.set(
        program.targets as number,
        classes ? tf.tensor1d(wanted) : tf.tensor2d(wanted, [part.rows, wanted.length / part.rows]),
      );
      for (const operation of program.operations) if (operation.kind !== 'update') execute(operation, pass);
      names = [...pass.moved.keys()];
      const found = [this.#joined(pass.gradients), pass.loss as Tensor];
      return [...(share === 1 ? found : found.map((value) => tf.mul(value, share))), ...pass.moved.values()];
    });
    return { gradients, loss, moved: new Map(names.map((name, index) => [name, moved[index]])) };
  }

  #sum(one: Backward, other: Backward): Backward {
    const tf = this.#library;
    const sum = { gradients: tf.add(one.gradients, other.gradients), loss: tf.add(one.loss, other.loss), moved: one.moved };
    tf.dispose([one.gradients, one.loss, other.gradients, other.loss]);
    return sum;
  }

  /** By parameter name to [parameters]; zeros for those that have none. */
  #joined(values: Map<string, Tensor>): Tensor {
    const tf = this.#library;
    return tf.concat(this.#list.map(({ name, size }) => tf.reshape(values.get(name) ?? tf.zeros([size]), [size])));
  }

  /** Running moments take the place of what stands there. */
  #withMoved(weights: Tensor, moved: Map<string, Tensor>): Tensor {
    if (moved.size === 0) return weights;
    const tf = this.#library;
    const mask = this.#joined(new Map(this.#list.filter(({ name }) => !moved.has(name)).map(({ name, size }) => [name, tf.ones([size])])));
    return tf.add(tf.mul(weights, mask), this.#joined(moved));
  }

  async gradients(): Promise<Float32Array | undefined> {
    this.#check(true);
    return this.#gradients && (await this.surroundings.read(this.#gradients)).slice();
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
    checkBatch(this.model, this.#indices, this.options.batchSize, rows, inputs);
    const { backend, read } = this.surroundings;
    const program = this.#inference;
    const answers = backend.run(() => {
      const parts = partsOf(rows, this.#rows).map((part) => this.#answers(program, partOf(inputs, rows, part), part));
      return parts.length === 1 ? parts[0] : this.#library.concat(parts);
    });
    try {
      return (await read(answers)).slice();
    } finally {
      backend.dispose([answers]);
    }
  }

  #answers(program: Program, inputs: Float32Array, part: { first: number; rows: number }): Tensor {
    return this.#library.tidy(() => {
      const pass = this.#pass(program, inputs, part);
      for (const operation of program.operations) execute(operation, pass);
      return pass.values.get(program.output) as Tensor;
    });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const { weights, slots } = this.#learning;
    this.surroundings.backend.dispose(
      [weights, ...slots, this.#decayed, this.#gradients, ...this.#losses].filter((tensor) => tensor !== undefined),
    );
    this.surroundings.onDispose(this);
  }

  #pass(program: Program, inputs: Float32Array, { first, rows }: { first: number; rows: number }): Pass {
    const tf = this.#library;
    const shaped = new Map(
      this.#list.map(({ name, offset, size, shape }) => [name, tf.reshape(tf.slice(this.#learning.weights, offset, size), shape)]),
    );
    return {
      library: tf,
      rows,
      first,
      values: new Map([[program.input, tf.tensor2d(inputs, [rows, this.model.inputs])]]),
      parameter: ({ name }) => shaped.get(name) as Tensor,
      gradients: new Map(),
      moved: new Map(),
      composed: this.surroundings.backend.name === 'cpu',
      seed: this.options.seed,
      step: this.#step,
    };
  }

  /** A copy: tfjs may keep the array that it is given. */
  #tensor(values: Float32Array): Tensor {
    return this.surroundings.backend.run(() => this.#library.tensor1d(values.slice()));
  }

  #replace(next: Learning): void {
    const kept = new Set([next.weights, ...next.slots]);
    const old = [this.#learning.weights, ...this.#learning.slots].filter((tensor) => !kept.has(tensor));
    this.#learning = next;
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
