/**
 * The three ways to decide which part a row belongs to: by class, by group, by time. `split.ts` chooses among them. All in typed arrays, at
 * most a dozen bytes a row: tables may have tens of millions of them.
 */
import type { Random } from '../base/random.js';

export type Shares = readonly [validation: number, test: number];

/** Parts as numbers in a [rows] array. */
export const training = 0;
export const validation = 1;
export const test = 2;

export function indices(count: number): Uint32Array {
  const list = new Uint32Array(count);
  for (let index = 0; index < count; index++) list[index] = index;
  return list;
}

/** Rows for validation and test: the nearest whole numbers, at least one where a share is asked for and there are rows. */
const counts = (rows: number, shares: Shares): number[] =>
  shares.map((share) => (share === 0 || rows < 3 ? 0 : Math.max(1, Math.round(share * rows))));

/** Rows in the order of time, those without one first; equal times keep the file's order. */
export function orderOfTimes(times: Float64Array): Uint32Array {
  const key = (row: number): number => (Number.isNaN(times[row]) ? -Infinity : times[row]);
  const order = indices(times.length);
  let isSorted = true;
  for (let row = 1; row < order.length && isSorted; row++) isSorted = key(row - 1) <= key(row);
  // Comparing, not subtracting: the difference of two infinities is NaN.
  return isSorted ? order : order.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b));
}

/** The latest rows test, those before them validate. Rows without a time come first. */
export function partsOfTimes(times: Float64Array, shares: Shares): Uint8Array {
  const order = orderOfTimes(times);
  const [forValidation, forTest] = counts(times.length, shares);
  const part = new Uint8Array(times.length);
  order.subarray(order.length - forTest).forEach((row) => {
    part[row] = test;
  });
  order.subarray(Math.max(0, order.length - forTest - forValidation), order.length - forTest).forEach((row) => {
    part[row] = validation;
  });
  return part;
}

/** Rows put together: bundle b has `rows[starts[b] … starts[b + 1])`, ascending. */
export interface Bundles {
  rows: Uint32Array;
  starts: Uint32Array;
}

export const bundleOf = ({ rows, starts }: Bundles, bundle: number): Uint32Array => rows.subarray(starts[bundle], starts[bundle + 1]);

export const bundleCount = ({ starts }: Bundles): number => starts.length - 1;

/** Whole groups, drawn until their rows come nearest to the share. */
export function partsOfGroups(groups: Int32Array, shares: Shares, random: Random): Uint8Array {
  const part = new Uint8Array(groups.length);
  const bundles = bundlesOf(groups);
  const order = random.shuffle(indices(bundleCount(bundles)));
  const sizeOf = (place: number): number => bundleOf(bundles, order[place]).length;
  let next = 0;
  for (const [name, share] of [
    [test, shares[1]],
    [validation, shares[0]],
  ] as const) {
    const wanted = share * groups.length;
    let taken = 0;
    // At least one group where rows are wanted at all; the last group always trains.
    while (next < order.length - 1 && wanted > 0 && (taken === 0 || taken + sizeOf(next) / 2 <= wanted)) {
      for (const row of bundleOf(bundles, order[next])) part[row] = name;
      taken += sizeOf(next++);
    }
  }
  return part;
}

/** Rows of each group, in the order in which groups appear; then those of −1, each a group of its own. */
export function bundlesOf(groups: Int32Array): Bundles {
  const known = new Map<number, number>();
  const bundle = new Int32Array(groups.length);
  const sizes: number[] = [];
  for (let row = 0; row < groups.length; row++) {
    if (groups[row] < 0) continue;
    const index = known.get(groups[row]) ?? known.size;
    known.set(groups[row], index);
    sizes[index] = (sizes[index] ?? 0) + 1;
    bundle[row] = index;
  }
  let alone = known.size;
  for (let row = 0; row < groups.length; row++) if (groups[row] < 0) bundle[row] = alone++;
  return sortedInto(bundle, alone, (index) => (index < known.size ? sizes[index] : 1));
}

/** Rows by their bundle, each bundle's rows in order (counting sort). */
function sortedInto(bundle: Int32Array, count: number, sizeOf: (index: number) => number): Bundles {
  const starts = new Uint32Array(count + 1);
  for (let index = 0; index < count; index++) starts[index + 1] = starts[index] + sizeOf(index);
  const next = starts.slice();
  const rows = new Uint32Array(bundle.length);
  for (let row = 0; row < bundle.length; row++) rows[next[bundle[row]]++] = row;
  return { rows, starts };
}

/** Each class gives its share to each part, and at least one row of it trains. Yields while millions of rows are shuffled. */
export function* partsOfClasses(classes: Int32Array, shares: Shares, random: Random): Generator<void, Uint8Array> {
  const part = new Uint8Array(classes.length);
  const [forValidation, forTest] = counts(classes.length, shares);
  const byClass = yield* rowsByClass(classes, random);
  const sizes = Array.from({ length: bundleCount(byClass) }, (_, index) => bundleOf(byClass, index).length);
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
  sizes.forEach((_, index) => {
    const rows = bundleOf(byClass, index);
    for (const row of rows.subarray(0, tests[index])) part[row] = test;
    for (const row of rows.subarray(tests[index], tests[index] + validations[index])) part[row] = validation;
  });
  return part;
}

/** Rows of each class, the classes ascending, each in shuffled order. */
export function* rowsByClass(classes: Int32Array, random: Random): Generator<void, Bundles> {
  // Codes into a dictionary: from -1 on, without many gaps.
  const sizes = new Uint32Array(2 + classes.reduce((most, code) => Math.max(most, code), -1));
  for (const code of classes) sizes[code + 1]++;
  yield;
  const place = new Int32Array(sizes.length);
  const occurring: number[] = [];
  sizes.forEach((size, index) => {
    if (size > 0) place[index] = occurring.push(size) - 1;
  });
  const bundles = sortedInto(
    classes.map((code) => place[code + 1]),
    occurring.length,
    (index) => occurring[index],
  );
  yield;
  for (let index = 0; index < occurring.length; index++) yield* random.shuffling(bundleOf(bundles, index));
  return bundles;
}

/** Divides a total in proportion to sizes, none beyond its limit: whole quotas first, then the largest remainders, as in an election. */
function proportionally(total: number, sizes: readonly number[], limits: readonly number[]): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const quotas = sizes.map((size) => (total * size) / all);
  const given = quotas.map((quota, index) => Math.min(limits[index], Math.floor(quota)));
  let left = total - given.reduce((sum, count) => sum + count, 0);
  while (left > 0) {
    const open = Array.from(sizes.keys()).filter((index) => given[index] < limits[index]);
    if (open.length === 0) break;
    const most = open.reduce((best, index) => (quotas[index] - given[index] > quotas[best] - given[best] ? index : best));
    given[most] += 1;
    left -= 1;
  }
  return given;
}
