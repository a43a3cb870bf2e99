/**
 * Makes sure that the dependencies in package-lock.json are what is installed. Runs before they are, so it uses Node alone.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const oldestNode = [20, 19];

export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  console.error(`Benchwright needs Node ${oldestNode.join('.')} or newer; this is Node ${version}. Get one from https://nodejs.org/.`);
  process.exit(1);
}

const read = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/** Why an installation is needed, or undefined where the installed packages are those of the lockfile. */
export function reasonToInstall(folder = root) {
  const installedFile = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return 'they are not installed yet';
  const installed = read(installedFile);
  for (const [path, wanted] of Object.entries(read(join(folder, 'package-lock.json')))) {
    if (path === '') continue;
    const found = installed[path];
    // Optional ones are for other platforms, or could not be built here.
    if (!found && !wanted.optional) return `${path} is missing`;
    if (found && found.version !== wanted.version) return `${path} is ${found.version}, not ${wanted.version}`;
  }
  return undefined;
}

/** Installs when needed; ends the process with npm's exit code when that fails. */
export function ensureInstalled() {
  requireNode();
  const reason = reasonToInstall();
  if (!reason) return;
  console.error(`Installing dependencies (${reason}): npm ci`);
  const windows = process.platform === 'win32';
  // Where NODE_ENV is production npm leaves out what builds the application.
  const { status } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    shell: windows,
    // Ours is the package manager's business only: standard output stays free for a caller's answer.
    stdio: ['ignore', 2, 2],
  });
  if (status === 0) return;
  console.error('npm ci failed: see above. With no network, a folder node_modules from another clone does as well.');
  process.exit(status ?? 1);
}
