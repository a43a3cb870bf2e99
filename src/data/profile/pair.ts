/** Two columns of a sample set against each other: the rows in which both are there, and what one says of the other. */
import type { Alone, Association } from '../../spec/profile.js';
import { classesAlone, numbersAlone } from '../../stats/alone.js';
import { correlationRatio, cramersV, entropy, mutualInformation, pearson, ranks } from '../../stats/association.js';
import { type Grouped, quantileBins, valueGroups } from '../../stats/binning.js';
import { type Contingency, contingency } from '../../stats/contingency.js';

export interface Side {
  values: Float64Array;
  /** Numbers whose order and distance mean something; else only whether two are the same. */
  isNumber: boolean;
}

/** Groups that a number is cut into: few enough to be sure of each, enough to follow a curve. */
const curveBins = 16;
const aloneBins = 64;
/** A curve must say this much more than a line before it is what is named. */
const clearlyMore = 0.05;
const fewestRows = 5;

export function both(one: Side, other: Side): { one: Float64Array; other: Float64Array } {
  const all = one.values.length;
  const found = { one: new Float64Array(all), other: new Float64Array(all) };
  let rows = 0;
  for (let row = 0; row < all; row++) {
    const [a, b] = [one.values[row], other.values[row]];
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    found.one[rows] = a;
    found.other[rows++] = b;
  }
  return { one: found.one.subarray(0, rows), other: found.other.subarray(0, rows) };
}

/** Undefined where one of them does not vary, or too few rows have both. */
export function associate(column: Side, target: Side): Association | undefined {
  const { one, other } = both(column, target);
  if (one.length < fewestRows) return undefined;
  const found = target.isNumber ? withNumber(one, other, column.isNumber) : withClasses(one, other, column.isNumber);
  return found && { ...found, rows: one.length };
}

type Found = Omit<Association, 'rows'> | undefined;

function withNumber(x: Float64Array, y: Float64Array, isNumber: boolean): Found {
  if (!isNumber) {
    const { groups, count } = valueGroups(x);
    const value = correlationRatio(y, groups, count);
    return value === null ? undefined : { value, measure: 'correlation-ratio' };
  }
  const line = pearson(x, y);
  const order = pearson(ranks(x), ranks(y));
  if (line === null || order === null) return undefined;
  const { groups, count } = quantileBins(x, curveBins);
  const curve = correlationRatio(ranks(y), groups, count) ?? 0;
  const bent = curve > Math.abs(order) + clearlyMore;
  return {
    value: bent ? curve : Math.abs(order),
    measure: bent ? 'correlation-ratio-bins' : 'spearman',
    pearson: line,
    spearman: order,
  };
}

function withClasses(x: Float64Array, y: Float64Array, isNumber: boolean): Found {
  const classes = valueGroups(y);
  if (!isNumber) {
    const table = contingency(...codes(valueGroups(x), classes));
    const value = cramersV(table);
    if (value === null) return undefined;
    const all = entropy(table.sumsOther);
    // Of groups of a row or two, what they say of the target is chance.
    const enough = table.usedOne <= x.length / 5 && all > 0;
    return { value, measure: 'cramers-v', ...(enough ? { information: mutualInformation(table) / all } : {}) };
  }
  const order = correlationRatio(ranks(x), classes.groups, classes.count);
  if (order === null) return undefined;
  const curve = cramersV(contingency(...codes(quantileBins(x, curveBins), classes))) ?? 0;
  const bent = curve > order + clearlyMore;
  return { value: bent ? curve : order, measure: bent ? 'cramers-v-bins' : 'correlation-ratio-ranks' };
}

/** How well the column alone predicts the target, on rows that it was not fitted on. */
export function predictsAlone(column: Side, target: Side): Alone | undefined {
  const { one, other } = both(column, target);
  if (one.length < 4 * fewestRows) return undefined;
  const values = valueGroups(one);
  const bins = Math.min(aloneBins, Math.max(2, Math.floor(Math.sqrt(one.length))));
  const { groups, count } = column.isNumber && values.count > bins ? quantileBins(one, bins) : values;
  if (target.isNumber) return { metric: 'r2', score: numbersAlone(groups, count, other), baseline: 0 };
  const classes = valueGroups(other);
  const sizes = new Float64Array(classes.count);
  for (const code of classes.groups) sizes[code] += 1;
  return {
    metric: 'accuracy',
    score: classesAlone(groups, count, classes.groups, classes.count),
    baseline: sizes.reduce((a, b) => Math.max(a, b), 0) / one.length,
  };
}

/** One figure for a picture of many pairs: signed between two numbers. Null where there is none. */
export function correlate(one: Side, other: Side): number | null {
  const rows = both(one, other);
  if (rows.one.length < fewestRows) return null;
  if (one.isNumber && other.isNumber) return pearson(rows.one, rows.other);
  if (one.isNumber || other.isNumber) {
    const { groups, count } = valueGroups(one.isNumber ? rows.other : rows.one);
    return correlationRatio(one.isNumber ? rows.one : rows.other, groups, count);
  }
  return cramersV(contingency(...codes(valueGroups(rows.one), valueGroups(rows.other))));
}

/** Whether each value of one belongs to one value of the other, and the other way round. */
export function isRenamed(column: Side, target: Side): boolean {
  const { one, other } = both(column, target);
  const table = contingency(...codes(valueGroups(one), valueGroups(other)));
  return one.length >= 4 * fewestRows && table.usedOne >= 2 && table.usedOne <= one.length / 2 && isOneToOne(table);
}

function isOneToOne({ usedOne, usedOther, cells }: Contingency): boolean {
  let pairs = 0;
  cells(() => {
    pairs += 1;
  });
  return usedOne === usedOther && pairs === usedOne;
}

const codes = (one: Grouped, other: Grouped): [Int32Array, Int32Array, number, number] => [
  one.groups,
  other.groups,
  one.count,
  other.count,
];
