/** How many bins of equal width show a spread well, and from where to where. */
import { exponential, logarithm } from '../base/elementary.js';
import type { SortedValues } from './sorted-values.js';

const fewest = 8;
const most = 40;
/** Interquartile ranges beyond the quartiles that are drawn to scale: the rest of a long tail is counted beside the picture. */
const reach = 3;

export interface Bins {
  from: number;
  to: number;
  count: number;
}

/** By Freedman and Diaconis; whole numbers of a short range get a bin each. */
export function goodBins(sorted: SortedValues, minimum: number, maximum: number, areWhole: boolean): Bins {
  const [low, high] = [sorted.quantile(0.25), sorted.quantile(0.75)];
  const spread = high - low;
  const from = spread > 0 ? Math.max(minimum, low - reach * spread) : minimum;
  const to = spread > 0 ? Math.min(maximum, high + reach * spread) : maximum;
  if (!(to > from) || !Number.isFinite(to - from)) return { from: minimum, to: maximum, count: 1 };
  if (areWhole) {
    const [first, last] = [Math.ceil(from), Math.floor(to)];
    const values = last - first + 1;
    if (values <= most) return { from: first - 0.5, to: last + 0.5, count: values };
    // A whole number of values to each bin: otherwise some bins would hold one more than others, and look like peaks.
    const width = Math.ceil(values / most);
    const count = Math.ceil(values / width);
    return { from: first - 0.5, to: first - 0.5 + count * width, count };
  }
  const width = spread > 0 ? (2 * spread) / exponential(logarithm(Math.max(1, sorted.count)) / 3) : 0;
  const wanted = width > 0 ? Math.ceil((to - from) / width) : fewest;
  return { from, to, count: Math.min(most, Math.max(fewest, wanted)) };
}
