/** Products, sums and activations of ONNX. */
import type { Activation } from '../../../spec/layer.js';
import { permuted } from '../../export/permute.js';
import type { Place } from '../network/builder.js';
import { affine, filled } from '../network/pieces.js';
import { type At, inOrder, isAligned, type Value } from './value.js';

const placesOf = (values: readonly Value[]): Place[] => values.map(({ place }) => place);

export const activated = (at: At, activation: Activation): Value => {
  const { padding, ...value } = at.value();
  if (padding) throw at.refused('zeros were put around what it reads');
  return { ...value, place: at.add({ kind: 'activation', activation }) };
};

export function leaky(at: At): Value {
  at.requireLeakySlope(at.number('alpha', 0.01));
  return activated(at, 'leakyRelu');
}

export function elu(at: At): Value {
  if (at.number('alpha', 1) !== 1) throw at.refused('its alpha is not 1');
  return activated(at, 'elu');
}

/** From zero on it is a ReLU, with a largest value or none. */
export function clip(at: At): Value {
  const value = at.value();
  const least = at.optional(1)?.[0] ?? at.number('min', Number.NEGATIVE_INFINITY);
  const most = at.optional(2)?.[0] ?? at.number('max', Number.POSITIVE_INFINITY);
  if (least !== 0) throw at.refused('it does not begin at zero');
  if (most > 1e30) return activated(at, 'relu');
  if (value.padding) throw at.refused('zeros were put around what it reads');
  return { ...value, place: at.limited(value.place, most) };
}

export function normalized(at: At): Value {
  const value = at.value();
  if (at.number('training_mode', 0) !== 0 || at.node.outputs.length > 1) throw at.refused('it normalises by the moments of each batch');
  if (at.number('spatial', 1) === 0) throw at.refused('it has moments of its own for each place');
  if (value.axes.length > 2 || value.flattened) at.channelsSecond(value);
  const moments = [1, 2, 3, 4].map((input) => numbersFor(at, input, at.shapeOf(value).at(-1) as number));
  return { ...value, place: at.add({ kind: 'batchNormalization', epsilon: at.number('epsilon', 1e-5) }, moments) };
}

export function layerNormalized(at: At): Value {
  const value = at.value();
  const axis = at.axis(at.number('axis', -1), value);
  const isLast = axis === value.axes.length - 1 && value.axes[axis] === axis && !value.flattened && !value.padding;
  if (!isLast) throw at.refused('it does not run over the channels of each place');
  const channels = at.shapeOf(value).at(-1) as number;
  const weights = [numbersFor(at, 1, channels), at.isGiven(2) ? numbersFor(at, 2, channels) : filled(channels, 0)];
  return { ...value, place: at.add({ kind: 'layerNormalization', epsilon: at.number('epsilon', 1e-5) }, weights) };
}

/** A · B + C of what is flat. */
export function gemm(at: At): Value {
  if (at.number('alpha', 1) !== 1 || at.number('beta', 1) !== 1 || at.number('transA', 0) !== 0)
    throw at.refused('it has factors, or turns what it reads');
  const { extents, values } = at.constant(1);
  if (extents.length !== 2) throw at.refused('its weights are no matrix');
  const turned = at.number('transB', 0) !== 0;
  const [inputs, units] = turned ? [extents[1], extents[0]] : extents;
  const bias = at.isGiven(2) ? numbersFor(at, 2, units) : filled(units, 0);
  return dense(at, turned ? permuted(values, extents, [1, 0]) : values, inputs, units, bias);
}

/** One number for each channel or unit, or one for all. @throws InputError `network-not-convertible` */
function numbersFor(at: At, input: number, length: number): Float32Array {
  const { extents, values } = at.constant(input);
  if (values.length === 1) return filled(length, values[0]);
  if (values.length === length && extents.at(-1) === length) return values;
  throw at.refused(`its constant has the shape [${extents.join(', ')}], and not [${length}]`);
}

export function product(at: At): Value {
  const { extents, values } = at.constant(1);
  if (extents.length !== 2) throw at.refused('its weights are no matrix');
  return dense(at, values, extents[0], extents[1], filled(extents[1], 0));
}

function dense(at: At, weights: Float32Array, inputs: number, units: number, bias: Float32Array): Value {
  const { flattened, ...value } = at.value();
  if (value.axes.at(-1) !== value.axes.length - 1 || value.padding)
    throw at.refused('its axes are in another order: the channels are not the last');
  if (at.shapeOf(value).at(-1) !== inputs)
    throw at.refused(`it is given ${at.shapeOf(value).at(-1)} numbers, and its weights are for ${inputs}`);
  // What was flattened with its channels first has its numbers in another order than ours.
  const rows = flattened ? rowsInOurOrder(weights, flattened, units) : weights;
  return { ...value, place: at.add({ kind: 'dense', units, activation: 'linear' }, [rows, bias]) };
}

