/** Mixed tables on the very rows that scikit-learn was measured on: its figures are golden values, the data comes from Debian. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../ensure.mjs';
import { cacheFolder } from './cache.mjs';
import { benchwright } from './command.mjs';
import { average } from './published.mjs';

const golden = JSON.parse(readFileSync(join(root, 'test/golden/mixed-tables.json'), 'utf8'));
/** Not more than this below the better of scikit-learn's models, on the mean over splits. */
const margin = 0.02;

/** One row for each table. */
export async function mixedRows(kept) {
  const folder = splitFiles();
  const rows = [];
  for (const table of golden.tables) rows.push(await mixedRow(folder, table, kept));
  return rows;
}

async function mixedRow(folder, { name, target, metric, splits }, kept) {
  const ours = [];
  for (const { seed } of splits) ours.push(await kept(`${name}-${seed}`, () => trainedOn(folder, { name, seed, target, metric })));
  const mean = (kind) => average(splits.map((split) => split[kind]));
  const theirs = { linear: mean('linear'), mlp: Math.max(mean('mlp64'), mean('mlp128')) };
  const figure = average(ours.map((row) => row.figure));
  return {
    name,
    metric,
    ours: figure,
    bySplit: ours.map((row) => row.figure),
    presets: [...new Set(ours.map(({ preset }) => preset))].join(', '),
    linear: average(ours.map((row) => row.linear)),
    baseline: average(ours.map((row) => row.baseline)),
    theirs,
    holds: figure >= Math.max(theirs.linear, theirs.mlp) - margin,
    seconds: average(ours.map(({ seconds }) => seconds)),
  };
}

function trainedOn(folder, { name, seed, target, metric }) {
  const out = mkdtempSync(join(tmpdir(), 'benchwright-results-'));
  const [train, test] = ['train', 'test'].map((part) => join(folder, `${name}-${seed}-${part}.csv`));
  const line = [
    'train',
    train,
    '--test',
    test,
    '--target',
    target,
    '--seed',
    String(seed),
    '--device',
    'wasm',
    '--out',
    join(out, 'model'),
  ];
  try {
    const { metrics, linear, baseline, preset, seconds } = benchwright(...line);
    return { figure: metrics.test[metric], linear: linear.test[metric], baseline: baseline.test[metric], preset, seconds };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Writes the splits once, and makes sure that they are those of the golden values. */
function splitFiles() {
  const folder = join(cacheFolder, 'mixed');
  const index = join(folder, 'splits.json');
  if (!existsSync(index))
    run(process.env.PYTHON ?? '/usr/bin/python3', [
      join(root, 'scripts/results/mixed.py'),
      join(packageFolder(), 'usr/lib/R/site-library/modeldata/data'),
      folder,
    ]);
  const made = JSON.parse(readFileSync(index, 'utf8'));
  const rowsOf = ({ tables }) => JSON.stringify(tables.map(({ name, splits }) => [name, splits.map(({ testRows }) => testRows)]));
  if (rowsOf(made) !== rowsOf(golden))
    throw new Error('The splits are not those of test/golden/mixed-tables.json: another version of r-cran-modeldata or scikit-learn?');
  return folder;
}

/** Debian's r-cran-modeldata, unpacked. */
function packageFolder() {
  const folder = join(cacheFolder, 'modeldata');
  if (existsSync(join(folder, 'usr'))) return folder;
  mkdirSync(folder, { recursive: true });
  run('apt-get', ['download', 'r-cran-modeldata'], folder);
  run('dpkg-deb', ['-x', readdirSync(folder).find((name) => name.endsWith('.deb')), '.'], folder);
  return folder;
}

function run(command, line, cwd = root) {
  const { status, error } = spawnSync(command, line, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${line.join(' ')} failed${error ? `: ${error.message}` : ` with ${status}`}`);
}
