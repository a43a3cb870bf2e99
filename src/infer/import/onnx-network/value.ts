/** What an ONNX node gives, beside what our layer gives for it: the same numbers, maybe with their axes in another order. */
import type { Shape } from '../../../compute/plan/shapes.js';
import type { NetworkBuilder, Place } from '../network/builder.js';
import { ForeignNode } from '../network/foreign-node.js';
import type { Constant } from './constant.js';
import type { OnnxNode } from './graph.js';

export interface Value {
  place: Place;
  /** The axis of ours at each axis of ONNX's; 0 is the rows. Channels come last with us, and second with ONNX. */
  axes: readonly number[];
  /** Of what was made flat with its axes in another order: the shape that it had with us, and that order. */
  flattened?: { shape: Shape; axes: readonly number[] };
  /** Zeros that the next convolution brings: [top, left, bottom, right]. */
  padding?: [number, number, number, number];
  isSoftmax?: boolean;
}

export const channelsFirst = (rank: number): number[] => [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, axis) => axis + 1)];
export const inOrder = (axes: readonly number[]): boolean => axes.every((axis, index) => axis === index);
export const isSame = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((axis, index) => axis === other[index]);

/** Whether two have their numbers in the same order, where their shapes are the same. */
export const isAligned = (one: Value, other: Value): boolean =>
  isSame(one.axes, other.axes) &&
  isSame(one.flattened?.shape ?? [], other.flattened?.shape ?? []) &&
  isSame(one.flattened?.axes ?? [], other.flattened?.axes ?? []);

/** A node, with what it reads. */
export class At extends ForeignNode {
  readonly node: OnnxNode;
  readonly #values: ReadonlyMap<string, Value>;
  readonly #constants: ReadonlyMap<string, Constant>;

  constructor(
    node: OnnxNode,
    network: NetworkBuilder,
    values: ReadonlyMap<string, Value>,
    constants: ReadonlyMap<string, Constant>,
    isLast: boolean,
  ) {
    super(node.name, node.operator, network, isLast);
    this.node = node;
    this.#values = values;
    this.#constants = constants;
  }

  /** @throws InputError `network-not-convertible` where it is a constant, or comes from nowhere */
  value(input = 0): Value {
    const found = this.#values.get(this.node.inputs[input] ?? '');
    if (found) return found;
    throw this.refused(`its input "${this.node.inputs[input] ?? input}" is not computed from the network's input`);
  }

  isConstant(input: number): boolean {
    return this.#constants.has(this.node.inputs[input] ?? '');
  }

  /** @throws InputError `network-not-convertible` where it is computed, or has elements of another type */
  constant(input: number): { extents: readonly number[]; values: Float32Array } {
    const name = this.node.inputs[input] ?? '';
    const found = this.#constants.get(name);
    if (!found) throw this.refused(`its input "${name}" is not a constant`);
    const values = found.values();
    if (!values) throw this.refused(`its constant "${name}" is of a type that is not read`);
    return { extents: found.extents, values };
  }

  isGiven(input: number): boolean {
    return (this.node.inputs[input] ?? '') !== '';
  }

  optional(input: number): Float32Array | undefined {
    return this.isGiven(input) ? this.constant(input).values : undefined;
  }

  number(setting: string, otherwise: number): number {
    return this.node.settings.get(setting)?.number ?? otherwise;
  }

  numbers(setting: string): number[] | undefined {
    return this.node.settings.get(setting)?.numbers;
  }

  text(setting: string): string | undefined {
    return this.node.settings.get(setting)?.text;
  }

  add(
    layer: Parameters<NetworkBuilder['add']>[0],
    weights: readonly Float32Array[] = [],
    from: readonly Place[] = [this.value().place],
  ): Place {
    return this.network.add(layer, from, this.name, weights);
  }

  shapeOf({ place }: Value): Shape {
    return this.network.shapeOf(place);
  }

  /** Axes counted from the end as counted from the beginning. */
  axis(axis: number, { axes }: Value): number {
    const own = axis < 0 ? axis + axes.length : axis;
    if (Number.isInteger(own) && own >= 0 && own < axes.length) return own;
    throw this.refused(`it has no axis ${axis}`);
  }

  /** @throws InputError `network-not-convertible` where channels do not come second, or what is flat is in another order */
  channelsSecond(value = this.value()): Value {
    if (isSame(value.axes, channelsFirst(value.axes.length)) && !value.flattened && !value.padding) return value;
    throw this.refused(value.padding ? 'zeros were put around what it reads' : 'its axes are in another order than rows, channels, places');
  }
}
