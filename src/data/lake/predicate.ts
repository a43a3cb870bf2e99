/** Conditions on columns as plain data: which row groups cannot hold such rows, and which rows are such. Nothing is evaluated. */
import { InputError } from '../../base/errors.js';
import { type Operator, operators, Predicate } from '../../spec/predicate.js';
import { listed } from '../columns/access.js';
import { parseDatetime } from '../columns/cells.js';
import type { Statistics } from '../parquet/statistics.js';
import type { Column } from '../table.js';
import type { LakeColumn } from './lake.js';

/** A predicate whose values have the kind of its column: milliseconds for times, `true` and `false` as texts. */
export interface Condition {
  column: string;
  op: Operator;
  values: (number | string)[];
}

/** @throws InputError `invalid-predicate` or `missing-column` */
export function conditionsOf(predicates: readonly Predicate[], columns: readonly LakeColumn[]): Condition[] {
  return predicates.map((given, index) => {
    const parsed = Predicate.safeParse(given);
    if (!parsed.success) throw invalid(index, 'it is not { column, op, value }', `The operators are ${listed(operators)}.`);
    const { column, op, value } = parsed.data;
    const found = columns.find(({ name }) => name === column);
    if (!found) {
      throw new InputError('missing-column', `There is no column "${column}" to ask for.`, {
        advice: `The columns are: ${listed(columns.map(({ name }) => name))}.`,
        place: { column },
      });
    }
    const values = value === undefined ? [] : Array.isArray(value) ? value : [value];
    const wanted = op === 'is missing' || op === 'is not missing' ? 0 : 1;
    if (wanted === 0 ? values.length > 0 : values.length === 0 || (op !== 'in' && values.length > 1))
      throw invalid(
        index,
        `"${op}" of column "${column}" needs ${wanted === 0 ? 'no value' : op === 'in' ? 'a list' : 'one value'}`,
        'Give it so.',
      );
    return { column, op, values: values.map((one) => valueFor(one, found, index)) };
  });
}

function valueFor(value: string | number | boolean, { name, kind }: LakeColumn, index: number): number | string {
  if (kind === 'text') return String(value);
  if (kind === 'boolean') {
    const text = String(value).toLowerCase();
    if (text === 'true' || text === 'false') return text;
    throw invalid(index, `column "${name}" is true or false, and ${JSON.stringify(value)} is neither`, 'Give true or false.');
  }
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const text = String(value).trim();
  const number = kind === 'datetime' ? parseDatetime(text) : text === '' ? undefined : Number(text);
  if (number !== undefined && Number.isFinite(number)) return number;
  throw invalid(
    index,
    `column "${name}" holds ${kind === 'datetime' ? 'times' : 'numbers'}, and ${JSON.stringify(value)} is none`,
    kind === 'datetime' ? 'Give it as 2024-05-31 or 2024-05-31T08:00:00Z.' : 'Give a number.',
  );
}

const invalid = (index: number, why: string, advice: string): InputError =>
  new InputError('invalid-predicate', `Condition ${index + 1} cannot be used: ${why}.`, { advice, place: { condition: index + 1 } });

/** Whether rows of a group with these bounds could be such. Where nothing is known they could. */
export function couldHold({ op, values }: Condition, { minimum, maximum, nulls }: Statistics, rows: number): boolean {
  if (op === 'is missing') return nulls !== 0;
  if (nulls === rows) return false;
  if (op === 'is not missing' || minimum === undefined || maximum === undefined) return true;
  return values.some((value) => {
    const low = compare(minimum, value);
    const high = compare(maximum, value);
    switch (op) {
      case '=':
      case 'in':
        return low <= 0 && high >= 0;
      // Bounds of texts may be cut short: equal ones do not prove that all values are equal.
      case '!=':
        return typeof value === 'string' || low !== 0 || high !== 0;
      case '<':
        return low < 0;
      case '<=':
        return low <= 0;
      case '>':
        return high > 0;
      default:
        return high >= 0;
    }
  });
}

/** Marks with 0 the rows for which the condition does not hold. A missing value satisfies only `is missing`. */
export function keepRows(condition: Condition, column: Column, keep: Uint8Array): void {
  if (column.kind === 'picture') return;
  if (column.kind === 'number') {
    const test = testOf(condition);
    for (let row = 0; row < keep.length; row++) {
      const value = column.values[row];
      if (!(Number.isNaN(value) ? condition.op === 'is missing' : test(value))) keep[row] = 0;
    }
    return;
  }
  const test = testOf(condition);
  const passes = column.dictionary.map(test);
  for (let row = 0; row < keep.length; row++) {
    const code = column.codes[row];
    if (!(code < 0 ? condition.op === 'is missing' : passes[code])) keep[row] = 0;
  }
}

/** Of values that are there. */
function testOf({ op, values }: Condition): (value: number | string) => boolean {
  if (op === 'is missing') return () => false;
  if (op === 'is not missing') return () => true;
  if (op === 'in') {
    const set = new Set(values);
    return (value) => set.has(value);
  }
  const [wanted] = values;
  if (op === '=') return (value) => value === wanted;
  if (op === '!=') return (value) => value !== wanted;
  const is: (order: number) => boolean =
    op === '<' ? (order) => order < 0 : op === '<=' ? (order) => order <= 0 : op === '>' ? (order) => order > 0 : (order) => order >= 0;
  return (value) => is(compare(value, wanted));
}

/** Numbers by size; texts by their code points, which is the order of their UTF-8 and so of a file's bounds. */
export function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const [x, y] = [left.charCodeAt(index), right.charCodeAt(index)];
    if (x === y) continue;
    // Halves of a pair stand for code points above all others.
    const [high, other] = [x >= 0xd800 && x < 0xe000, y >= 0xd800 && y < 0xe000];
    return high === other ? x - y : high ? 1 : -1;
  }
  return left.length - right.length;
}
