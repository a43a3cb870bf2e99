/** Forecasts from a table to the rows to come, on our own engine: told, tested, continued, and never from the future. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import type { RunRecord } from '../../../src/spec/run.js';
import type { TrainingSpec } from '../../../src/spec/training.js';
import { forecastMetrics } from '../../../src/stats/forecast.js';
import { failureOf, resultOf, workplace } from './workplace.js';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.expectTidy());

const days = 160;
const week = [0, 2, 3, 4, 6, -9, -12];

/** Two shops: a week, a slow rise, and noise. */
function rowsOf(noise = 0.5): [day: string, shop: string, sold: number][] {
  const random = new Random(5);
  return Array.from({ length: days }, (_, day) =>
    (['north', 'south'] as const).map((shop, index): [string, string, number] => [
      new Date(Date.UTC(2023, 0, 2 + day)).toISOString().slice(0, 10),
      shop,
      100 * (index + 1) + day / 10 + week[day % 7] * (index + 1) + noise * random.normal(),
    ]),
  ).flat();
}
const csv = (rows: readonly (readonly (string | number)[])[]): string => `day,shop,sold\n${rows.map((row) => row.join(',')).join('\n')}\n`;
const asked: TrainingSpec = {
  target: 'sold',
  task: 'forecast',
  forecast: { group: 'shop', horizon: 3 },
  seed: 1,
  epochs: 12,
  device: 'wasm',
};

async function trained(rows = rowsOf(), spec: TrainingSpec = asked): Promise<RunRecord> {
  return (await place.train(await place.table(csv(rows)), spec)).run;
}

const maeOf = ({ scores }: RunRecord): number => (scores as { test: { mae: number } }).test.mae;

test('what is decided: order, season, lookback, calendar; the baselines are computed from the rows alone', async () => {
  const rows = rowsOf();
  const run = await trained(rows);
  expect(run).toMatchObject({
    task: 'forecast',
    spec: asked,
    pipeline: { windows: { time: 'day', group: 'shop', horizon: 3, each: true } },
  });
  expect(run.pipeline.windows?.length).toBe(14);
  expect(run.pipeline.target).toMatchObject({ kind: 'series', season: 7, cadence: { kind: 'regular', interval: 86_400_000 } });
  expect(run.pipeline.steps.find(({ column }) => column === 'day')).toMatchObject({ kind: 'date', parts: ['weekday'] });
  const { backtest } = run;
  // By hand: each shop's rows are every other; the latest origins with three days ahead of them are the test rows.
  const origins = run.rows.test / 2;
  const [naive, seasonal, actual]: number[][] = [[], [], []];
  for (const shop of [0, 1]) {
    const own = rows.filter((_, index) => index % 2 === shop).map(([, , sold]) => sold);
    for (let origin = days - 3 - origins; origin < days - 3; origin++) {
      for (const step of [1, 2, 3]) {
        actual.push(own[origin + step]);
        naive.push(own[origin]);
        seasonal.push(own[origin + step - 7]);
      }
    }
  }
  const scales = actual.map(() => 1);
  const test = (predicted: number[]) => forecastMetrics({ actual, predicted, scales });
  expect(backtest?.baselines.naive.test.mae).toBeCloseTo(test(naive).mae, 9);
  expect(backtest?.baselines.seasonalNaive.test.mae).toBeCloseTo(test(seasonal).mae, 9);
  expect(backtest?.baselines.seasonalNaive.test.smape).toBeCloseTo(test(seasonal).smape, 9);
  expect(run.baseline?.test).toEqual(backtest?.baselines.seasonalNaive.test);
  expect(backtest?.byStep).toHaveLength(3);
  expect(backtest?.lines.map(({ step, series }) => [step, series])).toEqual([
    [1, 'north'],
    [3, 'north'],
  ]);
  expect(run.scores?.test).toMatchObject({ mase: expect.any(Number), smape: expect.any(Number) });
  // Without the last value's help nobody tells weekends: it has learnt the week at least.
  expect(maeOf(run)).toBeLessThan(test(naive).mae / 3);
});

test.each(['gru', 'temporal-cnn', 'mlp', 'linear'] as const)(
  '%s: a file is answered row by row, as it is in pieces, and goes on',
  async (preset) => {
    const rows = rowsOf();
    const known = rows.slice(0, 2 * 140);
    const run = await trained(known, { ...asked, preset, epochs: 4 });
    const id = run.modelId as string;
    const later = rows.slice(2 * 140).map(([day, shop, sold]) => ({ day, shop, sold }));
    const whole = await place.models.predict(id, later);
    expect(whole).toHaveLength(later.length);
    // What comes after a row changes nothing of what was told of it and before; what it is changes what is told of the next.
    const changed = later.map((row, index) => (index >= 10 ? { ...row, sold: row.sold + 50 } : row));
    const other = await place.models.predict(id, changed);
    expect(other.slice(0, 12)).toEqual(whole.slice(0, 12));
    expect(other[12].prediction).not.toEqual(whole[12].prediction);
    const pieces: string[] = [];
    const text = csv(later.map(({ day, shop, sold }) => [day, shop, sold]));
    await resultOf(place.models.predictFile(id, { kind: 'text', name: 'later.csv', text }), ({ csv: piece }) => pieces.push(piece));
    const told = pieces.join('').trim().split('\n').slice(1);
    expect(told).toHaveLength(later.length);
    for (const [index, line] of told.entries()) expect(Number(line.split(',')[3])).toBeCloseTo(Number(whole[index].prediction), 3);
    // Rows without a value are what `forecast` tells, and beyond the horizon what was told is gone on from.
    const ahead = await place.models.forecast(id, { horizon: 5 });
    const blank = await place.models.predict(
      id,
      ahead.map(({ series, time }) => ({ day: new Date(time).toISOString(), shop: series ?? '', sold: null })),
    );
    expect(ahead.map(({ series, step }) => `${series} ${step}`)).toEqual(
      ['north', 'south'].flatMap((shop) => [1, 2, 3, 4, 5].map((step) => `${shop} ${step}`)),
    );
    expect(ahead[0].time).toBe(Date.parse(later[0].day));
    expect(ahead.map(({ prediction }) => prediction)).toEqual(blank.map(({ prediction }) => prediction));
    // The first of them is what was told of the first later row.
    expect(ahead[0].prediction).toBe(whole[0].prediction);
  },
);

