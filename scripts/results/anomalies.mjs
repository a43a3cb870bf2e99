/** Odd rows told on the very splits that scikit-learn's isolation forest was measured on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../ensure.mjs';
import { cacheFolder } from './cache.mjs';
import { once, python, trained } from './command.mjs';
import { figure, table, verdict } from './page.mjs';
import { average } from './published.mjs';

const golden = JSON.parse(readFileSync(join(root, 'test/golden/anomalies.json'), 'utf8'));
/** Not more than this below the isolation forest, on the mean over splits, where ordinary rows alone are learnt from. */
const margin = 0.02;
const wishes = { normal: { trainOn: 'normal' }, all: {} };

/** Made sure to be those of the golden values. */
const splitFiles = once(() => {
  const folder = join(cacheFolder, 'anomalies');
  python('anomalies.py', join(root, 'public/data/breast-cancer.csv'), folder);
  const splits = JSON.parse(readFileSync(join(folder, 'splits.json'), 'utf8'));
  if (splits.some(({ testRows }, index) => testRows !== golden.splits[index].testRows))
    throw new Error('The splits are not those of test/golden/anomalies.json: another version of scikit-learn?');
  return folder;
});

function train(learnt, seed) {
  const folder = splitFiles();
  const [training, test] = ['train', 'test'].map((part) => join(folder, `${seed}-${part}.csv`));
  const line = [training, '--test', test, '--target', 'diagnosis', '--task', 'anomaly'];
  const spec = { seed, device: 'wasm', anomaly: { normal: ['benign'], ...wishes[learnt] } };
  const { metrics, baseline, preset, seconds } = trained(line, spec);
  return { figure: metrics.test.rocAuc, baseline: baseline.test.rocAuc, preset, seconds };
}

async function rowOf(learnt, kept) {
  const runs = [];
  for (const { seed } of golden.splits) runs.push(await kept(`anomalies-${learnt}-${seed}`, () => train(learnt, seed)));
  const theirs = (model) => average(golden.splits.map((split) => split[learnt][model]));
  const ours = average(runs.map((run) => run.figure));
  return {
    name: `breast-cancer, learnt from ${learnt}`,
    learnt: { normal: 'benign rows', all: 'all rows' }[learnt],
    ours,
    bySplit: runs.map((run) => run.figure),
    kept: [...new Set(runs.map(({ preset }) => preset))].join(', '),
    forest: theirs('forest'),
    components: theirs('pca10'),
    baseline: average(runs.map((run) => run.baseline)),
    seconds: average(runs.map(({ seconds }) => seconds)),
    // Where more than a third of the rows are odd, what they have in common is learnt as well: the page and the command line say so.
    holds: learnt === 'all' || ours >= theirs('forest') - margin,
  };
}

/** The rows, and their section of docs/results.md. */
export async function anomalySection(kept) {
  const rows = [await rowOf('normal', kept), await rowOf('all', kept)];
  return { rows, text: textOf(rows) };
}

const textOf = (rows) => `## Anomalies

Malignant rows among benign ones, told by how badly a network gives a row's columns back: ROC AUC on the test rows, a quarter of the table, means over five
seeded splits, the very same rows for both sides (\`scripts/results/anomalies.py\`, scikit-learn ${golden['scikit-learn']}: \`IsolationForest\`, and what ten principal components
leave over). No label is learnt from; where benign rows alone are learnt from, labels choose them, on both sides. The bound for that is ${margin} below the
isolation forest. Learnt from all rows, of which 37 % are malignant, nothing is promised: what a third of the rows have in common is not odd.

${table(
  ['learnt from', 'ours', 'by split', 'kept', 'isolation forest', '10 components', 'holds', 'distance from the mean', 'seconds'],
  rows.map((row) => [
    row.learnt,
    figure(row.ours),
    row.bySplit.map(figure).join(', '),
    row.kept,
    figure(row.forest),
    figure(row.components),
    verdict(row.holds),
    figure(row.baseline),
    row.seconds.toFixed(1),
  ]),
)}`;
