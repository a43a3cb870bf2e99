/** Types of columns, with reasons and warnings, and what is known of their values. */
import { expect, test } from 'vitest';
import { isMissing, missingMarkers, parseDatetime, parseNumber } from '../../../src/data/columns/cells.js';
import { type ReadResult, readSource } from '../../../src/data/read.js';
import type { Column } from '../../../src/data/table.js';
import type { FieldType } from '../../../src/spec/field-type.js';
import { readBuiltin, textSource } from './files.js';
import { golden } from './json.js';

async function read(text: string, types?: Record<string, FieldType>): Promise<ReadResult & { columns: Column[] }> {
  const reading = readSource(textSource(text), { readBuiltin, types });
  const columns: Column[] = [];
  let next = await reading.next();
  for (; !next.done; next = await reading.next()) if (next.value.kind === 'chunk') columns.push(...next.value.chunk.columns);
  return { ...next.value, columns };
}

const column = (values: readonly unknown[], name = 'column'): Promise<ReadResult & { columns: Column[] }> =>
  read(`${name};other\n${values.map((value) => `${value};x`).join('\n')}\n`);

const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);

const cases: [string, FieldType, readonly unknown[], string?][] = [
  ['decimals', 'number', [1.5, 2, '', -3e-2, '.5', '+4.']],
  ['whole numbers', 'integer', [3, 1, 2, 1]],
  ['decimal commas', 'number', ['1,5', '1.234,5', '2']],
  ['digits with leading zeros', 'category', ['01067', '01067', '80331', '80331']],
  ['yes and no', 'boolean', ['Yes', 'No', 'Yes', '']],
  ['dates', 'datetime', ['2024-05-31', '2024-06-01T08:00:00+02:00', 'NA']],
  ['few texts', 'category', ['red', 'green', 'red']],
  ['nothing', 'text', ['', 'NA', '?']],
  [
    'prose',
    'text',
    numbers(0, 30).map((index) => `The quick brown fox no. ${index % 29} jumps over the lazy dog again and again, and then once more.`),
  ],
  ['many short texts', 'text', numbers(0, 60).map((index) => `name${index % 50}`)],
  ['unique short texts', 'identifier', numbers(0, 60).map((index) => `name${index}`)],
  ['numbered rows', 'identifier', numbers(0, 30), 'index'],
  ['unique numbers called so', 'identifier', numbers(0, 30).map((index) => index * 7), 'PassengerId'],
  ['numbered rows called otherwise', 'integer', numbers(0, 30), 'year'],
  ['repeated numbers called id', 'integer', [1, 1, 2, 3], 'id'],
  ['a word that ends in id', 'integer', [3, 1, 2], 'acid'],
];

test.each(cases)('%s: %s', async (_, type, values, name = 'column') => {
  const { fields } = await column(values, name);
  expect(fields[0]).toMatchObject({ name, type });
  expect(fields[0].reason).toMatch(/\.$/);
});

test('mostly numbers: the others are missing, and the first is named', async () => {
  const { fields, warnings, columns } = await column([...numbers(0, 30), 'ten', ...numbers(31, 20), 'n. k.']);
  expect(fields[0]).toMatchObject({ type: 'integer', missing: 2, reason: '50 of 52 values are whole numbers.' });
  expect(warnings).toMatchObject([{ code: 'mixed-column', place: { column: 'column', row: 31, line: 32 } }, { code: 'constant-column' }]);
  expect(warnings[0].message).toContain('"ten"');
  expect(columns[0].kind === 'number' && [columns[0].values[29], columns[0].values[30]]).toEqual([29, NaN]);
});

test('not mostly numbers: a category', async () => {
  expect((await column([...numbers(0, 9), 'ten', 'ten'])).fields[0].type).toBe('category');
});

test('infinities are missing, and told', async () => {
  const { fields, warnings } = await column([1, 2.5, '-Infinity', 'inf', '1e999']);
  expect(fields[0]).toMatchObject({ type: 'number', missing: 3, range: { minimum: 1, maximum: 2.5 } });
  expect(fields[0].reason).toBe('2 of 5 values are numbers; 3 infinite or beyond ±1e100 count as missing.');
  expect(warnings[0]).toMatchObject({ code: 'infinite-values', place: { row: 3 } });
  const [none] = (await column(['NaN', 'inf', '-inf'])).fields;
  expect(none).toMatchObject({ missing: 3, reason: '0 of 2 values are whole numbers; 2 infinite or beyond ±1e100 count as missing.' });
});

test('types can be chosen; an unknown column is refused', async () => {
  const { fields, columns } = await read('a,b\n007,2\n8,3\nx,4\n', { a: 'number', b: 'category' });
  expect(fields.map(({ type, reason, missing }) => [type, reason, missing])).toEqual([
    ['number', 'You chose it.', 1],
    ['category', 'You chose it.', 0],
  ]);
  expect(columns[1]).toMatchObject({ kind: 'text', dictionary: ['2', '3', '4'] });
  await expect(read('a,b\n1,2\n', { c: 'number' })).rejects.toMatchObject({ code: 'missing-column', place: { column: 'c' } });
  await expect(read('a,b\n1,2\n', { a: 'float' as FieldType })).rejects.toMatchObject({ code: 'unknown-type', place: { column: 'a' } });
});

