/** Requests about time series: each is answered by its own rows and those that the model keeps. */
import { afterAll, expect, test } from 'vitest';
import { usualBatches } from '../../../src/serve/batcher.js';
import { usualLimits } from '../../../src/serve/limits.js';
import { ServedRows } from '../../../src/serve/served-rows.js';
import { workplace } from '../train/workplace.js';

const place = workplace();
const csv = (from: number, rows: number): string[] =>
  Array.from({ length: rows }, (_, index) => `${from + index},${((from + index) * 7) % 11}`);

afterAll(() => place.expectTidy());

test.each(['forecast', 'regression'] as const)('of a %s, the rows of another request are not remembered', async (task) => {
  const dataset = await place.table(['t,y', ...csv(0, 80)].join('\n'));
  const windows = { time: 't', columns: ['y'], length: 3, horizon: 1 };
  const { run } = await place.train(dataset, {
    target: 'y',
    preset: 'linear',
    epochs: 5,
    ...(task === 'forecast' ? { task, forecast: { time: 't', lookback: 3 } } : { task, pipeline: { windows } }),
  });
  const id = run.modelId ?? '';
  const model = await ServedRows.open({ store: place.store, devices: place.devices, limits: usualLimits, batches: usualBatches }, id);
  const rows = (values: number[]) => values.map((y, index) => ({ t: 80 + index, y }));
  const alone = await place.models.predict(id, rows([5, 6, 7]));
  await model.ask(rows([9, 1, 9]));
  const [again, other] = await Promise.all([model.ask(rows([5, 6, 7])), model.ask(rows([9, 1, 9]))]);
  await model.close();
  expect(again.columns[0].values).toEqual(alone.map(({ prediction }) => Number(Number(prediction).toPrecision(7))));
  expect(other.columns[0].values).not.toEqual(again.columns[0].values);
});
