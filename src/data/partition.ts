/** The three ways to decide which part a row belongs to: by class, by group, by time. `split.ts` chooses among them. */
import type { Random } from '../base/random.js';

export type Shares = readonly [validation: number, test: number];

/** Parts as numbers in a [rows] array. */
export const training = 0;
export const validation = 1;
export const test = 2;

export const indices = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Rows for validation and test: the nearest whole numbers, at least one where a share is asked for and there are rows. */
const counts = (rows: number, shares: Shares): number[] =>
  shares.map((share) => (share === 0 || rows < 3 ? 0 : Math.max(1, Math.round(share * rows))));

/** The latest rows test, those before them validate. Rows without a time come first. */
export function partsOfTimes(times: Float64Array, shares: Shares): Uint8Array {
  const key = (row: number): number => (Number.isNaN(times[row]) ? -Infinity : times[row]);
  // Comparing, not subtracting: the difference of two infinities is NaN, and equal times keep the file's order.
  const order = indices(times.length).sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b));
  const [forValidation, forTest] = counts(times.length, shares);
  const part = new Uint8Array(times.length);
  order.forEach((row, position) => {
    const after = order.length - position;
    if (after <= forTest) part[row] = test;
    else if (after <= forTest + forValidation) part[row] = validation;
  });
  return part;
}

/** Whole groups, drawn until their rows come nearest to the share. */
export function partsOfGroups(groups: Int32Array, shares: Shares, random: Random): Uint8Array {
  const part = new Uint8Array(groups.length);
  const bundles = random.shuffle(bundlesOf(groups));
  let next = 0;
  for (const [name, share] of [
    [test, shares[1]],
    [validation, shares[0]],
  ] as const) {
    const wanted = share * groups.length;
    let taken = 0;
    // At least one group where rows are wanted at all; the last group always trains.
    while (next < bundles.length - 1 && wanted > 0 && (taken === 0 || taken + bundles[next].length / 2 <= wanted)) {
      for (const row of bundles[next]) part[row] = name;
      taken += bundles[next++].length;
    }
  }
  return part;
}

/** Rows of each group; −1 makes a group of its own of each row. */
export function bundlesOf(groups: Int32Array): number[][] {
  const byGroup = new Map<number, number[]>();
  const alone: number[][] = [];
  groups.forEach((group, row) => {
    if (group < 0) alone.push([row]);
    else append(byGroup, group, row);
  });
  return [...byGroup.values(), ...alone];
}

/** Each class gives its share to each part, and at least one row of it trains. */
export function partsOfClasses(classes: Int32Array, shares: Shares, random: Random): Uint8Array {
  const part = new Uint8Array(classes.length);
  const [forValidation, forTest] = counts(classes.length, shares);
  const byClass = rowsByClass(classes, random);
  const sizes = byClass.map((rows) => rows.length);
  const tests = proportionally(
    forTest,
    sizes,
    sizes.map((size) => size - 1),
  );
  const validations = proportionally(
    forValidation,
    sizes,
    sizes.map((size, index) => size - 1 - tests[index]),
  );
  byClass.forEach((rows, index) => {
    for (const row of rows.slice(0, tests[index])) part[row] = test;
    for (const row of rows.slice(tests[index], tests[index] + validations[index])) part[row] = validation;
  });
  return part;
}

/** Rows of each class, the classes ascending, each in shuffled order. */
export function rowsByClass(classes: Int32Array, random: Random): number[][] {
  const byClass = new Map<number, number[]>();
  classes.forEach((name, row) => {
    append(byClass, name, row);
  });
  return [...byClass].sort((a, b) => a[0] - b[0]).map(([, rows]) => random.shuffle(rows));
}

/** Divides a total in proportion to sizes, none beyond its limit: whole quotas first, then the largest remainders, as in an election. */
function proportionally(total: number, sizes: readonly number[], limits: readonly number[]): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const quotas = sizes.map((size) => (total * size) / all);
  const given = quotas.map((quota, index) => Math.min(limits[index], Math.floor(quota)));
  let left = total - given.reduce((sum, count) => sum + count, 0);
  while (left > 0) {
    const open = indices(sizes.length).filter((index) => given[index] < limits[index]);
    if (open.length === 0) break;
    const most = open.reduce((best, index) => (quotas[index] - given[index] > quotas[best] - given[best] ? index : best));
    given[most] += 1;
    left -= 1;
  }
  return given;
}

function append(map: Map<number, number[]>, key: number, row: number): void {
  const rows = map.get(key);
  if (rows) rows.push(row);
  else map.set(key, [row]);
}
