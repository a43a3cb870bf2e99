/** Numbers to groups of about as many rows each. */
import { SortedValues } from './sorted-values.js';

export interface Grouped {
  groups: Int32Array;
  count: number;
}

/** At most `bins` groups between quantiles; equal values are never parted. NaN must not occur. */
export function quantileBins(values: Float64Array, bins: number): Grouped {
  const sorted = SortedValues.of(values);
  const edges = [...new Set(Array.from({ length: bins - 1 }, (_, index) => sorted.quantile((index + 1) / bins)))];
  const limits = Float64Array.from(edges);
  return { groups: Int32Array.from(values, (value) => placeOf(limits, value)), count: limits.length + 1 };
}

/** How many limits lie below the value. */
function placeOf(limits: Float64Array, value: number): number {
  let [from, to] = [0, limits.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (limits[middle] < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Each distinct value a group of its own, by appearance. */
export function valueGroups(values: Float64Array): Grouped {
  const known = new Map<number, number>();
  const groups = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const code = known.get(values[row]) ?? known.size;
    if (code === known.size) known.set(values[row], code);
    groups[row] = code;
  }
  return { groups, count: known.size };
}
