/** Runs the real command line and answers its JSON. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../ensure.mjs';

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