test('names of columns are only names', async () => {
  const { fields } = await read('__proto__,toString\n1,2\n3,4\n', JSON.parse('{"__proto__": "category"}') as Record<string, FieldType>);
  expect(fields.map(({ name, type }) => [name, type])).toEqual([
    ['__proto__', 'category'],
    ['toString', 'integer'],
  ]);
  expect(({} as Record<string, unknown>).type).toBeUndefined();
});

test('columns that say little are told of', async () => {
  const rows = numbers(0, 40).map((row) => `${row % 3},,same,${row === 5 ? 1 : ''}`);
  const { warnings } = await read(`a,empty,constant,almost\n${rows.join('\n')}\n`);
  expect(warnings.map(({ code, place }) => [code, place.column])).toEqual([
    ['empty-column', 'empty'],
    ['constant-column', 'constant'],
    ['almost-empty-column', 'almost'],
  ]);
});

test('of one kind of warning ten are told, and how many more', async () => {
  const names = numbers(0, 30).map((index) => `c${index}`);
  const { warnings } = await read(
    `${names.join(',')}\n${names.map(() => 1).join(',')}\n${names.map(() => 1).join(',')}\n`.replaceAll('1', 'x'),
  );
  expect(warnings).toHaveLength(11);
  expect(warnings[10].message).toMatch(/^20 more/);
});

test('figures of a skewed column are those of numpy', async () => {
  const expected = golden<
    Record<'mean' | 'median' | 'standardDeviation' | 'minimum' | 'maximum', number> & { values: number[]; histogram: number[] }
  >('profile.json');
  const [field] = (await column(expected.values)).fields;
  expect(field.distinct).toBe(new Set(expected.values).size);
  expect(field.histogram).toEqual(expected.histogram);
  for (const name of ['mean', 'median', 'standardDeviation', 'minimum', 'maximum'] as const)
    expect(field.range?.[name]).toBeCloseTo(expected[name], 9);
});

test('the most frequent texts come first', async () => {
  const { fields } = await column(['b', 'a', 'b', ' b ', 'c', 'a', '-']);
  expect(fields[0]).toMatchObject({
    distinct: 3,
    missing: 1,
    top: [
      { value: 'b', count: 3 },
      { value: 'a', count: 2 },
      { value: 'c', count: 1 },
    ],
  });
});

test('numbers are read by one strict rule', () => {
  const point = ['1', '-1.5', '+.5', '1.', '1e3', '1,234.5', '12,345', 'inf', '-Infinity'].map((text) => parseNumber(text, 'point'));
  expect(point).toEqual([1, -1.5, 0.5, 1, 1000, 1234.5, 12345, Infinity, -Infinity]);
  const comma = ['1,5', '1.234,5', '1.234', '-,5'].map((text) => parseNumber(text, 'comma'));
  expect(comma).toEqual([1.5, 1234.5, 1234, -0.5]);
  for (const text of ['', '.', '-', '1,23', '1 2', '0x10', '1e', '--1', '1.2.3', '٣', '1'.repeat(65), '5%'])
    expect(parseNumber(text, 'point')).toBeUndefined();
});

test('numbers that no figure can be made of are infinite', async () => {
  expect([parseNumber('1e100', 'point'), parseNumber('-2e100', 'point')]).toEqual([1e100, -Infinity]);
  const { fields } = await column(['1e100', '-1e100', '0.5', '1e308']);
  expect(Object.values(fields[0].range ?? {}).every(Number.isFinite)).toBe(true);
  expect(fields[0]).toMatchObject({ missing: 1, histogram: { length: 24 } });
});

test('dates are ISO 8601 and on the calendar', () => {
  expect(parseDatetime('2024-02-29')).toBe(Date.UTC(2024, 1, 29));
  expect(parseDatetime('2024-05-31T08:00:00.25+02:00')).toBe(Date.parse('2024-05-31T06:00:00.250Z'));
  expect(parseDatetime('0099-01-01')).toBe(Date.parse('0099-01-01T00:00:00Z'));
  expect(parseDatetime('2024-05-31 08:00')).toBe(Date.UTC(2024, 4, 31, 8));
  for (const text of ['2023-02-29', '2024-13-01', '2024-00-01', '31.05.2024', '05/31/2024', '2024', '2024-05-31T25:00'])
    expect(parseDatetime(text)).toBeUndefined();
});

test('every spelling of "no value" is missing, and nothing longer', () => {
  for (const marker of missingMarkers) expect(isMissing(marker)).toBe(true);
  for (const text of ['0', 'no', 'NaN1', 'nope', '--']) expect(isMissing(text)).toBe(false);
});
