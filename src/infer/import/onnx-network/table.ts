/** Every operator of ONNX that our layers can stand for. To add one: its line here, and its function beside it. */
import { sizeOf } from '../../../compute/plan/shapes.js';
import {
  activated,
  clip,
  concatenated,
  divided,
  elu,
  gemm,
  layerNormalized,
  leaky,
  multiplied,
  normalized,
  product,
  softmax,
  subtracted,
  sum,
} from './arithmetic.js';
import { type At, inOrder, isSame, type Value } from './value.js';
import { convolution, overPlaces, padded, pooling, reduced } from './windows.js';

type Operator = (at: At) => Value;

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['Add', sum],
  ['AveragePool', (at) => pooling(at, 'average')],
  ['BatchNormalization', normalized],
  ['Clip', clip],
  ['Concat', concatenated],
  ['Conv', convolution],
  ['Div', divided],
  ['Dropout', (at) => (at.optional(2)?.[0] ? refuse(at, 'it drops numbers at random (training_mode)') : at.value())],
  ['Elu', elu],
  ['Flatten', (at) => (at.axis(at.number('axis', 1), at.value()) === 1 ? flat(at) : refuse(at, 'it does not keep the rows'))],
  ['Gelu', (at) => ((at.text('approximate') ?? 'none') === 'none' ? activated(at, 'gelu') : refuse(at, 'it is an approximation'))],
  ['Gemm', gemm],
  ['GlobalAveragePool', (at) => overPlaces(at, 'globalAveragePool', at.channelsSecond())],
  ['GlobalMaxPool', (at) => overPlaces(at, 'globalMaxPool', at.channelsSecond())],
  ['Identity', (at) => at.value()],
  ['LayerNormalization', layerNormalized],
  ['LeakyRelu', leaky],
  ['MatMul', product],
  ['MaxPool', (at) => (at.node.outputs.length > 1 ? refuse(at, 'its indices are asked for') : pooling(at, 'max'))],
  ['Mul', multiplied],
  ['Pad', padded],
  ['ReduceMax', (at) => reduced(at, 'globalMaxPool')],
  ['ReduceMean', (at) => reduced(at, 'globalAveragePool')],
  ['Relu', (at) => activated(at, 'relu')],
  ['Reshape', reshaped],
  ['Sigmoid', (at) => activated(at, 'sigmoid')],
  ['Softmax', softmax],
  ['Squeeze', squeezed],
  ['Sub', subtracted],
  ['Sum', sum],
  ['Tanh', (at) => activated(at, 'tanh')],
  ['Transpose', transposed],
]);

/** Undefined where ours have no layer for it. */
export const operatorOf = (name: string, domain: string): Operator | undefined =>
  domain === '' || domain === 'ai.onnx' ? operators.get(name) : undefined;

const refuse = (at: At, why: string): never => {
  throw at.refused(why);
};

function transposed(at: At): Value {
  const value = at.value();
  const order = at.numbers('perm') ?? value.axes.map((_, axis) => value.axes.length - 1 - axis);
  const isOrder = order.length === value.axes.length && order[0] === 0 && new Set(order).size === order.length;
  if (!isOrder || value.flattened || value.padding) throw at.refused('it moves the rows, or what is flat');
  return { ...value, axes: order.map((axis) => value.axes[at.axis(axis, value)]) };
}

/** All but the rows in one axis. Its order stays the other program's, for whoever reads it to undo. */
function flat(at: At): Value {
  const { padding, ...value } = at.value();
  if (padding) throw at.refused('zeros were put around what it reads');
  if (value.axes.length === 2) return value;
  const shape = at.shapeOf(value);
  const place = at.add({ kind: 'flatten' });
  const isMoved = !isSame(
    longOnes(value.axes, shape),
    [...longOnes(value.axes, shape)].sort((one, other) => one - other),
  );
  return { place, axes: [0, 1], ...(isMoved ? { flattened: { shape, axes: value.axes } } : {}) };
}

/** Axes that are longer than one, in their order: the others can stand anywhere. */
const longOnes = (axes: readonly number[], shape: readonly number[]): number[] => axes.slice(1).filter((axis) => shape[axis - 1] > 1);

function reshaped(at: At): Value {
  const value = at.value();
  const all = sizeOf(at.shapeOf(value));
  const [rows, ...wanted] = Array.from(at.constant(1).values);
  // The rows stay: as they are, as what is left, or as the one that the file was made for.
  if (rows !== -1 && rows !== 0 && rows !== 1) throw at.refused('it does not keep the rows');
  const ours = at.shapeOf(value);
  const known = wanted.map((extent, axis) => (extent === 0 ? ours[(value.axes[axis + 1] ?? 0) - 1] : extent));
  const given = sizeOf(known.filter((extent) => extent !== -1));
  const shape = known.map((extent) => (extent === -1 ? all / given : extent));
  if (sizeOf(shape) !== all || (rows === -1 && wanted.includes(-1)))
    throw at.refused(`it makes [${[rows, ...wanted].join(', ')}] of ${all} numbers`);
  if (shape.length === 1) return flat(at);
  const isInOrder = inOrder(value.axes) && !value.flattened && !value.padding;
  const flattened = isInOrder ? undefined : flat(at);
  if (flattened?.flattened || shape.length > 3) throw at.refused('it gives numbers another order than ours');
  const place = at.add({ kind: 'reshape', shape }, [], [(flattened ?? value).place]);
  return { place, axes: [0, ...shape.map((_, axis) => axis + 1)] };
}

/** Of places that are one long: what is left is flat. */
function squeezed(at: At): Value {
  const value = at.value();
  const axes = (at.numbers('axes') ?? Array.from(at.optional(1) ?? [])).map((axis) => at.axis(axis, value));
  const left = value.axes.filter((_, axis) => axis > 0 && !axes.includes(axis));
  const isOnes = axes.every((axis) => axis > 0 && at.shapeOf(value)[value.axes[axis] - 1] === 1);
  if (left.length !== 1 || !isOnes) throw at.refused('it leaves more than the channels');
  return flat(at);
}
