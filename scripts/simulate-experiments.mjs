// Writes the figures of docs/experiments.md: what the methods of experiments do over many experiments whose truth is known.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { root } from './ensure.mjs';

const { module: simulations } = await runnerImport(join(root, 'test/unit/stats/experiment/simulations.ts'), {
  root,
  configFile: false,
  logLevel: 'warn',
});
const seed = 1;
const shown = ({ share, error }) => `${share.toFixed(4)} ± ${error.toFixed(4)}`;
const many = 20_000;
const rows = [];
const row = (what, promised, runs, found) => {
  rows.push(`| ${what} | ${promised} | ${runs.toLocaleString('en')} | ${found} |`);
  console.error(rows.at(-1));
};

for (const [units, from, to] of [
  [20, 0.1, 0.2],
  [200, 0.1, 0.15],
  [2_000, 0.02, 0.03],
]) {
  row(
    `Coverage, shares ${from} and ${to}, ${units} units an arm`,
    '0.95',
    many,
    shown(simulations.shareCoverage(many, seed, units, from, to)),
  );
}
for (const [units, relative] of [
  [100, false],
  [1_000, false],
  [1_000, true],
]) {
  const what = relative ? 'relative difference of means' : 'means';
  row(
    `Coverage, ${what} of exponential values 1 and 1.2, ${units} units an arm`,
    '0.95',
    many,
    shown(simulations.meanCoverage(many, seed, units, 1, 1.2, relative)),
  );
}
row(
  'Coverage with a covariate (CUPED, correlation 0.7), 100 units an arm',
  '0.95',
  many,
  shown(simulations.cupedCoverage(many, seed, 100, 0.7)),
);
const narrower = simulations.cupedCoverage(2_000, seed, 500, 0.8).narrower;
row('Width with a covariate of correlation 0.8 against the width without', '0.6', 2_000, narrower.toFixed(4));

const looks = { every: 100, looks: 100, from: 0.2, to: 0.2 };
const peeks = 5_000;
row(
  'False positives, shares 0.2 and 0.2, fixed interval, one look at 10,000 units an arm',
  '0.05',
  peeks,
  shown(simulations.missesAtAnyLook(peeks, seed, { ...looks, every: 10_000, looks: 1 }, 'fixed')),
);
row(
  'The same looked at 100 times, each 100 units an arm: fixed interval',
  'none',
  peeks,
  shown(simulations.missesAtAnyLook(peeks, seed, looks, 'fixed')),
);
row(
  'The same looked at 100 times: always valid interval',
  '≤ 0.05',
  peeks,
  shown(simulations.missesAtAnyLook(peeks, seed, looks, 'always')),
);
row(
  'Misses of the true difference, shares 0.2 and 0.24, always valid, 100 looks',
  '≤ 0.05',
  peeks,
  shown(simulations.missesAtAnyLook(peeks, seed, { ...looks, to: 0.24 }, 'always')),
);
row(
  'The same, shares 0.02 and 0.02',
  '≤ 0.05',
  peeks,
  shown(simulations.missesAtAnyLook(peeks, seed, { ...looks, from: 0.02, to: 0.02 }, 'always')),
);
row(
  'False positives of any of three arms against one control, one look',
  '≤ 0.05',
  many,
  shown(simulations.falseAlarmsOfMany(many, seed, 1_000)),
);

const power = simulations.plannedPower(peeks, seed, 0.1, 0.02);
row(`Power of a plan for 0.10 → 0.12, ${power.units} units an arm, one look`, '0.8', peeks, shown(power.once));
row('The same, the always valid interval at the units that the plan says', 'about 0.5', peeks, shown(power.anytime));
row('Sample-ratio mismatch where there is none, 10,000 units', '0.001', many, shown(simulations.mismatchesFound(many, seed, 10_000, 0)));
for (const lost of [0.05, 0.1]) {
  row(
    `Sample-ratio mismatch where one arm loses ${lost * 100}% of its units, 10,000 units`,
    '—',
    peeks,
    shown(simulations.mismatchesFound(peeks, seed, 10_000, lost)),
  );
}
const { best, got } = simulations.bandit(500, seed, [0.1, 0.1, 0.1, 0.15], 20, 1_000);
row(
  'Bandit of four arms (0.10, 0.10, 0.10, 0.15), 20 rounds of 1,000 units: the best arm has most weight at the end',
  '—',
  500,
  shown(best),
);
row('The same: share of all units that the best arm got (0.25 without it)', '—', 500, got.toFixed(3));

const file = join(root, 'docs/experiments.md');
const [start, end] = ['<!-- figures -->', '<!-- end of figures -->'];
const text = readFileSync(file, 'utf8');
const table = ['| what | promised | runs | found |', '|---|---|---|---|', ...rows].join('\n');
writeFileSync(file, `${text.slice(0, text.indexOf(start) + start.length)}\n${table}\n${text.slice(text.indexOf(end))}`);
