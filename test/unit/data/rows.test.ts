/** Rows from forms, callers and files, read as a schema that is already there. */
import { expect, test } from 'vitest';
import { readerFor } from '../../../src/data/fixed.js';
import { type RawValue, rawRowsToTable } from '../../../src/data/rows.js';
import type { Table } from '../../../src/data/table.js';
import { decideTask, rowsWithTarget, targetField } from '../../../src/data/task.js';
import type { Field } from '../../../src/spec/field.js';
import type { FieldType } from '../../../src/spec/field-type.js';
import { asTheyStand, openCsv, textSource } from './files.js';

const field = (name: string, type: FieldType, more: Partial<Field> = {}): Field => ({
  name,
  type,
  missing: 0,
  distinct: 50,
  reason: '',
  ...more,
});

const fields = [
  field('size', 'number'),
  field('day', 'datetime'),
  field('colour', 'category'),
  field('member', 'boolean', {
    top: [
      { value: 'No', count: 3 },
      { value: 'Yes', count: 2 },
    ],
  }),
];

const values = (table: Table): unknown[][] =>
  Array.from({ length: table.rows }, (_, row) =>
    table.columns.map((column) =>
      column.kind === 'text' ? (column.dictionary[column.codes[row]] ?? null) : column.kind === 'number' ? column.values[row] : null,
    ),
  );

test('raw rows become a table; what is not known is missing', () => {
  const table = rawRowsToTable(fields, [
    { size: '1,234.5', day: '2024-05-31', colour: ' red ', member: true, more: 'left alone' },
    { size: 2, day: 0, colour: 7, member: 'No' },
    { size: null, day: '', colour: 'NA', member: null },
  ]);
  expect(values(table)).toEqual([
    [1234.5, Date.UTC(2024, 4, 31), 'red', 'Yes'],
    [2, 0, '7', 'No'],
    [NaN, NaN, null, null],
  ]);
});

const good = { size: 1, day: null, colour: 'red', member: null };
const misfits: [string, Record<string, RawValue>, { code: string; column: string; message: RegExp }][] = [
  [
    'a column left out',
    { day: null, colour: 'red', member: null },
    { code: 'missing-column', column: 'size', message: /Row 2 has no value for "size"/ },
  ],
  ['a text for a number', { ...good, size: 'large' }, { code: 'not-a-number', column: 'size', message: /Row 2, column "size": "large"/ }],
  ['infinity', { ...good, size: Infinity }, { code: 'not-a-number', column: 'size', message: /a number/ }],
  ['a date of another kind', { ...good, day: '31.5.2024' }, { code: 'not-a-datetime', column: 'day', message: /2024-05-31/ }],
  ['an object', { ...good, colour: { a: 1 } as unknown as string }, { code: 'wrong-value', column: 'colour', message: /a text/ }],
];

test.each(misfits)('%s is refused', (_, row, { code, column, message }) => {
  const convert = (): Table => rawRowsToTable(fields, [good, row]);
  expect(convert).toThrow(expect.objectContaining({ name: 'InputError', code, place: { row: 2, column } }));
  expect(convert).toThrow(message);
});

test.each([
  ['x', /^The rows are "x", not a list/, {}],
  [undefined, /^The rows are nothing, not a list/, {}],
  [good, /not a list/, {}],
  [[good, null], /^Row 2 is null, not an object/, { row: 2 }],
  [[[1, 2]], /^Row 1 is \[1,2\], not an object/, { row: 1 }],
  [[good, undefined, good], /^Row 2 is nothing, not an object/, { row: 2 }],
])('%j is no list of rows', (rows, message, place) => {
  const convert = (): Table => rawRowsToTable(fields, rows as Record<string, RawValue>[]);
  expect(convert).toThrow(expect.objectContaining({ name: 'InputError', code: 'invalid-rows', place }));
  expect(convert).toThrow(message);
});

test('what is no value at all is refused like any other', () => {
  const bare = Object.create(null) as string;
  expect(() => rawRowsToTable(fields, [{ ...good, size: bare }])).toThrow(expect.objectContaining({ code: 'not-a-number' }));
});

test('a key of Object.prototype is not a value', () => {
  expect(() => rawRowsToTable([field('constructor', 'category')], [{}])).toThrow(expect.objectContaining({ code: 'missing-column' }));
});