function rowsInOurOrder(weights: Float32Array, { shape, axes }: NonNullable<Value['flattened']>, units: number): Float32Array {
  const theirs = axes.slice(1).map((axis) => shape[axis - 1]);
  const order = shape.map((_, axis) => axes.slice(1).indexOf(axis + 1));
  return permuted(weights, [...theirs, units], [...order, shape.length]);
}

/** Of what is computed the sum; what is constant is a shift. */
export function sum(at: At): Value {
  const inputs = at.node.inputs.map((_, input) => input);
  const values = inputs.filter((input) => !at.isConstant(input)).map((input) => at.value(input));
  const constants = inputs.filter((input) => at.isConstant(input));
  return constants.reduce((value, input) => affineOf(at, value, input, (shift) => ({ scale: 1, shift })), added(at, values));
}

function added(at: At, values: readonly Value[]): Value {
  const [first, ...others] = values;
  if (!first) throw at.refused('it adds up constants alone');
  if (others.length === 0) return first;
  if (!values.every((value) => isAligned(value, first) && !value.padding))
    throw at.refused('what it adds up has its axes in different orders');
  return { ...first, place: at.add({ kind: 'add', from: ['a', 'b'] }, [], placesOf(values)) };
}

/** x · σ(x), or a factor for each channel. */
export function multiplied(at: At): Value {
  const scaled = (factor: number) => ({ scale: factor, shift: 0 });
  if (at.isConstant(0)) return affineOf(at, at.value(1), 0, scaled);
  if (at.isConstant(1)) return affineOf(at, at.value(0), 1, scaled);
  const values = [at.value(0), at.value(1)];
  for (const [one, other] of [values, [...values].reverse()]) {
    const gate = at.network.layerAt(one.place);
    const isGate = gate?.kind === 'activation' && gate.activation === 'sigmoid' && at.network.inputsOf(one.place)[0] === other.place;
    if (isGate && isAligned(one, other) && !other.padding) {
      return { ...other, place: at.add({ kind: 'activation', activation: 'silu' }, [], [other.place]) };
    }
  }
  throw at.refused('it multiplies what is computed with what is computed');
}

export const subtracted = (at: At): Value => affineOf(at, at.value(), 1, (shift) => ({ scale: 1, shift: -shift }));
export const divided = (at: At): Value => affineOf(at, at.value(), 1, (divisor) => ({ scale: 1 / divisor, shift: 0 }));

/** @param input the constant: one number, or one for each channel */
function affineOf(at: At, value: Value, input: number, by: (number: number) => { scale: number; shift: number }): Value {
  const { extents, values } = at.constant(input);
  const channels = at.shapeOf(value).at(-1) as number;
  const axis = value.axes.indexOf(value.axes.length - 1);
  // Aligned at the end, as all broadcasting is.
  const along = extents.findIndex((extent) => extent !== 1);
  const isOne = along < 0;
  const fits = isOne || (values.length === channels && along + value.axes.length - extents.length === axis);
  if (!fits || extents.length > value.axes.length || value.padding || (value.flattened && !isOne))
    throw at.refused('its constant is not one for each channel');
  const numbers = Array.from({ length: channels }, (_, channel) => by(isOne ? values[0] : values[channel]));
  const place = affine(
    at.network,
    value.place,
    Float32Array.from(numbers, ({ scale }) => scale),
    Float32Array.from(numbers, ({ shift }) => shift),
    at.name,
  );
  return { ...value, place };
}

export function concatenated(at: At): Value {
  const values = at.node.inputs.map((_, input) => at.value(input));
  const [first] = values;
  const axis = at.axis(at.number('axis', 0), first);
  const isAlike = values.every((value) => isAligned(value, first) && !value.padding);
  if (!isAlike || first.flattened || first.axes[axis] !== first.axes.length - 1) throw at.refused('it does not put channels side by side');
  if (values.length === 1) return first;
  return { ...first, place: at.add({ kind: 'concatenate', from: ['a', 'b'] }, [], placesOf(values)) };
}

export function softmax(at: At): Value {
  const value = at.value();
  const isFlat = value.axes.length === 2 && inOrder(value.axes) && !value.flattened;
  at.requireEnd(isFlat && at.axis(at.number('axis', -1), value) === 1);
  return { ...value, isSoftmax: true };
}
