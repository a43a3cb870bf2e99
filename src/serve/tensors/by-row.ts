/**
 * Whether a model answers each row by itself, so that requests of several callers may be computed together: an open first axis says nothing of that,
 * and a graph that sums along it would tell one caller of another. So it is tried: two rows together, and each alone.
 */
import { Random } from '../../base/random.js';
import type { TensorPredictor } from '../../infer/tensors/predictor.js';
import { arrayClass, elementsIn, type NamedTensor } from '../../infer/tensors/tensor.js';
import type { TensorSpec } from '../../spec/tensor-model.js';
import { rowsOf, stacked } from './stack.js';

/** Of axes behind the first that are open. */
const exampleExtent = 2;
/** Elements of a row: a larger one takes longer to make than batches gain. */
const mostElements = 2 ** 20;
/** Relative to the largest value of an output: other shapes are computed in another order. */
const tolerance = 1e-4;

export const hasRows = ({ shape = [] }: TensorSpec): boolean => shape.length > 0 && typeof shape[0] !== 'number';

/** False where it cannot be told: then it is answered one request at a time. */
export async function answersByRow(predictor: TensorPredictor): Promise<boolean> {
  const { inputs, outputs } = predictor;
  if (inputs.length === 0 || ![...inputs, ...outputs].every(hasRows)) return false;
  if (inputs.reduce((sum, spec) => sum + elementsIn(extentsOf(spec)), 0) > mostElements) return false;
  try {
    const rows = [0, 1].map((row) => inputs.map((spec, index) => exampleOf(spec, row, index, extentsOf(spec))));
    const together = await predictor.run(inputs.map((_, index) => stacked(rows.map((tensors) => tensors[index]))));
    for (const [row, tensors] of rows.entries()) {
      const alone = await predictor.run(tensors);
      if (!alone.every((output, index) => isSame(output, together[index], row))) return false;
    }
    return true;
  } catch {
    return false;
  }
}

const extentsOf = ({ shape = [] }: TensorSpec): number[] =>
  shape.slice(1).map((extent) => (typeof extent === 'number' ? extent : exampleExtent));

/** Whole numbers are 0 and 1: they may be places in a table. They differ from row to row. */
function exampleOf({ name, type }: TensorSpec, row: number, input: number, extents: readonly number[]): NamedTensor {
  const elements = elementsIn(extents);
  const Class = arrayClass(type as NamedTensor['type']);
  if (!Class)
    return { name, type: 'string', shape: [1, ...extents], data: Array.from({ length: elements }, (_, place) => `${(place + row) % 2}`) };
  const random = new Random(1 + row, `example ${input}`);
  const data = new Class(elements);
  for (let place = 0; place < elements; place++) {
    if (data instanceof Float32Array || data instanceof Float64Array) data[place] = random.normal();
    else (data as unknown as (number | bigint)[])[place] = typeof data[place] === 'bigint' ? BigInt((place + row) % 2) : (place + row) % 2;
  }
  return { name, type: type as NamedTensor['type'], shape: [1, ...extents], data };
}

function isSame(alone: NamedTensor, together: NamedTensor, row: number): boolean {
  if (together.shape[0] !== 2 || alone.shape[0] !== 1 || together.shape.slice(1).join() !== alone.shape.slice(1).join()) return false;
  const own = rowsOf(together, row, 1).data;
  const { data } = alone;
  if (!(data instanceof Float32Array || data instanceof Float64Array))
    return data.every((value: unknown, place: number) => value === own[place]);
  let scale = 1e-6;
  for (const value of data) scale = Math.max(scale, Math.abs(value));
  return data.every((value: number, place: number) => {
    const other = own[place] as number;
    return Object.is(value, other) || Math.abs(value - other) <= tolerance * scale;
  });
}
