/** Dates as people write them: what each says, how a column is read, and what is told where it may be read in two ways. */
import { expect, test } from 'vitest';
import { parseDatetime } from '../../../src/data/columns/cells.js';
import { dateFormsOf, epochForm, namesEpoch, parseDate } from '../../../src/data/columns/dates.js';
import { openRows } from '../../../src/data/open-rows.js';
import { type ReadResult, readSource } from '../../../src/data/read.js';
import type { Column } from '../../../src/data/table.js';
import { loadDecoder } from '../../../src/host/node/decoder.js';
import type { DateForm } from '../../../src/spec/date-form.js';
import type { FieldType } from '../../../src/spec/field-type.js';
import { readBuiltin, textSource } from './files.js';

async function read(text: string, types?: Record<string, FieldType>): Promise<ReadResult & { columns: Column[] }> {
  const reading = readSource(textSource(text), { readBuiltin, types });
  const columns: Column[] = [];
  let next = await reading.next();
  for (; !next.done; next = await reading.next()) if (next.value.kind === 'chunk') columns.push(...next.value.chunk.columns);
  return { ...next.value, columns };
}

const column = (values: readonly unknown[], name = 'day', types?: Record<string, FieldType>) =>
  read(`${name}\tother\n${values.map((value) => `${value}\tx`).join('\n')}\n`, types);

const days = ({ columns }: { columns: Column[] }, place = 0): (string | undefined)[] => {
  const found = columns[place];
  if (found.kind !== 'number') return [];
  return [...found.values].map((value) => (Number.isNaN(value) ? undefined : new Date(value).toISOString().replace('T00:00:00.000Z', '')));
};

/** Python's datetime.strptime, in UTC. */
const golden: [string, DateForm | undefined, string | undefined][] = [
  ['31.12.2024', 'day-first', '2024-12-31T00:00:00.000Z'],
  ['1.2.2024 13:45', 'day-first', '2024-02-01T13:45:00.000Z'],
  ['12/31/2024', 'month-first', '2024-12-31T00:00:00.000Z'],
  ['12/31/24 1:05:09 pm', 'month-first', '2024-12-31T13:05:09.000Z'],
  ['12/31/2024 12:00 AM', 'month-first', '2024-12-31T00:00:00.000Z'],
  ['31/12/69', 'day-first', '1969-12-31T00:00:00.000Z'],
  ['31/12/68', 'day-first', '2068-12-31T00:00:00.000Z'],
  ['31 May 2024', 'named', '2024-05-31T00:00:00.000Z'],
  ['May 31, 2024', 'named', '2024-05-31T00:00:00.000Z'],
  ['31-May-24', 'named', '2024-05-31T00:00:00.000Z'],
  ['Sept. 3 2024 08:00', 'named', '2024-09-03T08:00:00.000Z'],
  ['Fri, 31 May 2024 08:00:00 +0200', 'named', '2024-05-31T06:00:00.000Z'],
  ['Fri, 31 May 2024 08:00:00 GMT', 'named', '2024-05-31T08:00:00.000Z'],
  ['1717142400', 'seconds', '2024-05-31T08:00:00.000Z'],
  ['1717142400.5', 'seconds', '2024-05-31T08:00:00.500Z'],
  ['1717142400000', 'milliseconds', '2024-05-31T08:00:00.000Z'],
  ['2024/05/31', undefined, '2024-05-31T00:00:00.000Z'],
  ['2024.05.31 08:00', undefined, '2024-05-31T08:00:00.000Z'],
  ['2024-05-31T08:00:00.25-05:30', undefined, '2024-05-31T13:30:00.250Z'],
  ['2024-05-31', 'day-first', '2024-05-31T00:00:00.000Z'],
  ['31.02.2024', 'day-first', undefined],
  ['12/31/2024', 'day-first', undefined],
  ['12/31/2024 13:00 PM', 'month-first', undefined],
  ['1.2.24', 'day-first', undefined],
  ['31 Mai 2024', 'named', undefined],
  ['May 2024', 'named', undefined],
  ['2024.05', undefined, undefined],
  ['2024/05', undefined, undefined],
  ['2024-05/31', undefined, undefined],
];

test.each(golden)('%s (%s) is %s', (text, form, expected) => {
  const value = parseDate(text, form);
  expect(value === undefined ? undefined : new Date(value).toISOString()).toBe(expected);
});

test('what is no date is none in any form', () => {
  for (const text of [
    '',
    'x',
    'May',
    '31',
    '10.0.0.1',
    '1/2',
    '99/99/2024',
    '3 mice 2024',
    'march 40, 2024',
    '1.2.3',
    `${'9'.repeat(60)}`,
  ]) {
    expect(dateFormsOf(text)).toEqual([]);
    expect(parseDatetime(text)).toBeUndefined();
  }
});

