/** Axes of a dense array in another order, as other libraries want weights, and back. */

/** The array whose axis i is axis `order[i]` of the given one. */
export function permuted(values: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, extent) => product * extent, 1));
  const extents = order.map((axis) => shape[axis]);
  const steps = order.map((axis) => strides[axis]);
  const result = new Float32Array(values.length);
  const place = extents.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = values[from];
    for (let axis = extents.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      if (++place[axis] < extents[axis]) break;
      from -= steps[axis] * extents[axis];
      place[axis] = 0;
    }
  }
  return result;
}

/** The order that undoes an order. */
export const inverseOrder = (order: readonly number[]): number[] => order.map((_, axis) => order.indexOf(axis));
