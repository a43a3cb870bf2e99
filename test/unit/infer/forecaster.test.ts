/** From which row each row is told, and how many steps ahead: with a network that says the last value, times 100, and the step. */
import { expect, test } from 'vitest';
import { columnNamed, numbersOf } from '../../../src/data/columns/access.js';
import { textColumn } from '../../../src/data/columns/text.js';
import type { Table } from '../../../src/data/table.js';
import { type AnswerRows, Forecaster } from '../../../src/infer/forecaster.js';
import type { ForecastPipeline } from '../../../src/infer/series-rows.js';
import type { Field } from '../../../src/spec/field.js';

const horizon = 3;
const fields = (['time', 'shop', 'sold'] as const).map(
  (name): Field => ({ name, type: name === 'shop' ? 'category' : 'number', missing: 0, distinct: 9, reason: '' }),
);
const pipeline: ForecastPipeline = {
  version: 2,
  reads: ['time', 'shop', 'sold'],
  windows: { time: 'time', group: 'shop', columns: ['sold'], length: 2, horizon, each: true },
  derived: [],
  steps: [],
  target: {
    kind: 'series',
    column: 'sold',
    transform: 'none',
    mean: 0,
    deviation: 1,
    horizon,
    season: 1,
    cadence: { kind: 'regular', interval: 10 },
    scales: [],
  },
  ignored: [],
  inputs: 2,
};
/** Of an origin of which nothing is known: 7. */
const answers: AnswerRows = async (table, rows) => {
  const now = numbersOf(columnNamed(table, 'sold (now)'), 'sold (now)');
  return Float64Array.from({ length: rows.length * horizon }, (_, place) => {
    const value = now[rows[Math.floor(place / horizon)]];
    return 100 * (Number.isNaN(value) ? 7 : value) + (place % horizon) + 1;
  });
};
const rowsOf = (rows: readonly (readonly [time: number, shop: string, sold: number | null])[]): Table => ({
  rows: rows.length,
  names: ['time', 'shop', 'sold'],
  columns: [
    { kind: 'number', values: Float64Array.from(rows, ([time]) => time) },
    textColumn(rows.map(([, shop]) => shop)),
    { kind: 'number', values: Float64Array.from(rows, ([, , sold]) => sold ?? Number.NaN) },
  ],
});
const forecaster = (latest?: ForecastPipeline['latest']): Forecaster =>
  new Forecaster(fields, latest ? { ...pipeline, latest } : pipeline, answers);
const latest = {
  rows: 2,
  columns: [
    { name: 'time', values: [10, 20] },
    { name: 'shop', values: ['a', 'a'] },
    { name: 'sold', values: [1, 2] },
  ],
};

const rows = [
  [30, 'a', 3],
  [40, 'a', null],
  [50, 'a', null],
  [60, 'a', null],
  [70, 'a', null],
  [80, 'a', 8],
  [90, 'a', 9],
] as const;
/** One ahead of 2; 1, 2 and 3 ahead of 3; then from what was told of the third. */
const told = [201, 301, 302, 303, 30301, 30302, 801];

test('a row is told from the latest value before it, and beyond the horizon from what was told', async () => {
  expect([...(await forecaster(latest).answer(rowsOf(rows)))]).toEqual(told);
});

test('rows that come one by one, or out of order, are told the same', async () => {
  const one = forecaster(latest);
  const each: number[] = [];
  for (const row of rows) each.push(...(await one.answer(rowsOf([row]))));
  expect(each).toEqual(told);
  const backwards = await forecaster(latest).answer(rowsOf(rows.toReversed()));
  expect([...backwards].reverse()).toEqual(told);
});

test('what the model remembers is left alone where the table goes back behind it, and a new series begins with nothing', async () => {
  expect([
    ...(await forecaster(latest).answer(
      rowsOf([
        [20, 'a', 5],
        [30, 'a', 6],
      ]),
    )),
  ]).toEqual([101, 501]);
  expect([
    ...(await forecaster(latest).answer(
      rowsOf([
        [20, 'b', 5],
        [30, 'b', 6],
      ]),
    )),
  ]).toEqual([701, 501]);
});

test('what comes after the table: each series by itself, its times going on', async () => {
  const one = forecaster(latest);
  await one.answer(
    rowsOf([
      [30, 'a', 3],
      [30, 'b', 4],
    ]),
  );
  expect(await one.ahead(4)).toEqual([
    ...[301, 302, 303, 30301].map((prediction, index) => ({ series: 'a', time: 40 + 10 * index, step: index + 1, prediction })),
    ...[401, 402, 403, 40301].map((prediction, index) => ({ series: 'b', time: 40 + 10 * index, step: index + 1, prediction })),
  ]);
});

test('a row without a time is refused by its number', async () => {
  const one = forecaster(latest);
  await one.answer(rowsOf([[30, 'a', 3]]));
  await expect(
    one.answer(
      rowsOf([
        [40, 'a', 3],
        [Number.NaN, 'a', 3],
      ]),
    ),
  ).rejects.toMatchObject({
    code: 'row-without-time',
    place: { column: 'time', row: 3 },
  });
});

test('to hear rows, only those without a value are told; what comes after is the same', async () => {
  let asked = 0;
  const counted = new Forecaster(fields, { ...pipeline, latest }, (table, origins, signal) => {
    asked += origins.length;
    return answers(table, origins, signal);
  });
  async function* batches() {
    yield { table: rowsOf(rows.slice(0, 4)), cells: [], bytes: 0 };
    yield { table: rowsOf(rows.slice(4)), cells: [], bytes: 0 };
  }
  await counted.hear({ name: 'table', names: [], batches: batches(), close: async () => undefined });
  // From the third row, and from what was told of it.
  expect(asked).toBe(2);
  const answered = forecaster(latest);
  await answered.answer(rowsOf(rows));
  expect(await counted.ahead(2)).toEqual(await answered.ahead(2));
});

test('in a long gap only the rows that are told from are looked at, each once', async () => {
  const length = 300;
  let looked = 0;
  const next: AnswerRows = async (table, origins) => {
    looked += table.rows;
    const now = numbersOf(columnNamed(table, 'sold (now)'), 'sold (now)');
    return Float64Array.from(
      { length: origins.length * horizon },
      (_, place) => now[origins[Math.floor(place / horizon)]] + (place % horizon) + 1,
    );
  };
  const gap = Array.from({ length }, (_, index) => [30 + 10 * index, 'a', null] as const);
  const answered = await new Forecaster(fields, { ...pipeline, latest }, next).answer(rowsOf(gap));
  expect(answered).toEqual(Float64Array.from({ length }, (_, index) => 3 + index));
  expect(looked).toBe(length / horizon);
});
