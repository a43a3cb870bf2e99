/** Tensors as JSON has them: lists within lists, whose lengths are the shape. */
import { InputError } from '../../base/errors.js';
import { fromHalf, toHalf } from '../../base/half.js';
import { shown } from '../../spec/expectation.js';
import type { ElementType, TensorSpec } from '../../spec/tensor-model.js';
import { unknownInput, wrongInput } from './check.js';
import { arrayClass, canBeGiven, elementsIn, type NamedTensor, type TensorData } from './tensor.js';

const deepest = 16;

/**
 * Whole numbers of 64 bits may be texts of digits, since JSON's numbers end at 2⁵³.
 * @throws InputError `wrong-input` naming the tensor, what was expected and what was given
 */
export function tensorOfJson(spec: TensorSpec, value: unknown): NamedTensor {
  const { name, type } = spec;
  if (!canBeGiven(type)) throw wrongInput(spec, 'values');
  const shape = shapeIn(spec, value);
  const flat = flattened(spec, value, shape);
  return { name, type, shape, data: dataOf(spec, type, flat) };
}

/** @param tensors nested lists by name. @throws InputError `unknown-input`, and as `tensorOfJson` does; what is missing is told when it is run */
export function tensorsOfJson(inputs: readonly TensorSpec[], tensors: unknown): NamedTensor[] {
  if (typeof tensors !== 'object' || tensors === null || Array.isArray(tensors)) {
    throw new InputError('wrong-input', `${shown(tensors, [])} is no object with a tensor for each input.`, {
      advice: `Give {${inputs.map(({ name }) => `"${name}": …`).join(', ')}}, each as nested lists.`,
    });
  }
  return Object.entries(tensors).map(([name, value]) => {
    const spec = inputs.find((input) => input.name === name);
    if (spec) return tensorOfJson(spec, value);
    throw unknownInput(name, inputs);
  });
}

/** Of the first item at each depth; `flattened` holds the others to it. */
function shapeIn(spec: TensorSpec, value: unknown): number[] {
  const shape: number[] = [];
  for (let inner = value; Array.isArray(inner); inner = inner[0]) {
    shape.push(inner.length);
    if (shape.length > deepest) throw wrongInput(spec, `lists more than ${deepest} within one another`);
  }
  return shape;
}

function flattened(spec: TensorSpec, value: unknown, shape: readonly number[]): unknown[] {
  const flat: unknown[] = [];
  const visit = (inner: unknown, axis: number): void => {
    if (axis === shape.length) {
      if (Array.isArray(inner)) throw wrongInput(spec, 'lists of several depths');
      flat.push(inner);
    } else if (!Array.isArray(inner) || inner.length !== shape[axis]) throw wrongInput(spec, 'lists of several lengths');
    else for (const each of inner) visit(each, axis + 1);
  };
  visit(value, 0);
  return flat;
}

/** @param flat row-major. @throws InputError `wrong-input` */
export function dataOf(spec: TensorSpec, type: ElementType, flat: readonly unknown[]): TensorData {
  const Class = arrayClass(type);
  if (!Class) {
    if (flat.every((text): text is string => typeof text === 'string')) return flat;
    throw wrongInput(
      spec,
      shown(
        flat.find((text) => typeof text !== 'string'),
        [],
      ),
    );
  }
  const data = new Class(flat.length);
  const element = elementOf(spec, type);
  for (let index = 0; index < flat.length; index++) {
    const value = element(flat[index]);
    (data as unknown as (number | bigint)[])[index] = value;
    // What an array cannot hold it changes without a word; fractions of single precision alone may change.
    if (typeof value === 'number' && !type.startsWith('float') && data[index] !== value) throw wrongInput(spec, `${value}`);
    if (typeof value === 'bigint' && data[index] !== value) throw wrongInput(spec, `${value}`);
  }
  return data;
}

function elementOf(spec: TensorSpec, type: ElementType): (value: unknown) => number | bigint {
  const refuse = (value: unknown): never => {
    throw wrongInput(spec, shown(value, []));
  };
  if (type === 'bool') return (value) => (typeof value === 'boolean' ? Number(value) : value === 0 || value === 1 ? value : refuse(value));
  if (type === 'int64' || type === 'uint64')
    return (value) =>
      Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) ? BigInt(value as number) : refuse(value);
  if (type === 'float16') return (value) => (typeof value === 'number' ? toHalf(value) : refuse(value));
  return (value) => (typeof value === 'number' ? value : refuse(value));
}

/** Values as JSON has them, row-major: whole numbers beyond 2⁵³ as texts of digits. */
export function valuesOf({ type, data }: NamedTensor): (number | string | boolean)[] {
  if (type === 'float16') return Array.from(data as Uint16Array, fromHalf);
  if (type === 'bool') return Array.from(data as Uint8Array, (value) => value !== 0);
  return Array.from(data as ArrayLike<number | bigint | string>, (value) => {
    if (typeof value !== 'bigint') return value;
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  });
}

/** Lists within lists. */
export const jsonOfTensor = (tensor: NamedTensor): unknown => nested(valuesOf(tensor), tensor.shape);

/** @param values of a tensor of this shape, row-major */
export function nested(values: readonly unknown[], shape: readonly number[]): unknown {
  if (shape.length === 0) return values[0];
  const [extent, ...inner] = shape;
  const width = elementsIn(inner);
  return Array.from({ length: extent }, (_, index) =>
    inner.length === 0 ? values[index] : nested(values.slice(index * width, (index + 1) * width), inner),
  );
}
