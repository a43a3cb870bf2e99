/** Tensors by name, as a caller has them and as they cross a worker's boundary: plain data. */
import type { ElementType } from '../../spec/tensor-model.js';

/**
 * Row-major. Of `bool` 0 and 1; of `float16` the bits of each (IEEE 754 binary16), since not every host has an array for them; whole numbers of
 * 64 bits as bigints.
 */
export type TensorData =
  | Float32Array
  | Float64Array
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | readonly string[];

export interface NamedTensor {
  name: string;
  type: ElementType;
  /** Empty where it is one value alone. */
  shape: readonly number[];
  data: TensorData;
}

type ArrayClass = {
  new (length: number): Exclude<TensorData, readonly string[]>;
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
};

const classes: ReadonlyMap<ElementType, ArrayClass> = new Map<ElementType, ArrayClass>([
  ['float32', Float32Array],
  ['float64', Float64Array],
  ['float16', Uint16Array],
  ['bool', Uint8Array],
  ['uint8', Uint8Array],
  ['int8', Int8Array],
  ['uint16', Uint16Array],
  ['int16', Int16Array],
  ['uint32', Uint32Array],
  ['int32', Int32Array],
  ['uint64', BigUint64Array],
  ['int64', BigInt64Array],
]);

/** Undefined of texts, and of elements that cannot be computed with. */
export const arrayClass = (type: ElementType): ArrayClass | undefined => classes.get(type);

export const canBeGiven = (type: string): type is ElementType => type === 'string' || classes.has(type as ElementType);

export const elementsIn = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);
