/** `npm run results`: measures the engine against published and golden figures, row by row, and writes docs/results.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ensureInstalled, root } from '../ensure.mjs';
import { openCache } from './cache.mjs';
import { mixedRows } from './mixed.mjs';
import { resultsPage } from './page.mjs';
import { pictureRows } from './pictures.mjs';
import { publishedRows } from './published.mjs';

ensureInstalled();
const cached = openCache();
const kept = async (name, make) => {
  const row = await cached(name, make);
  console.error(`done: ${name}`);
  return row;
};
const published = await publishedRows(kept);
const pictures = await pictureRows(kept);
const mixed = await mixedRows(kept);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
writeFileSync(join(root, 'docs/results.md'), resultsPage({ published, pictures, mixed, version, node: process.versions.node }));
const missed = [...published, ...pictures, ...mixed].filter(({ holds }) => !holds).map(({ name }) => name);
console.log(missed.length === 0 ? 'Every row holds: docs/results.md' : `Missed: ${missed.join(', ')} (docs/results.md)`);
process.exitCode = missed.length === 0 ? 0 : 1;
