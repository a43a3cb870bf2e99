/** The functions of the expression language, by name: what each takes and gives, and how it is computed. A missing argument gives a missing value. */
import { exponential, logarithm } from '../../base/elementary.js';
import { calendarParts } from '../calendar.js';
import { parseDatetime, parseNumber } from '../columns/cells.js';
import { largeLetters, smallLetters } from '../text/letters.js';
import { conditionalFunctions } from './conditional.js';
import type { FunctionDefinition } from './definition.js';
import { kept, numbersIn, textsIn, type ValueType, type Vector } from './vector.js';

type NumberFunction = (...values: number[]) => number;

const numeric = (says: string, count: number, of: NumberFunction, more: Partial<FunctionDefinition> = {}): FunctionDefinition => ({
  takes: Array.from({ length: count }, () => 'number' as const),
  gives: 'number',
  says,
  compute: (given, rows) => {
    const columns = given.map(numbersIn);
    // What is not finite is not known: nothing after this has to think of infinities.
    return { type: 'number', values: Float64Array.from({ length: rows }, (_, row) => finite(of(...columns.map((values) => values[row])))) };
  },
  ...more,
});

export const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);

const ofText = (
  says: string,
  takes: readonly ValueType[],
  gives: 'text' | 'number' | 'boolean' | 'datetime',
  of: (text: string, ...rest: (string | number)[]) => string | number | boolean | undefined,
  more: Partial<FunctionDefinition> = {},
): FunctionDefinition => ({
  takes,
  gives,
  says,
  compute: (given, rows) => {
    const row = (index: number): string | number | boolean | undefined => {
      const values = given.map((vector) => vector.values[index]);
      if (values.some((value) => value === undefined || Number.isNaN(value))) return undefined;
      const [text, ...rest] = values as [string, ...(string | number)[]];
      return of(text, ...rest);
    };
    const results = Array.from({ length: rows }, (_, index) => row(index));
    if (gives === 'text') return { type: 'text', values: results.map((value) => kept(value as string | undefined)) };
    return { type: gives, values: Float64Array.from(results, (value) => (value === undefined ? Number.NaN : Number(value))) };
  },
  ...more,
});

const ofDate = (says: string, part: keyof ReturnType<typeof calendarParts>): FunctionDefinition => ({
  takes: ['datetime'],
  gives: 'number',
  says,
  compute: ([of]) => ({
    type: 'number',
    values: numbersIn(of).map((time) => (Number.isNaN(time) ? time : calendarParts(time)[part])),
  }),
});

/** Like Array.slice on characters counted from 0; a negative place counts from the end. */
const sliced = (text: string, from: number, to?: number): string => text.slice(from, to);

/** Every occurrence; missing where the result would be too long. */
function replaced(text: string, from: string, to: string): string | undefined {
  if (from === '') return text;
  const pieces = text.split(from);
  return text.length + (pieces.length - 1) * Math.max(0, to.length - from.length) > 65_536 ? undefined : pieces.join(to);
}

function rounded(value: number, digits = 0): number {
  const places = Math.max(-12, Math.min(12, Math.trunc(digits)));
  let factor = 1;
  for (let place = 0; place < Math.abs(places); place++) factor *= 10;
  return places >= 0 ? Math.round(value * factor) / factor : Math.round(value / factor) * factor;
}

const definitions: readonly (readonly [string, FunctionDefinition])[] = [
  ['abs', numeric('abs(x): without its sign', 1, Math.abs)],
  ['ceil', numeric('ceil(x): the next whole number', 1, Math.ceil)],
  ['exp', numeric('exp(x): e to the x', 1, exponential)],
  ['floor', numeric('floor(x): the whole number below', 1, Math.floor)],
  ['log', numeric('log(x): natural logarithm; missing for 0 and below', 1, logarithm)],
  ['max', numeric('max(a, b, …): the greatest', 2, Math.max, { repeats: true })],
  ['min', numeric('min(a, b, …): the least', 2, Math.min, { repeats: true })],
  ['round', numeric('round(x, digits)', 2, rounded, { optional: 1 })],
  ['sign', numeric('sign(x): −1, 0 or 1', 1, Math.sign)],
  ['sqrt', numeric('sqrt(x)', 1, Math.sqrt)],
  [
    'bin',
    numeric(
      'bin(x, a, b, …): how many of the borders x has reached',
      2,
      (value, ...borders) => (Number.isNaN(value) ? value : borders.filter((border) => value >= border).length),
      { repeats: true },
    ),
  ],
  ['lower', ofText('lower(text)', ['text'], 'text', smallLetters)],
  ['upper', ofText('upper(text)', ['text'], 'text', largeLetters)],
  ['trim', ofText('trim(text): without blanks around', ['text'], 'text', (text) => text.trim())],
  ['length', ofText('length(text): its characters', ['text'], 'number', (text) => text.length)],
  ['contains', ofText('contains(text, part)', ['text', 'text'], 'boolean', (text, part) => text.includes(String(part)))],
  ['starts', ofText('starts(text, part)', ['text', 'text'], 'boolean', (text, part) => text.startsWith(String(part)))],
  ['ends', ofText('ends(text, part)', ['text', 'text'], 'boolean', (text, part) => text.endsWith(String(part)))],
  [
    'replace',
    ofText('replace(text, part, other)', ['text', 'text', 'text'], 'text', (text, from, to) => replaced(text, String(from), String(to))),
  ],
  [
    'slice',
    ofText(
      'slice(text, from, to): characters, from 0',
      ['text', 'number', 'number'],
      'text',
      (text, from, to) => sliced(text, Number(from), to === undefined ? undefined : Number(to)),
      { optional: 1 },
    ),
  ],
  ['concat', ofText('concat(a, b, …)', ['text', 'text'], 'text', (text, ...rest) => text + rest.join(''), { repeats: true })],
  ['number', ofText('number(text): missing where it is none', ['text'], 'number', (text) => parseNumber(text.trim(), 'point'))],
  ['date', ofText('date(text): such as "2024-05-31"', ['text'], 'datetime', (text) => parseDatetime(text.trim()))],
  [
    'text',
    {
      takes: ['number'],
      gives: 'text',
      says: 'text(x): a number as text',
      compute: ([of]) => ({
        type: 'text',
        values: Array.from(numbersIn(of), (value) => (Number.isNaN(value) ? undefined : String(value))),
      }),
    },
  ],
  ['year', ofDate('year(date)', 'year')],
  ['month', ofDate('month(date): 1 to 12', 'month')],
  ['day', ofDate('day(date): 1 to 31', 'day')],
  ['weekday', ofDate('weekday(date): 1 is Monday, 7 is Sunday', 'weekday')],
  ['hour', ofDate('hour(date): 0 to 23', 'hour')],
  ...conditionalFunctions,
];

export const functions: ReadonlyMap<string, FunctionDefinition> = new Map(definitions);

/** Both texts, where both are known. */
export const bothTexts = (left: Vector, right: Vector, row: number): [string, string] | undefined => {
  const [a, b] = [textsIn(left)[row], textsIn(right)[row]];
  return a === undefined || b === undefined ? undefined : [a, b];
};
