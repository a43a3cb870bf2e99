/** Rows to docs/results.md. */

const figure = (value) => value.toFixed(3);
const verdict = (holds) => (holds ? 'yes' : '**no**');
const table = (heads, rows) => [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

export function resultsPage({ published, pictures, mixed, version, node }) {
  return `# Results

Written by \`npm run results\` (Benchwright ${version}, Node ${node.split('.')[0]}, device wasm, one thread), which runs the command line and exits
non-zero when a row misses its bound. Finished rows are kept in \`.cache/results\`; a change of the engine starts them anew. A
single lucky seed is not a result: every figure is a mean over seeds or splits.

## Published rows

Accuracy of \`benchwright train builtin:NAME --folds 10 --seed S\` for the seeds 0, 1 and 2 (stratified folds; in each fold the
validation rows are taken from the training rows), beside scikit-learn 1.2.1's MLP with 32 hidden units on standardised
columns, 3 × 10-fold stratified cross-validation. The bound, for every seed, is the published figure minus
two of its standard errors; and every figure of the folds of seed 0 has to be the same, to the last digit, in a page of Chromium.

${table(
  [
    'table',
    'ours ± standard error',
    'by seed',
    'published ± standard error',
    'same in Chromium',
    'holds',
    'our linear model',
    'baseline',
    'seconds per 10 folds',
  ],
  published.map((row) => [
    row.name,
    `${figure(row.ours)} ± ${figure(row.error)}`,
    row.bySeed.map(figure).join(', '),
    `${figure(row.accuracy)} ± ${figure(row.standardError)}`,
    verdict(row.sameInChromium),
    verdict(row.holds),
    figure(row.linear),
    figure(row.baseline),
    row.seconds.toFixed(1),
  ]),
)}

## Pictures

Accuracy on the 2,000 test pictures of built-in Fashion-MNIST (the first 12,000 training pictures of the original, of which 15 % validate; the first
2,000 test pictures) by \`benchwright train builtin:fashion-mnist --target label --device wasm --seed S\`, the preset decided by itself. Published
figures of two convolutions and pooling on all 60,000 training pictures lie between .876 and .925 (the README of
zalandoresearch/fashion-mnist). Bounds: .86 for every seed; 60 seconds for the whole command, and for import and training in a
page of Chromium; the same figures to the last digit when seed 0 is trained again, and in Chromium.

${table(
  [
    'pictures',
    'ours',
    'by seed',
    'preset',
    'repeats',
    'same in Chromium',
    'seconds, Node',
    'seconds, Chromium',
    'holds',
    'our linear model',
    'baseline',
  ],
  pictures.map((row) => [
    row.name,
    figure(row.ours),
    row.bySeed.map(figure).join(', '),
    row.preset,
    verdict(row.repeats),
    verdict(row.sameInChromium),
    row.seconds.toFixed(0),
    row.chromiumSeconds.toFixed(0),
    verdict(row.holds),
    figure(row.linear),
    figure(row.baseline),
  ]),
)}

## Mixed tables

Numbers, categories and missing values: ames and concrete (R²), attrition and credit_data (accuracy) of Debian's
\`r-cran-modeldata\`, which are loaded and not shipped. Five seeded splits with a quarter of the rows for the test, the very same
rows for both sides (\`scripts/results/mixed.py\`; \`test/golden/mixed-tables.json\` holds scikit-learn's figures and a hash of each
split's rows). Ours is \`benchwright train TRAIN --test TEST --target T\` with nothing else decided by hand; theirs is a
\`ColumnTransformer\` (median, one-hot, standardised) with \`LogisticRegression\` or \`Ridge\`, and the better of MLPs with 64 and 128
hidden units, early stopping and a standardised target. The bound is 0.02 below the better of their two.

${table(
  ['table', 'figure', 'ours', 'by split', 'kept', 'their linear model', 'their MLP', 'holds', 'our linear model', 'baseline', 'seconds'],
  mixed.map((row) => [
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
)}
`;
}
