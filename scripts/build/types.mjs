/** Writes the declarations of the public library with the TypeScript compiler. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';

export function buildTypes(root, folder) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.types.json', '--outDir', folder], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error(`The declarations could not be written: tsc ended with ${status}.`);
}
