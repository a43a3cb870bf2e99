/** Mixed tables on the very rows that scikit-learn was measured on: its figures are golden values, the data comes from Debian. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../ensure.mjs';
import { cacheFolder } from './cache.mjs';
import { python, run, trained } from './command.mjs';
import { figure, table, verdict } from './page.mjs';
import { average } from './published.mjs';

const golden = JSON.parse(readFileSync(join(root, 'test/golden/mixed-tables.json'), 'utf8'));
/** Not more than this below the better of scikit-learn's models, on the mean over splits. */
const margin = 0.02;

/** Each with its target, its metric and its splits. */
export const mixedTables = golden.tables;

/** One row for each table. */
async function mixedRows(kept) {
  const rows = [];
  for (const table of mixedTables) rows.push(await mixedRow(table, kept));
  return rows;
}

async function mixedRow({ name, target, metric, splits }, kept) {
  const ours = [];
  for (const { seed } of splits) ours.push(await kept(`${name}-${seed}`, () => trainedOnSplit({ name, seed, target, metric })));
  const mean = (kind) => average(splits.map((split) => split[kind]));
  const theirs = { linear: mean('linear'), mlp: Math.max(mean('mlp64'), mean('mlp128')) };
  const reached = average(ours.map((row) => row.figure));
  return {
    name,
    metric,
    ours: reached,
    bySplit: ours.map((row) => row.figure),
    presets: [...new Set(ours.map(({ preset }) => preset))].join(', '),
    linear: average(ours.map((row) => row.linear)),
    baseline: average(ours.map((row) => row.baseline)),
    theirs,
    holds: reached >= Math.max(theirs.linear, theirs.mlp) - margin,
    seconds: average(ours.map(({ seconds }) => seconds)),
  };
}

/** One training on one split of a mixed table, with a preset where one is asked for. */
export function trainedOnSplit({ name, seed, target, metric, preset: asked }) {
  const folder = splitFiles();
  const [training, test] = ['train', 'test'].map((part) => join(folder, `${name}-${seed}-${part}.csv`));
  const choices = ['--target', target, '--seed', String(seed), '--device', 'wasm', ...(asked ? ['--preset', asked] : [])];
  const { metrics, linear, baseline, preset, seconds } = trained([training, '--test', test, ...choices]);
  return { figure: metrics.test[metric], linear: linear.test[metric], baseline: baseline.test[metric], preset, seconds };
}

/** Writes the splits once, and makes sure that they are those of the golden values. */
function splitFiles() {
  const folder = join(cacheFolder, 'mixed');
  const index = join(folder, 'splits.json');
  if (!existsSync(index)) python('mixed.py', modelData(), folder);
  const made = JSON.parse(readFileSync(index, 'utf8'));
  const rowsOf = ({ tables }) => JSON.stringify(tables.map(({ name, splits }) => [name, splits.map(({ testRows }) => testRows)]));
  if (rowsOf(made) !== rowsOf(golden))
    throw new Error('The splits are not those of test/golden/mixed-tables.json: another version of r-cran-modeldata or scikit-learn?');
  return folder;
}

/** The data of Debian's r-cran-modeldata, unpacked. */
export function modelData() {
  const folder = join(cacheFolder, 'modeldata');
  const data = join(folder, 'usr/lib/R/site-library/modeldata/data');
  if (existsSync(data)) return data;
  mkdirSync(folder, { recursive: true });
  run('apt-get', ['download', 'r-cran-modeldata'], folder);
  run('dpkg-deb', ['-x', readdirSync(folder).find((name) => name.endsWith('.deb')), '.'], folder);
  return data;
}

/** The rows, and their section of docs/results.md. */
export async function mixedSection(kept) {
  const rows = await mixedRows(kept);
  return { rows, text: mixedText(rows) };
}

const mixedText = (rows) => `## Mixed tables

Numbers, categories and missing values: ames and concrete (R²), attrition, credit_data and wa_churn (accuracy) of Debian's
\`r-cran-modeldata\`, which are loaded and not shipped. Five seeded splits with a quarter of the rows for the test, the very same
rows for both sides (\`scripts/results/mixed.py\`; \`test/golden/mixed-tables.json\` holds scikit-learn's figures and a hash of each
split's rows). Ours is \`benchwright train TRAIN --test TEST --target T\` with nothing else decided by hand; theirs is a
\`ColumnTransformer\` (median, one-hot, standardised) with \`LogisticRegression\` or \`Ridge\`, and the better of MLPs with 64 and 128
hidden units, early stopping and a standardised target. The bound is 0.02 below the better of their two.

${table(
  ['table', 'figure', 'ours', 'by split', 'kept', 'their linear model', 'their MLP', 'holds', 'our linear model', 'baseline', 'seconds'],
  rows.map((row) => [
    row.name,
    row.metric,
    figure(row.ours),
    row.bySplit.map(figure).join(', '),
    row.presets,
    figure(row.theirs.linear),
    figure(row.theirs.mlp),
    verdict(row.holds),
    figure(row.linear),
    figure(row.baseline),
    row.seconds.toFixed(1),
  ]),
)}`;
