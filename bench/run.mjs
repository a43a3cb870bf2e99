/**
 * `npm run bench [-- NAME…]`: runs the entries of this folder one after the other. An entry is a module with
 *   name      what it is called
 *   compares  one sentence: what beside what, or what against which limit
 *   run()     → rows [{what, figures: {NAME: {value, unit}}, holds?}]; `holds: false` makes the bench fail
 * A file without `run` is a helper. Figures compare only within a row: machines differ.
 */
import { readdirSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from '../scripts/ensure.mjs';

ensureInstalled();
const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.mjs') && file !== 'run.mjs');
const entries = (await Promise.all(files.sort().map((file) => import(`./${file}`)))).filter((entry) => entry.run);
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !entries.some((entry) => entry.name === name));
if (unknown) {
  console.error(`There is no bench called "${unknown}". There is: ${entries.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const show = ({ value, unit }) => `${value.toLocaleString('en', { maximumSignificantDigits: 3 })} ${unit}`;

for (const entry of entries.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  console.log(`\n${entry.name}: ${entry.compares}`);
  for (const { what, figures, holds } of await entry.run()) {
    const verdict = holds === undefined ? '' : holds ? '  ✓' : '  ✗';
    console.log(`  ${what}${verdict}`);
    for (const [name, figure] of Object.entries(figures)) console.log(`    ${name.padEnd(34)} ${show(figure)}`);
    if (holds === false) process.exitCode = 1;
  }
}