test('day or month first is told by the whole column', async () => {
  const german = await column(['31.12.2023', '01.02.2024', '', '05.06.2024 08:30']);
  expect(german.fields[0]).toMatchObject({
    type: 'datetime',
    dates: 'day-first',
    missing: 1,
    reason: 'All 3 values are dates with the day first.',
  });
  expect(days(german)).toEqual(['2023-12-31', '2024-02-01', undefined, '2024-06-05T08:30:00.000Z']);
  const american = await column(['01/02/2024', '02/28/2024']);
  expect(american.fields[0]).toMatchObject({ type: 'datetime', dates: 'month-first' });
  expect(days(american)).toEqual(['2024-01-02', '2024-02-28']);
  expect(days(await column(['01/02/2024', '28/02/2024']))).toEqual(['2024-02-01', '2024-02-28']);
  expect((await column(['28/02/2024', '02/28/2024'])).fields[0].type).not.toBe('datetime');
});

test('where nothing tells it is said; points tell, and so does another column', async () => {
  const open = await column(['01/02/2024', '03/04/2024', '03/04/2024']);
  expect(open.fields[0]).toMatchObject({ type: 'datetime', dates: 'month-first' });
  expect(open.warnings).toContainEqual(
    expect.objectContaining({ code: 'ambiguous-dates', place: expect.objectContaining({ column: 'day' }) as object }),
  );
  expect(days(open)[0]).toBe('2024-01-02');
  const points = await column(['01.02.2024', '03.04.2024']);
  expect([days(points)[0], points.warnings.filter(({ code }) => code === 'ambiguous-dates')]).toEqual(['2024-02-01', []]);
  const beside = await read('begun,ended\n01/02/2024,28/02/2024\n03/04/2024,30/04/2024\n');
  expect(beside.fields.map(({ dates }) => dates)).toEqual(['day-first', 'day-first']);
  expect(beside.warnings.filter(({ code }) => code === 'ambiguous-dates')).toEqual([]);
});

test('months by name, ISO among them; a few others are missing, and the first is named', async () => {
  const found = await column([...Array.from({ length: 40 }, (_, index) => `${1 + (index % 28)} Mar 2024`), '2024-05-01', 'soon']);
  expect(found.fields[0]).toMatchObject({ type: 'datetime', dates: 'named', missing: 1 });
  expect(days(found).slice(39)).toEqual(['2024-03-12', '2024-05-01', undefined]);
  expect(found.warnings).toContainEqual(
    expect.objectContaining({ code: 'mixed-column', message: expect.stringContaining('"soon"') as string }),
  );
});

test('numbers are times only where their name says so, and they may be', async () => {
  const [first, second] = [1717142400, 1717146000];
  const seconds = await column([first, second], 'created_timestamp');
  expect(seconds.fields[0]).toMatchObject({ type: 'datetime', dates: 'seconds' });
  expect(days(seconds)).toEqual(['2024-05-31T08:00:00.000Z', '2024-05-31T09:00:00.000Z']);
  const thousandths = await column([first * 1000, second * 1000], 'epochMs');
  expect(thousandths.fields[0]).toMatchObject({ type: 'datetime', dates: 'milliseconds' });
  expect(days(thousandths)[0]).toBe('2024-05-31T08:00:00.000Z');
  expect((await column([first, second], 'population')).fields[0].type).toBe('integer');
  expect((await column([1, 2], 'timestamp')).fields[0].type).toBe('integer');
  expect(namesEpoch('shirts')).toBe(false);
  expect(['ts', 'event_ts', 'createdTs', 'Unix time'].every(namesEpoch)).toBe(true);
  expect(epochForm(first, second * 1000)).toBeUndefined();
});

test('a type that is asked for is read as the column writes it', async () => {
  const asked = await column(['31.12.2023', 'later', 'never', '01.02.2024'], 'day', { day: 'datetime' });
  expect(days(asked)).toEqual(['2023-12-31', undefined, undefined, '2024-02-01']);
  expect(days(await column([1717142400, 1717146000], 'n', { n: 'datetime' }))[0]).toBe('2024-05-31T08:00:00.000Z');
});

test('a file to answer about is read as the one that was learnt from', async () => {
  const { fields } = await column(['31.12.2023', '01.02.2024']);
  const rows = async (text: string) => {
    const opened = await openRows(textSource(text), fields.slice(0, 1), { readBuiltin, loadDecoder });
    const columns: Column[] = [];
    for await (const { table } of opened.batches) columns.push(...table.columns);
    return days({ columns });
  };
  expect(await rows('day\n02.03.2024\n2024-03-04\n')).toEqual(['2024-03-02', '2024-03-04']);
  await expect(rows('day\nsoon\n')).rejects.toMatchObject({ code: 'not-a-datetime' });
});
