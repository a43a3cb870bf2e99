/** What a class of Keras is here: a form for its settings, and a function that adds our layers for it. */
import * as z from 'zod/mini';
import type { Shape } from '../../../compute/plan/shapes.js';
import type { Activation, Padding } from '../../../spec/layer.js';
import { validate } from '../../../spec/validate.js';
import { whyOf } from '../damaged.js';
import type { NetworkBuilder, Place } from '../network/builder.js';
import { ForeignNode } from '../network/foreign-node.js';
import type { StoredTensor } from './manifest.js';
import type { KerasNode } from './topology.js';

/** What a layer of Keras gives: a place, and zeros around it that the next layer has to bring. */
export interface Given {
  place: Place;
  padding?: Cells;
  /** The last one ends in a softmax, which is the loss's part here. */
  isSoftmax?: boolean;
}
/** [top, left, bottom, right] */
export type Cells = Exclude<Padding, string>;

export class At extends ForeignNode {
  readonly node: KerasNode;
  readonly given: readonly Given[];
  readonly #tensors: ReadonlyMap<string, StoredTensor>;

  constructor(
    node: KerasNode,
    network: NetworkBuilder,
    given: readonly Given[],
    tensors: ReadonlyMap<string, StoredTensor>,
    isLast: boolean,
  ) {
    super(node.name, node.className, network, isLast);
    this.node = node;
    this.given = given;
    this.#tensors = tensors;
  }

  /** Of the first that it reads. */
  get shape(): Shape {
    return this.network.shapeOf(this.given[0].place);
  }

  add(layer: Parameters<NetworkBuilder['add']>[0], weights: readonly Float32Array[] = [], from: readonly Place[] = this.places): Place {
    return this.network.add(layer, from, this.name, weights);
  }

  get places(): Place[] {
    return this.given.map(({ place }) => place);
  }

  /** @throws InputError `network-not-convertible` where it is not there in this shape */
  weight(role: string, shape: readonly number[]): Float32Array {
    const called = `${this.name}/${role}`;
    const tensor = this.#tensors.get(called);
    if (!tensor) throw this.refused(`its weights "${called}" are not in the manifest`);
    const fits = tensor.shape.length === shape.length && tensor.shape.every((extent, axis) => extent === shape[axis]);
    if (!fits) throw this.refused(`its weights "${called}" have the shape [${tensor.shape.join(', ')}], and not [${shape.join(', ')}]`);
    const values = tensor.values();
    if (!values) throw this.refused(`its weights "${called}" are not numbers of single precision`);
    return values;
  }

  /** A layer's own activation behind it. */
  activated(place: Place, name: string): Given {
    if (name === 'linear') return { place };
    if (name === 'softmax') {
      this.requireEnd(this.network.shapeOf(place).length === 1);
      return { place, isSoftmax: true };
    }
    if (name === 'relu6') return { place: this.limited(place, 6) };
    const activation = activations.get(name);
    if (!activation) throw this.refused(`there is no activation "${name.slice(0, 100)}"`);
    return { place: this.network.add({ kind: 'activation', activation }, [place], this.name) };
  }
}

/** Keras's name → ours. */
const activations = new Map<string, Activation>([
  ['relu', 'relu'],
  ['tanh', 'tanh'],
  ['sigmoid', 'sigmoid'],
  ['gelu', 'gelu'],
  ['swish', 'silu'],
  ['silu', 'silu'],
  ['elu', 'elu'],
]);

export interface KerasReader {
  /** Whether it can bring the zeros that an earlier layer asks for. */
  pads?: boolean;
  read(at: At): Given;
}

/** @throws InputError `network-not-convertible` where its settings have another form */
export const reader = <Schema extends z.ZodMiniType>(
  config: Schema,
  read: (settings: z.infer<Schema>, at: At) => Given,
  pads = false,
): KerasReader => ({
  pads,
  read(at) {
    let settings: z.infer<Schema>;
    try {
      settings = validate(config, at.node.config, 'config');
    } catch (cause) {
      throw at.refused(whyOf(cause, 'its settings have another form'), cause);
    }
    return read(settings, at);
  },
});

/** Settings that Keras writes null where they are left out. */
export const maybe = <Schema extends z.ZodMiniType>(schema: Schema) => z.optional(z.nullable(schema));
export const word = z.string().check(z.maxLength(100));
export const whole = z.number().check(z.int(), z.minimum(1), z.maximum(2 ** 20));
/** One number for both axes, or one for each. */
export const pair = z.union([
  z.tuple([whole, whole]),
  z.pipe(
    whole,
    z.transform((extent): [number, number] => [extent, extent]),
  ),
]);
/** One number, or a list of it. */
export const single = z.union([
  whole,
  z.pipe(
    z.tuple([whole]),
    z.transform(([extent]) => extent),
  ),
]);
