/**
 * `npm run results`: measures the engine against published and golden figures, row by row, and writes docs/results.md. With `-- --keep` finished rows
 * of an earlier engine are kept, and the page says how many.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ensureInstalled, root } from '../ensure.mjs';
import { anomalySection } from './anomalies.mjs';
import { openCache } from './cache.mjs';
import { forecastSection } from './forecasts.mjs';
import { mixedSection } from './mixed.mjs';
import { resultsPage } from './page.mjs';
import { picturePresetsSection } from './picture-presets.mjs';
import { pictureSection } from './pictures.mjs';
import { publishedSection } from './published.mjs';
import { tablePresetsSection } from './table-presets.mjs';
import { textsSection } from './texts.mjs';
import { transferSection } from './transfer.mjs';

/** In the order of the page. */
const sections = [
  publishedSection,
  pictureSection,
  picturePresetsSection,
  transferSection,
  mixedSection,
  tablePresetsSection,
  textsSection,
  forecastSection,
  anomalySection,
];

ensureInstalled();
const cache = openCache({ keepEarlier: process.argv.includes('--keep') });
const kept = async (name, make) => {
  const row = await cache.kept(name, make);
  console.error(`done: ${name}`);
  return row;
};
const made = [];
for (const section of sections) made.push(await section(kept));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const page = resultsPage({ sections: made.map(({ text }) => text), version, node: process.versions.node, earlier: cache.earlier.length });
writeFileSync(join(root, 'docs/results.md'), page);
const missed = made.flatMap(({ rows }) => rows.filter(({ holds }) => !holds).map(({ name }) => name));
console.log(missed.length === 0 ? 'Every row holds: docs/results.md' : `Missed: ${missed.join(', ')} (docs/results.md)`);
process.exitCode = missed.length === 0 ? 0 : 1;
