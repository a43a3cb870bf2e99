/** Conditions as people write them, and what bounds say of them: against a filter in plain JavaScript. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { InputError } from '../../../../src/base/errors.js';
import { compare, conditionsOf, couldHold, keepRows } from '../../../../src/data/lake/predicate.js';
import { parseWhere } from '../../../../src/data/lake/where.js';

test.each([
  ['delay > 30', [{ column: 'delay', op: '>', value: 30 }]],
  [
    'delay>30 AND origin=LAS',
    [
      { column: 'delay', op: '>', value: 30 },
      { column: 'origin', op: '=', value: 'LAS' },
    ],
  ],
  [`"a ""b"" and c" <> 'it''s'`, [{ column: 'a "b" and c', op: '!=', value: "it's" }]],
  ["x in (1, 'two', three)", [{ column: 'x', op: 'in', value: [1, 'two', 'three'] }]],
  [
    'x is not null and y is missing',
    [
      { column: 'x', op: 'is not missing' },
      { column: 'y', op: 'is missing' },
    ],
  ],
  ['date >= 2024-05-31T08:00:00Z', [{ column: 'date', op: '>=', value: '2024-05-31T08:00:00Z' }]],
  [
    'ok == true and __proto__ < -1.5e3',
    [
      { column: 'ok', op: '=', value: true },
      { column: '__proto__', op: '<', value: -1500 },
    ],
  ],
])('%s', (text, wanted) => expect(parseWhere(text)).toEqual(wanted));

test.each(['', 'x', 'x >', 'x > 1 or y > 2', 'x in 1', 'x in (1', "x = 'open", 'x is', 'x > 1 and', '(x > 1)', 'x = 1; drop', 'f(x) = 1'])(
  '"%s" is refused with its place',
  (text) => {
    expect(() => parseWhere(text)).toThrow(InputError);
    expect(() => parseWhere(text)).toThrow(/at character \d+/);
  },
);

it('refuses or reads whatever is written, at once', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      try {
        parseWhere(text);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
  );
  expect(() => parseWhere('x = 1 and '.repeat(100_000))).toThrow(InputError);
});

describe('bounds', () => {
  const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(null));
  const op = fc.constantFrom('=', '!=', '<', '<=', '>', '>=', 'in', 'is missing', 'is not missing' as const);

  it('never rule out a row group that holds such a row, and rows are those of a plain filter', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 12 }), op, fc.integer({ min: -6, max: 6 }), (rows, operator, wanted) => {
        const needsNone = operator === 'is missing' || operator === 'is not missing';
        const given = {
          column: 'x',
          op: operator as '=',
          ...(needsNone ? {} : { value: (operator as string) === 'in' ? [wanted, 0] : wanted }),
        };
        const [condition] = conditionsOf([given], [{ name: 'x', kind: 'number', stored: '', bytes: 0 }]);
        const holds = (row: number | null): boolean => {
          if (operator === 'is missing') return row === null;
          if (row === null) return false;
          const results: Record<string, boolean> = {
            '=': row === wanted,
            '!=': row !== wanted,
            '<': row < wanted,
            '<=': row <= wanted,
            '>': row > wanted,
            '>=': row >= wanted,
            in: row === wanted || row === 0,
            'is not missing': true,
          };
          return results[operator];
        };
        const keep = new Uint8Array(rows.length).fill(1);
        keepRows(condition, { kind: 'number', values: Float64Array.from(rows, (row) => row ?? Number.NaN) }, keep);
        expect([...keep].map(Boolean)).toEqual(rows.map(holds));
        const there = rows.filter((row) => row !== null);
        const statistics = {
          nulls: rows.length - there.length,
          ...(there.length > 0 ? { minimum: Math.min(...there), maximum: Math.max(...there) } : {}),
        };
        if (rows.some(holds)) expect(couldHold(condition, statistics, rows.length)).toBe(true);
        expect(couldHold(condition, {}, rows.length)).toBe(true);
      }),
    );
  });

  it('order texts as their UTF-8 does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compare(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
    );
  });
});
