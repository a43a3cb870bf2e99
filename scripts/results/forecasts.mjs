/** Forecasts of a real series on the very origins that scikit-learn's ridge regression and the naive forecasts were measured on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../ensure.mjs';
import { cacheFolder } from './cache.mjs';
import { once, python, trained } from './command.mjs';
import { modelData } from './mixed.mjs';
import { figure, table, verdict } from './page.mjs';
import { average, seeds } from './published.mjs';

const golden = JSON.parse(readFileSync(join(root, 'test/golden/forecasts.json'), 'utf8'));
const presets = ['mlp', 'gru', 'temporal-cnn'];

/** Ours and theirs are the same forecast of the same rows, or the rows are not the same. */
const same = (ours, theirs) => Math.abs(ours - theirs) < 1e-9;

const chicago = once(() => {
  const folder = join(cacheFolder, 'chicago');
  python('forecasts.py', modelData(), folder);
  return join(folder, 'chicago.csv');
});

function train(preset, seed) {
  const line = [chicago(), '--target', 'riders', '--task', 'forecast'];
  const answer = trained(line, { preset, seed, device: 'wasm', forecast: { horizon: golden.horizon } });
  const { rows, metrics, linear, baseline, forecast, seconds } = answer;
  const sameBaselines = same(baseline.naive.test.mae, golden.mae.naive) && same(baseline.seasonalNaive.test.mae, golden.mae.seasonal);
  if (rows.test !== golden.test || forecast.lookback !== golden.lookback || !sameBaselines)
    throw new Error('The rows that are tested are not those of test/golden/forecasts.json.');
  return { mae: metrics.test.mae, mase: metrics.test.mase, linear: linear?.test.mae, seconds };
}

async function rowOf(preset, kept) {
  const runs = [];
  for (const seed of seeds) runs.push(await kept(`chicago-${preset}-${seed}`, () => train(preset, seed)));
  const bySeed = runs.map(({ mae }) => mae);
  return {
    name: `chicago, ${preset}`,
    preset,
    mae: average(bySeed),
    bySeed,
    mase: average(runs.map(({ mase }) => mase)),
    linear: runs[0].linear,
    seconds: average(runs.map(({ seconds }) => seconds)),
    holds: bySeed.every((mae) => mae < Math.min(...Object.values(golden.mae))),
  };
}

/** The rows, and their section of docs/results.md. */
export async function forecastSection(kept) {
  const rows = [];
  for (const preset of presets) rows.push(await rowOf(preset, kept));
  return { rows, text: textOf(rows) };
}

const textOf = (rows) => `## Forecasts

Riders of a station in Chicago, day by day from 2001 to 2016 (\`Chicago\` of \`r-cran-modeldata\`, the column of riders alone), ${golden.horizon} days ahead from
each of the last ${golden.test} origins with ${golden.horizon} days behind them: mean absolute error in thousands of riders, for the seeds 0, 1 and 2. The naive forecast
misses by ${figure(golden.mae.naive)}, the seasonal naive one (the same weekday before) by ${figure(golden.mae.seasonal)}, and scikit-learn ${golden['scikit-learn']}'s \`Ridge\` on the same ${golden.lookback} days
before each origin by ${figure(golden.mae.ridge)} (\`scripts/results/forecasts.py\`); every seed has to be better than all of them. Both sides agree on the naive forecasts'
figures to nine digits, so that the rows are the same. MASE is relative to the seasonal naive forecast on the training rows.

${table(
  ['preset', 'ours', 'by seed', 'MASE', 'holds', 'our linear model, seed 0', 'seconds'],
  rows.map((row) => [
    row.preset,
    figure(row.mae),
    row.bySeed.map(figure).join(', '),
    figure(row.mase),
    verdict(row.holds),
    row.linear === undefined ? '' : figure(row.linear),
    row.seconds.toFixed(0),
  ]),
)}`;
