/** The expression language: read, printed, checked and computed; and fuzzed, that nothing but an InputError ever comes out of it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import { textColumn } from '../../../src/data/columns/text.js';
import { checkDerivation, checkDerivations, withDerived } from '../../../src/data/derive.js';
import { functions } from '../../../src/data/expression/functions.js';
import { parseExpression } from '../../../src/data/expression/parse.js';
import { printExpression } from '../../../src/data/expression/print.js';
import { binaryOperators, type Expression } from '../../../src/data/expression/syntax.js';
import type { Table } from '../../../src/data/table.js';
import type { Field } from '../../../src/spec/field.js';
import type { FieldType } from '../../../src/spec/field-type.js';

const field = (name: string, type: FieldType): Field => ({ name, type, missing: 0, distinct: 3, reason: '' });
const fields = [
  field('price', 'number'),
  field('unit count', 'integer'),
  field('name', 'text'),
  field('sold', 'boolean'),
  field('when', 'datetime'),
  field('__proto__', 'number'),
  field('photo', 'picture'),
];
const day = (text: string): number => Date.parse(text);
const table: Table = {
  rows: 4,
  names: ['price', 'unit count', 'name', 'sold', 'when', '__proto__'],
  columns: [
    { kind: 'number', values: Float64Array.of(2, 0, -3.5, NaN) },
    { kind: 'number', values: Float64Array.of(10, 3, NaN, 4) },
    textColumn(['Red Fox', 'ärmel', undefined, 'ÉCLAIR']),
    textColumn(['yes', 'no', undefined, 'yes']),
    { kind: 'number', values: Float64Array.of(day('2024-02-29T13:05:00Z'), day('1969-12-31T23:00:00Z'), NaN, day('2000-01-01')) },
    { kind: 'number', values: Float64Array.of(7, 8, 9, 10) },
  ],
};

function computed(expression: string): unknown[] {
  const { derived } = checkDerivations([{ name: 'new', expression }], fields);
  const column = withDerived(derived, table).columns.at(-1);
  if (column?.kind === 'number') return [...column.values];
  if (column?.kind === 'text') return [...column.codes].map((code) => (code < 0 ? undefined : column.dictionary[code]));
  throw new Error('no column');
}

test.each<[string, unknown[]]>([
  ['price * [unit count] + 1', [21, 1, NaN, NaN]],
  ['-price - -2', [0, 2, 5.5, NaN]],
  ['1 + 2 * 3 - 4 / 8', [6.5, 6.5, 6.5, 6.5]],
  ['price / 0', [NaN, NaN, NaN, NaN]],
  ['-7 % 3', [2, 2, 2, 2]],
  ['log(price)', [Math.LN2, NaN, NaN, NaN]],
  ['sqrt(abs(price)) + exp(0)', [Math.SQRT2 + 1, 1, Math.sqrt(3.5) + 1, NaN]],
  ['max(price, [unit count], 5)', [10, 5, NaN, NaN]],
  ['round(price / 3, 2)', [0.67, 0, -1.17, NaN]],
  ['bin(price, -1, 0, 2)', [3, 2, 0, NaN]],
  ['if(price > 0, "up", "down")', ['up', 'down', 'down', undefined]],
  ['coalesce(price, [unit count], 0)', [2, 0, -3.5, 4]],
  ['isMissing(name)', ['false', 'false', 'true', 'false']],
  ['not sold or price > 1', ['true', 'true', undefined, undefined]],
  ['sold and price > 100', ['false', 'false', 'false', undefined]],
  ['lower(name)', ['red fox', 'ärmel', undefined, 'éclair']],
  ['upper(name)', ['RED FOX', 'ÄRMEL', undefined, 'ÉCLAIR']],
  ['length(name)', [7, 5, NaN, 6]],
  ["contains(name, 'Fox') = true", ['true', 'false', undefined, 'false']],
  ['replace(concat(slice(name, 0, 3), "-", name), "e", "ee")', ['Reed-Reed Fox', 'ärm-ärmeel', undefined, 'ÉCL-ÉCLAIR']],
  ['name < "S"', ['true', 'false', undefined, 'false']],
  ['year(when) * 100 + month(when)', [202402, 196912, NaN, 200001]],
  ['day(when) + weekday(when) / 10 + hour(when) / 1000', [29.413, 31.323, NaN, 1.6]],
  ['when - date("2024-02-28")', [1 + (13 * 60 + 5) / 1440, -19781 - 1 / 24, NaN, -8824]],
  ['when + 1 > date("2000-01-02")', ['true', 'false', undefined, 'false']],
  ['number("1e3") + number(text(2.5))', [1002.5, 1002.5, 1002.5, 1002.5]],
  ['[__proto__] + 1', [8, 9, 10, 11]],
])('%s', (expression, expected) => {
  const values = computed(expression);
  if (typeof expected[0] === 'number') {
    values.forEach((value, index) => {
      if (Number.isNaN(expected[index])) expect(value).toBeNaN();
      else expect(value).toBeCloseTo(expected[index] as number, 9);
    });
  } else expect(values).toEqual(expected);
});

const fault = (expression: string): InputError => {
  try {
    checkDerivation({ name: 'new', expression }, fields, 'photo');
  } catch (error) {
    return error as InputError;
  }
  throw new Error('expected a fault');
};

test.each([
  [
    'price * * 2',
    'expression-syntax',
    'At character 9: expected a value, a column or a function, and there is "*".\n  price * * 2\n          ^',
  ],
  ['pric + 1', 'unknown-column', 'At character 1: there is no column "pric".'],
  ['sqroot(price)', 'unknown-function', 'there is no function "sqroot"'],
  ['constructor(price)', 'unknown-function', 'there is no function "constructor"'],
  ['price + name', 'expression-type', 'a number and a text cannot stand beside "+"'],
  ['log(name)', 'expression-type', 'expected a number, and this is a text'],
  ['round()', 'expression-type', 'round takes 1 to 2 arguments, and 0 are given'],
  ['if(sold, 1, "a")', 'expression-type', 'expected a number, and this is a text'],
  ['(price', 'expression-syntax', 'expected ")", and there is nothing more'],
  ['"open', 'expression-syntax', 'is not closed'],
  ['price ; drop', 'expression-syntax', '";" means nothing here'],
  ['1e999', 'expression-syntax', 'a smaller number'],
  [`${'('.repeat(80)}1${')'.repeat(80)}`, 'expression-too-large', 'deeper than 64'],
  [`${'1+'.repeat(400)}1`, 'expression-too-large', 'deeper than 64'],
  ['9'.repeat(2001), 'expression-too-large', '2001 characters'],
  ['isMissing(photo)', 'expression-type', 'holds pictures'],
])('%s is refused with its place', (expression, code, message) => {
  const error = fault(expression);
  expect(error).toBeInstanceOf(InputError);
  expect(error.code).toBe(code);
  expect(error.message).toContain(message);
  expect(error.advice).not.toBe('');
});

test('a name that was probably meant is suggested; what is to be learnt is not read; a name is given once', () => {
  expect(fault('pric + 1').advice).toBe('Did you mean "price"?');
  expect(fault('sqroot(price)').advice).toBe('Did you mean "sqrt"?');
  expect(() => checkDerivation({ name: 'new', expression: 'price + 1' }, fields, 'price')).toThrow(
    expect.objectContaining({ code: 'target-in-expression' }),
  );
  expect(() => checkDerivation({ name: 'price', expression: '1' }, fields)).toThrow(expect.objectContaining({ code: 'column-exists' }));
});

describe('fuzzed', () => {
  const names = fc.oneof(fc.constantFrom(...fields.map(({ name }) => name)), fc.string({ maxLength: 8 }));
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      fc.record({
        kind: fc.constant('number' as const),
        value: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
        at: fc.constant(0),
      }),
      fc.record({ kind: fc.constant('text' as const), value: fc.string(), at: fc.constant(0) }),
      fc.record({ kind: fc.constant('boolean' as const), value: fc.boolean(), at: fc.constant(0) }),
      fc.record({ kind: fc.constant('column' as const), name: names, at: fc.constant(0) }),
      fc.record({
        kind: fc.constant('call' as const),
        name: fc.constantFrom(...functions.keys(), 'toString', 'x'),
        arguments: fc.array(tie('expression'), { maxLength: 3 }),
        at: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('unary' as const),
        operator: fc.constantFrom('not' as const, '-' as const),
        of: tie('expression'),
        at: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('binary' as const),
        operator: fc.constantFrom(...binaryOperators),
        left: tie('expression'),
        right: tie('expression'),
        at: fc.constant(0),
      }),
    ),
  }));
  const withoutPlaces = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'at' ? 0 : inner)));

  test('what is printed is read as the same sentence', () => {
    fc.assert(
      fc.property(expression, (made) => {
        const text = printExpression(made);
        if (text.length > 2000) return;
        expect(withoutPlaces(parseExpression(text))).toEqual(withoutPlaces(made));
      }),
      { numRuns: 500 },
    );
  });

  test('a sentence is computed, or refused with an InputError', () => {
    let computedOnes = 0;
    const attempt = (text: string): void => {
      try {
        expect(computed(text).length).toBe(4);
        computedOnes++;
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    };
    fc.assert(
      fc.property(expression, (made) => attempt(printExpression(made))),
      { numRuns: 1000 },
    );
    const pieces = fc.constantFrom(
      'price',
      '[unit count]',
      'name',
      '"a"',
      '(',
      ')',
      ',',
      '+',
      '-',
      '=',
      'not',
      'if(',
      'max(',
      '1',
      ' ',
      '[',
      "'",
      '\u0000',
      '🦊',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => attempt(parts.join(' '))),
      { numRuns: 1000 },
    );
    fc.assert(fc.property(fc.string({ maxLength: 40 }), attempt), { numRuns: 500 });
    expect(computedOnes).toBeGreaterThan(100);
  });
});