test('evaluated on a file, every row but the first of a series is told, step by step and by group', async () => {
  const rows = rowsOf();
  const run = await trained(rows, { ...asked, preset: 'linear' });
  const report = await place.evaluator.evaluate(
    run.modelId as string,
    { kind: 'text', name: 'rows.csv', text: csv(rows) },
    { group: 'shop' },
  );
  expect(report.task).toBe('forecast');
  expect(report.rows).toBe(rows.length - 2);
  expect(report.byStep).toHaveLength(3);
  expect(report.groups?.map(({ group }) => group)).toEqual(['north', 'south']);
  expect(report.baselines?.naive.mae).toBeGreaterThan(report.baselines?.seasonalNaive.mae as number);
  expect((report.metrics as { mae: number }).mae).toBeLessThan(1.5 * maeOf(run));
});

test.each(['gru', 'temporal-cnn'] as const)(
  'cut off after two epochs and gone on with, %s foretells the same, to the last bit',
  async (preset) => {
    const dataset = await place.table(csv(rowsOf()));
    const wish = { ...asked, preset, epochs: 4, patience: 0 };
    const cancel = new AbortController();
    const work = place.trainer.train({ dataset: dataset.id, spec: wish }, { signal: cancel.signal });
    const stopped = resultOf(work, (event) => {
      if (event.kind === 'epoch' && event.point.epoch === 2) cancel.abort();
    });
    expect(await failureOf(stopped)).toMatchObject({ code: 'cancelled' });
    const [{ id }] = await place.trainer.runs();
    const resumed = (await place.train(dataset, wish, { resume: id })).run;
    const whole = (await place.train(dataset, wish)).run;
    expect(resumed.id).toBe(id);
    for (const of of ['curve', 'steps', 'bestEpoch', 'scores', 'baseline', 'linear', 'backtest', 'pipeline'] as const)
      expect(resumed[of]).toEqual(whole[of]);
    const [first, second] = await place.models.list();
    expect(first.weights).toEqual(second.weights);
  },
);

test('two trainings with one seed are the same to the last bit', async () => {
  const [one, other] = [await trained(rowsOf(), { ...asked, preset: 'gru' }), await trained(rowsOf(), { ...asked, preset: 'gru' })];
  expect(other.curve).toEqual(one.curve);
  expect(other.scores).toEqual(one.scores);
});

test.each<[string, string, Partial<TrainingSpec>]>([
  ['a column of the time that there is not', 'missing-column', { forecast: { time: 'hour' } }],
  ['rows that repeat their times', 'times-repeat', { forecast: {} }],
  ['a target that is no number', 'target-not-numeric', { target: 'shop', forecast: {} }],
  ['a lookback beyond the series', 'series-too-short', { forecast: { group: 'shop', lookback: 500 } }],
  ['the target as the group', 'target-left-out', { forecast: { group: 'sold' } }],
])('%s is refused', async (_, code, spec) => {
  const dataset = await place.table(csv(rowsOf()));
  expect(await failureOf(place.train(dataset, { ...asked, ...spec }))).toMatchObject({ name: 'InputError', code });
});

test('a preset for sequences needs windows, and a forecast needs a model that foretells', async () => {
  const dataset = await place.table(csv(rowsOf()));
  const plain = { ...asked, task: 'regression' as const, forecast: undefined, epochs: 1 };
  expect(await failureOf(place.train(dataset, { ...plain, preset: 'gru' }))).toMatchObject({ code: 'preset-needs-windows' });
  const { run } = await place.train(dataset, { ...plain, preset: 'linear' });
  expect(await failureOf(place.models.forecast(run.modelId as string))).toMatchObject({ code: 'not-a-forecast' });
});

test('beyond the horizon a model that reads other columns says which of them it needs', async () => {
  const random = new Random(2);
  const rows = rowsOf().map((row) => [...row, (10 + random.normal()).toFixed(2)]);
  const dataset = await place.table(csv(rows).replace('day,shop,sold', 'day,shop,sold,heat'));
  const { run } = await place.train(dataset, { ...asked, preset: 'linear', epochs: 1 });
  const id = run.modelId as string;
  expect(await place.models.forecast(id)).toHaveLength(6);
  expect(await failureOf(place.models.forecast(id, { horizon: 4 }))).toMatchObject({
    code: 'future-inputs',
    advice: expect.stringContaining('"heat"'),
  });
});
