/** Runs the real command line, and what makes its data. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../ensure.mjs';

/** Answers its JSON. */
export function benchwright(...line) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'scripts/benchwright.mjs'), ...line, '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status === 0) return JSON.parse(stdout);
  throw new Error(`benchwright ${line.join(' ')} ended with ${status}: ${stdout}\n${stderr}`);
}

/**
 * Answers the JSON of `benchwright train`; what it writes is gone afterwards.
 * @param {string[]} line what stands behind `train`, without `--spec` and `--out`
 * @param {object} [spec] what the command line has no word for
 */
export function trained(line, spec) {
  const folder = mkdtempSync(join(tmpdir(), 'benchwright-results-'));
  try {
    const file = join(folder, 'spec.json');
    if (spec) writeFileSync(file, JSON.stringify(spec));
    return benchwright('train', ...line, ...(spec ? ['--spec', file] : []), '--out', join(folder, 'run'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** For data that is made anew by each run, and not before it is used. */
export function once(make) {
  let made;
  return () => {
    made ??= make();
    return made;
  };
}

export function run(command, line, cwd = root) {
  const { status, error } = spawnSync(command, line, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${line.join(' ')} failed${error ? `: ${error.message}` : ` with ${status}`}`);
}

/** @param {string} script of this folder */
export const python = (script, ...line) => run(process.env.PYTHON ?? '/usr/bin/python3', [join(root, 'scripts/results', script), ...line]);
