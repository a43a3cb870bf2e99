/** How often the values of two columns occur together, without a cell for what never does. */
export interface Contingency {
  rows: number;
  sumsOne: Float64Array;
  sumsOther: Float64Array;
  /** Values that occur. */
  usedOne: number;
  usedOther: number;
  /** Calls for every pair that occurs. */
  cells(visit: (count: number, one: number, other: number) => void): void;
}

/** @param one codes from 0, below `ones`; @param other likewise */
export function contingency(one: Int32Array, other: Int32Array, ones: number, others: number): Contingency {
  const sumsOne = new Float64Array(ones);
  const sumsOther = new Float64Array(others);
  const counts = new Map<number, number>();
  for (let row = 0; row < one.length; row++) {
    sumsOne[one[row]] += 1;
    sumsOther[other[row]] += 1;
    const cell = one[row] * others + other[row];
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const used = (sums: Float64Array): number => sums.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return {
    rows: one.length,
    sumsOne,
    sumsOther,
    usedOne: used(sumsOne),
    usedOther: used(sumsOther),
    cells(visit) {
      for (const [cell, count] of counts) visit(count, Math.floor(cell / others), cell % others);
    },
  };
}

/** Pearson's χ², without a correction for continuity. */
export function chiSquared({ rows, sumsOne, sumsOther, cells }: Contingency): number {
  let sum = 0;
  cells((count, one, other) => {
    sum += (count / sumsOne[one]) * (count / sumsOther[other]);
  });
  return Math.max(0, rows * (sum - 1));
}