async function readAs(text: string): Promise<unknown[][]> {
  const file = await openCsv(textSource(text));
  const read = readerFor(fields, file);
  const rows: unknown[][] = [];
  for await (const batch of file.batches(asTheyStand(file))) rows.push(...values(read(batch)));
  return rows;
}

test('a file is read by names, in any order, with its own decimal sign', async () => {
  expect(await readAs('colour;size;x;member;day\nred;1,5;0;Yes;2024-05-31\n;-;0;;\n')).toEqual([
    [1.5, Date.UTC(2024, 4, 31), 'red', 'Yes'],
    [NaN, NaN, null, null],
  ]);
});

test('a file without a column, or with a value that does not fit, names the place', async () => {
  await expect(readAs('size,day,member\n1,,\n')).rejects.toMatchObject({
    code: 'missing-column',
    place: { file: 'table.csv', column: 'colour' },
  });
  await expect(readAs('size,day,colour,member\n1,,,\n"2\n",,,\nbig,,,\n')).rejects.toMatchObject({
    code: 'not-a-number',
    place: { file: 'table.csv', row: 3, line: 5, column: 'size' },
  });
});

test('the task follows from the column, or from what is asked', () => {
  expect(decideTask(field('y', 'number'))).toMatchObject({ task: 'regression' });
  expect(decideTask(field('y', 'integer', { distinct: 10 }))).toMatchObject({ task: 'classification' });
  expect(decideTask(field('y', 'integer', { distinct: 11 }))).toMatchObject({ task: 'regression' });
  expect(decideTask(field('y', 'integer', { distinct: 10 }), 'regression')).toMatchObject({ task: 'regression' });
  expect(decideTask(field('y', 'category'))).toMatchObject({ task: 'classification' });
});

const unlearnable: [string, Field, 'classification' | 'regression' | undefined][] = [
  ['target-constant', field('y', 'number', { distinct: 1 }), undefined],
  ['target-constant', field('y', 'category', { distinct: 0 }), undefined],
  ['one-class', field('y', 'category', { distinct: 1, top: [{ value: 'only', count: 9 }] }), undefined],
  ['one-class', field('y', 'integer', { distinct: 1 }), 'classification'],
  ['too-many-classes', field('y', 'text', { distinct: 1001 }), undefined],
  ['one-row-per-class', field('y', 'text', { distinct: 9, top: [{ value: 'once', count: 1 }] }), undefined],
  ['target-not-numeric', field('y', 'category'), 'regression'],
];

test.each(unlearnable)('%s', (code, target, asked) => {
  expect(() => decideTask(target, asked)).toThrow(expect.objectContaining({ name: 'InputError', code, place: { column: 'y' } }));
});

test('the target must be a column; rows without it are not learnt from', () => {
  expect(targetField(fields, 'size')).toBe(fields[0]);
  expect(() => targetField(fields, 'toString')).toThrow(
    expect.objectContaining({ code: 'target-missing', advice: expect.stringContaining('"colour"') as string }),
  );
  const table = rawRowsToTable(fields, [good, { ...good, size: null, colour: null }, good]);
  expect(Array.from(rowsWithTarget(table, 'size'))).toEqual([0, 2]);
  expect(Array.from(rowsWithTarget(table, 'colour'))).toEqual([0, 2]);
});

test('a number beyond what is read is told apart from what is no number', () => {
  expect(() => rawRowsToTable(fields, [{ ...good, size: '-1e308' }])).toThrow(/is not a number within ±1e\+100\./);
  expect(() => rawRowsToTable(fields, [{ ...good, size: Infinity }])).toThrow(/: Infinity is not a number within ±1e\+100\./);
  expect(() => rawRowsToTable(fields, [{ ...good, size: 'big' }])).toThrow(/is not a number\./);
});

test('a time that is given in fractions of seconds is a whole number of milliseconds, as it is where a file says it', () => {
  const at = [field('at', 'datetime', { dates: 'seconds' })];
  expect(values(rawRowsToTable(at, [{ at: 1717142400.0011 }, { at: '1717142400.0011' }]))).toEqual([[1717142400001], [1717142400001]]);
});
