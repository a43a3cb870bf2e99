/** Forecasts of a real series on the very origins that scikit-learn's ridge regression and the naive forecasts were measured on. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../ensure.mjs';
import { cacheFolder } from './cache.mjs';
import { benchwright } from './command.mjs';
import { modelData, run } from './mixed.mjs';
import { figure, table, verdict } from './page.mjs';
import { average, seeds } from './published.mjs';

const golden = JSON.parse(readFileSync(join(root, 'test/golden/forecasts.json'), 'utf8'));
const presets = ['mlp', 'gru', 'temporal-cnn'];

/** Ours and theirs are the same forecast of the same rows, or the rows are not the same. */
const same = (ours, theirs) => Math.abs(ours - theirs) < 1e-9;

function train(preset, seed) {
  const data = join(cacheFolder, 'chicago');
  run(process.env.PYTHON ?? '/usr/bin/python3', [join(root, 'scripts/results/forecasts.py'), modelData(), data]);
  const folder = mkdtempSync(join(tmpdir(), 'benchwright-results-'));
  const spec = join(folder, 'spec.json');
  writeFileSync(spec, JSON.stringify({ preset, seed, device: 'wasm', forecast: { horizon: golden.horizon } }));
  const line = ['--target', 'riders', '--task', 'forecast', '--spec', spec, '--out', join(folder, 'run')];
  try {
    const { rows, metrics, linear, baseline, forecast, seconds } = benchwright('train', join(data, 'chicago.csv'), ...line);
    if (rows.test !== golden.test || forecast.lookback !== golden.lookback || !same(baseline.seasonalNaive.test.mae, golden.mae.seasonal))
      throw new Error('The rows that are tested are not those of test/golden/forecasts.json.');
    return { mae: metrics.test.mae, mase: metrics.test.mase, linear: linear?.test.mae, seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
    holds: bySeed.every((mae) => mae < golden.mae.ridge && mae < golden.mae.seasonal),
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
  ['preset', 'ours', 'by seed', 'MASE', 'holds', 'our linear model', 'seconds'],
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
