/** Whether two tensors say the same, though they were computed in another order or on another device. */
import { fromHalf } from '../../base/half.js';
import type { NamedTensor } from './tensor.js';

/**
 * Whole numbers and texts are held to each other exactly.
 * @param tolerance of fractions, as a share of the largest of the first
 */
export function isClose(one: NamedTensor, other: NamedTensor, tolerance: number): boolean {
  if (one.type !== other.type || one.shape.join() !== other.shape.join()) return false;
  const [values, others] = [fractionsIn(one), fractionsIn(other)];
  if (!values || !others) return Array.from<unknown>(one.data).every((value, place) => value === other.data[place]);
  let scale = 1e-6;
  for (const value of values) if (Number.isFinite(value)) scale = Math.max(scale, Math.abs(value));
  return values.every((value, place) => Object.is(value, others[place]) || Math.abs(value - others[place]) <= tolerance * scale);
}

/** Undefined where they are none. */
function fractionsIn({ type, data }: NamedTensor): Float32Array | Float64Array | undefined {
  if (data instanceof Float32Array || data instanceof Float64Array) return data;
  return type === 'float16' ? Float32Array.from(data as Uint16Array, fromHalf) : undefined;
}
