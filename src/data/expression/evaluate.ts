/** An expression's values for all rows of a chunk. The expression has been checked; nothing here looks a name up outside a map. */
import { bothTexts, finite, functions } from './functions.js';
import type { BinaryOperator, Expression } from './syntax.js';
import { numbersIn, type Vector } from './vector.js';

/** @param columns those that the expression names */
export function evaluate(expression: Expression, columns: ReadonlyMap<string, Vector>, rows: number): Vector {
  switch (expression.kind) {
    case 'number':
      return { type: 'number', values: new Float64Array(rows).fill(expression.value) };
    case 'boolean':
      return { type: 'boolean', values: new Float64Array(rows).fill(Number(expression.value)) };
    case 'text':
      return { type: 'text', values: new Array<string>(rows).fill(expression.value) };
    case 'column':
      return columns.get(expression.name) as Vector;
    case 'unary': {
      const of = numbersIn(evaluate(expression.of, columns, rows));
      if (expression.operator === '-') return { type: 'number', values: of.map((value) => -value) };
      return { type: 'boolean', values: of.map((value) => 1 - value) };
    }
    case 'binary':
      return combined(expression.operator, evaluate(expression.left, columns, rows), evaluate(expression.right, columns, rows), rows);
    case 'call': {
      const given = expression.arguments.map((each) => evaluate(each, columns, rows));
      return (functions.get(expression.name) as NonNullable<ReturnType<typeof functions.get>>).compute(given, rows);
    }
  }
}

const millisecondsPerDay = 86_400_000;

function combined(operator: BinaryOperator, left: Vector, right: Vector, rows: number): Vector {
  const compare = comparisons.get(operator);
  if (compare) {
    const order = left.type === 'text' ? textOrder(left, right) : numberOrder(numbersIn(left), numbersIn(right));
    return {
      type: 'boolean',
      values: Float64Array.from({ length: rows }, (_, row) => {
        const value = order(row);
        return Number.isNaN(value) ? value : Number(compare(value));
      }),
    };
  }
  const [one, other] = [numbersIn(left), numbersIn(right)];
  if (operator === 'and' || operator === 'or') {
    return { type: 'boolean', values: one.map((value, row) => (operator === 'and' ? both(value, other[row]) : either(value, other[row]))) };
  }
  const compute = arithmetic.get(operator) as (a: number, b: number) => number;
  if (left.type !== 'datetime') return { type: 'number', values: one.map((value, row) => finite(compute(value, other[row]))) };
  // Dates are counted in days.
  if (right.type === 'datetime') return { type: 'number', values: one.map((value, row) => (value - other[row]) / millisecondsPerDay) };
  return { type: 'datetime', values: one.map((value, row) => finite(compute(value, other[row] * millisecondsPerDay))) };
}

const comparisons: ReadonlyMap<BinaryOperator, (order: number) => boolean> = new Map([
  ['=', (order: number) => order === 0],
  ['!=', (order: number) => order !== 0],
  ['<', (order: number) => order < 0],
  ['<=', (order: number) => order <= 0],
  ['>', (order: number) => order > 0],
  ['>=', (order: number) => order >= 0],
]);

const arithmetic: ReadonlyMap<BinaryOperator, (a: number, b: number) => number> = new Map([
  ['+', (a: number, b: number) => a + b],
  ['-', (a: number, b: number) => a - b],
  ['*', (a: number, b: number) => a * b],
  ['/', (a: number, b: number) => a / b],
  // The sign of the divisor, as in mathematics: −1 % 7 is 6.
  ['%', (a: number, b: number) => a - b * Math.floor(a / b)],
]);

const numberOrder =
  (left: Float64Array, right: Float64Array) =>
  (row: number): number =>
    left[row] - right[row];

const textOrder =
  (left: Vector, right: Vector) =>
  (row: number): number => {
    const texts = bothTexts(left, right, row);
    return texts === undefined ? Number.NaN : texts[0] < texts[1] ? -1 : texts[0] > texts[1] ? 1 : 0;
  };

/** False where one is false, whatever the other is (Kleene). */
const both = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a + b === 2 ? 1 : Number.NaN);
const either = (a: number, b: number): number => (a === 1 || b === 1 ? 1 : a + b === 0 ? 0 : Number.NaN);
