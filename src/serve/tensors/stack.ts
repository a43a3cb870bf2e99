/** Tensors of several requests behind one another along their first axis, and answers apart again. */
import { arrayClass, elementsIn, type NamedTensor, type TensorData } from '../../infer/tensors/tensor.js';
import type { Batches } from '../batcher.js';

export interface Stack {
  /** The first extent of every tensor, where the model answers row by row. */
  rows: number;
  /** In the order of the model's inputs. */
  tensors: readonly NamedTensor[];
}

export const stacks = (
  run: (tensors: readonly NamedTensor[], signal: AbortSignal) => Promise<NamedTensor[]>,
): Batches<Stack, NamedTensor[]> => ({
  answer: ({ tensors }, signal) => run(tensors, signal),
  fits: (one, other) =>
    isEven(one) && isEven(other) && one.tensors.every(({ shape }, index) => sameBehind(shape, other.tensors[index].shape)),
  join: (given) => ({
    rows: given.reduce((sum, { rows }) => sum + rows, 0),
    tensors: given[0].tensors.map((_, index) => stacked(given.map(({ tensors }) => tensors[index]))),
  }),
  part: (outputs, start, rows) => outputs.map((output) => rowsOf(output, start, rows)),
});

/** What has different numbers of rows in its tensors is answered, or refused, by itself. */
const isEven = ({ rows, tensors }: Stack): boolean => tensors.every(({ shape }) => shape[0] === rows);

const sameBehind = (one: readonly number[], other: readonly number[]): boolean => one.slice(1).join() === other.slice(1).join();

/** @param tensors one or more of one type, which differ in their first extent alone */
export function stacked(tensors: readonly NamedTensor[]): NamedTensor {
  const [{ name, type, shape }] = tensors;
  const rows = tensors.reduce((sum, each) => sum + each.shape[0], 0);
  const Class = arrayClass(type);
  let data: TensorData;
  if (Class) {
    const numbers = new Class(elementsIn([rows, ...shape.slice(1)]));
    let place = 0;
    for (const each of tensors) {
      numbers.set(each.data as never, place);
      place += each.data.length;
    }
    data = numbers;
  } else data = tensors.flatMap((each) => [...(each.data as readonly string[])]);
  return { name, type, shape: [rows, ...shape.slice(1)], data };
}

export function rowsOf({ name, type, shape, data }: NamedTensor, start: number, rows: number): NamedTensor {
  const width = elementsIn(shape.slice(1));
  return { name, type, shape: [rows, ...shape.slice(1)], data: data.slice(start * width, (start + rows) * width) };
}
