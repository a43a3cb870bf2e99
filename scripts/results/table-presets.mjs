/** Each preset for tables beside the others: the built-in tables in folds, the mixed tables on their seeded splits. */
import { benchwright } from './command.mjs';
import { mixedTables, trainedOnSplit } from './mixed.mjs';
import { figure, table } from './page.mjs';
import { average, builtinTables, seeds } from './published.mjs';

const presets = ['mlp', 'residual'];

async function inFolds(name, preset, kept) {
  const answers = [];
  for (const seed of seeds) {
    const line = ['train', `builtin:${name}`, '--folds', '10', '--preset', preset, '--seed', String(seed), '--device', 'wasm'];
    answers.push(await kept(`${name}-${preset}-${seed}`, () => benchwright(...line)));
  }
  return answers.map(({ metrics, linear, baseline, seconds }) => ({
    figure: metrics.test.accuracy,
    linear: linear.test.accuracy,
    baseline: baseline.test.accuracy,
    seconds,
  }));
}

async function onSplits({ name, splits, ...asked }, preset, kept) {
  const answers = [];
  for (const { seed } of splits) {
    answers.push(await kept(`${name}-${preset}-${seed}`, () => trainedOnSplit({ name, ...asked, seed, preset })));
  }
  return answers;
}

async function rowOf(name, metric, runsWith) {
  const [mlp, residual] = [await runsWith(presets[0]), await runsWith(presets[1])];
  const mean = (runs) => average(runs.map((run) => run.figure));
  const seconds = (runs) => average(runs.map((run) => run.seconds));
  return {
    name,
    metric,
    mlp: mean(mlp),
    residual: mean(residual),
    runs: mlp.length,
    linear: average(mlp.map((run) => run.linear)),
    baseline: average(mlp.map((run) => run.baseline)),
    seconds: { mlp: seconds(mlp), residual: seconds(residual) },
    // Nothing is promised of one preset against another: these rows say which to choose.
    holds: true,
  };
}

/** The rows, and their section of docs/results.md. */
export async function tablePresetsSection(kept) {
  const rows = [];
  for (const name of builtinTables) rows.push(await rowOf(name, 'accuracy', (preset) => inFolds(name, preset, kept)));
  for (const mixed of mixedTables) rows.push(await rowOf(mixed.name, mixed.metric, (preset) => onSplits(mixed, preset, kept)));
  return { rows, text: textOf(rows) };
}

const textOf = (rows) => `## Presets for tables

Means over the test rows of \`--preset mlp\` and \`--preset residual\` (which gives columns of many categories an embedding): of the built-in tables over
three seeds of 10 folds, of the mixed ones over their five splits, beside the linear model that is trained with each and what always answering the
most frequent class, or the mean, reaches. The peer's figures on the same rows are in the tables above. Nothing is promised of one preset against
another: \`auto\` trains the mlp, and keeps the linear model where that is clearly better on validation rows.

${table(
  ['table', 'figure', 'runs', 'mlp', 'residual', 'linear', 'baseline', 'seconds a run, mlp', 'seconds a run, residual'],
  rows.map((row) => [
    row.name,
    row.metric,
    row.runs,
    figure(row.mlp),
    figure(row.residual),
    figure(row.linear),
    figure(row.baseline),
    row.seconds.mlp.toFixed(1),
    row.seconds.residual.toFixed(1),
  ]),
)}`;
