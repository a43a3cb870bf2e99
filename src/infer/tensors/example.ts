/** Tensors that are made up, to see how a model does with them. */
import { toHalf } from '../../base/half.js';
import type { Random } from '../../base/random.js';
import type { TensorSpec } from '../../spec/tensor-model.js';
import { arrayClass, elementsIn, type NamedTensor } from './tensor.js';

export interface ExampleValues {
  /** Of fractions, which are standard normal. */
  random: Random;
  /** What stands at a place where numbers are whole: they may be places in a table. */
  whole(place: number): number;
}

/** @param spec of a type that can be given. Texts are whole numbers in digits */
export function exampleTensor({ name, type }: TensorSpec, shape: readonly number[], { random, whole }: ExampleValues): NamedTensor {
  const given = { name, type: type as NamedTensor['type'], shape };
  const elements = elementsIn(shape);
  const Class = arrayClass(given.type);
  if (!Class) return { ...given, data: Array.from({ length: elements }, (_, place) => String(whole(place))) };
  const data = new Class(elements);
  for (let place = 0; place < elements; place++) {
    if (data instanceof Float32Array || data instanceof Float64Array) data[place] = random.normal();
    else if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[place] = BigInt(whole(place));
    else data[place] = type === 'float16' ? toHalf(random.normal()) : whole(place);
  }
  return { ...given, data };
}
