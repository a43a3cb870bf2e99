/** Built-in Fashion-MNIST by the command line and in Chromium: accuracy, time, and the same digits everywhere. */
import { isDeepStrictEqual } from 'node:util';
import { trainedInChromium } from './chromium.mjs';
import { trained } from './command.mjs';
import { figure, table, verdict } from './page.mjs';
import { average } from './published.mjs';

/** What is promised of 12,000 training pictures. */
const least = 0.86;
const mostSeconds = 60;
const name = 'fashion-mnist';

/** Trains as a user would; answers what the command says and how long it took, from start to end. */
function train(seed) {
  const began = performance.now();
  const answer = trained([`builtin:${name}`, '--target', 'label', '--device', 'wasm', '--seed', String(seed)]);
  return { ...answer, wall: (performance.now() - began) / 1000 };
}

async function pictureRows(kept) {
  const runs = [];
  for (const seed of [0, 1, 2]) runs.push(await kept(`${name}-${seed}`, () => train(seed)));
  const again = await kept(`${name}-0-again`, () => train(0));
  const chromium = await kept(`${name}-chromium`, () => trainedInChromium(name, { target: 'label', seed: 0, device: 'wasm' }));
  const bySeed = runs.map(({ metrics }) => metrics.test.accuracy);
  const repeats = isDeepStrictEqual(runs[0].metrics, again.metrics);
  const sameInChromium = isDeepStrictEqual(runs[0].metrics, chromium.scores);
  const seconds = Math.max(...runs.map(({ wall }) => wall));
  return [
    {
      name,
      ours: average(bySeed),
      bySeed,
      linear: average(runs.map(({ linear }) => linear.test.accuracy)),
      baseline: average(runs.map(({ baseline }) => baseline.test.accuracy)),
      rows: runs[0].rows,
      preset: runs[0].preset,
      repeats,
      sameInChromium,
      seconds,
      chromiumSeconds: chromium.seconds,
      holds: bySeed.every((figure) => figure >= least) && repeats && sameInChromium && Math.max(seconds, chromium.seconds) <= mostSeconds,
    },
  ];
}

/** The rows, and their section of docs/results.md. */
export async function pictureSection(kept) {
  const rows = await pictureRows(kept);
  return { rows, text: pictureText(rows) };
}

const pictureText = (rows) => `## Pictures

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
  rows.map((row) => [
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
)}`;
