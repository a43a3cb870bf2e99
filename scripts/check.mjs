/**
 * `npm run check`: what is cheap and needs no test: types of the whole, types of the engine alone (no DOM, no Node), and
 * lint with format. `npm run check -- --write` also puts right what a tool can.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root } from './ensure.mjs';

const compiler = join(root, 'node_modules/typescript/bin/tsc');
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');

const checks = (write) => [
  { name: 'types', command: [compiler, '-p', 'tsconfig.json'] },
  { name: 'engine without DOM and Node', command: [compiler, '-p', 'tsconfig.engine.json'] },
  { name: 'lint and format', command: [biome, 'check', '--error-on-warnings', ...(write ? ['--write'] : []), '.'] },
];

const run = ({ name, command }) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.on('close', (code) => resolve({ name, passed: code === 0, output }));
  });

/** @returns {Promise<{passed: number, failed: string[]}>} how many held, and the names of the others */
export async function check({ write = false } = {}) {
  const results = await Promise.all(checks(write).map(run));
  for (const { name, passed, output } of results) {
    console.log(`${passed ? '✓' : '✗'} ${name}`);
    if (!passed) console.log(output.trimEnd());
  }
  const failed = results.filter((result) => !result.passed).map(({ name }) => name);
  return { passed: results.length - failed.length, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  const { failed } = await check({ write: process.argv.includes('--write') });
  process.exitCode = failed.length > 0 ? 1 : 0;
}
