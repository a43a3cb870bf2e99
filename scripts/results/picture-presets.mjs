/** The presets for pictures beside each other, and all of Fashion-MNIST. */
import { fashionZip } from '../data/full-fashion.mjs';
import { trained } from './command.mjs';
import { figure, table, verdict } from './page.mjs';
import { average, seeds } from './published.mjs';

/** What is promised of a CNN that has trained on all 60,000 pictures. */
const least = 0.9;

const sets = [
  { name: 'fashion-mnist, built in', presets: ['resnet'], data: () => ['builtin:fashion-mnist'] },
  { name: 'fashion-mnist, whole', presets: ['cnn'], data: () => [fashionZip('training'), '--test', fashionZip('test')], least },
];

/** One training on pictures with a preset. */
export function trainPictures(data, preset, seed) {
  const choices = ['--target', 'label', '--preset', preset, '--device', 'wasm', '--seed', String(seed)];
  const { metrics, linear, baseline, rows, seconds } = trained([...data, ...choices]);
  return { figure: metrics.test.accuracy, linear: linear.test.accuracy, baseline: baseline.test.accuracy, rows, seconds };
}

async function rowOf({ name, data, least }, preset, kept) {
  const runs = [];
  for (const seed of seeds) runs.push(await kept(`${name}-${preset}-${seed}`, () => trainPictures(data(), preset, seed)));
  const bySeed = runs.map((run) => run.figure);
  return {
    name: `${name}, ${preset}`,
    set: name,
    preset,
    ours: average(bySeed),
    bySeed,
    rows: runs[0].rows,
    linear: average(runs.map((run) => run.linear)),
    baseline: average(runs.map((run) => run.baseline)),
    seconds: average(runs.map((run) => run.seconds)),
    least,
    holds: least === undefined || bySeed.every((each) => each >= least),
  };
}

/** The rows, and their section of docs/results.md. */
export async function picturePresetsSection(kept) {
  const rows = [];
  for (const set of sets) for (const preset of set.presets) rows.push(await rowOf(set, preset, kept));
  return { rows, text: textOf(rows) };
}

const textOf = (rows) => `## Presets for pictures

Test accuracy of \`benchwright train\` with the preset named, for the seeds 0, 1 and 2: built-in Fashion-MNIST as above, and the whole of it (Debian's
\`dataset-fashion-mnist\` as a zip of PNG files; 15 % of the training pictures validate), which a CNN is promised to reach at least ${figure(least)} on.
Published figures of two convolutions and pooling lie between .876 and .925.

${table(
  ['pictures', 'train, validate, test', 'preset', 'ours', 'by seed', 'bound', 'holds', 'our linear model', 'baseline', 'seconds a run'],
  rows.map((row) => [
    row.set,
    [row.rows.train, row.rows.validation, row.rows.test].map((count) => count.toLocaleString('en')).join(', '),
    row.preset,
    figure(row.ours),
    row.bySeed.map(figure).join(', '),
    row.least === undefined ? '' : figure(row.least),
    verdict(row.holds),
    figure(row.linear),
    figure(row.baseline),
    row.seconds.toFixed(0),
  ]),
)}`;
