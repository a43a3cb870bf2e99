/** Knows whether something built is older than its sources, by a hash of their contents, and lets one process build at a time. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

/** Every file below a path, or the path itself where it is one, in a stable order. */
export function filesBelow(path) {
  // What others wrote, such as the peers of the benches, is not looked at.
  if (basename(path) === 'node_modules') return [];
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]));
}

/** One hash over names and contents. */
export function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesBelow(join(root, path)))) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

const isRunning = (id) => {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Milliseconds after which a lock that still names no owner was left by a process that was killed while it locked. */
const longEnoughToSign = 10_000;

/** Whether the owner of a lock is gone. */
function isLeft(folder) {
  try {
    return !isRunning(Number(readFileSync(join(folder, 'owner'), 'utf8')));
  } catch {
    const found = statSync(folder, { throwIfNoEntry: false });
    return found !== undefined && Date.now() - found.mtimeMs > longEnoughToSign;
  }
}

/** Holds `folder` as a lock while `work` runs. A lock whose owner is gone is taken over. */
async function alone(folder, work) {
  mkdirSync(dirname(folder), { recursive: true });
  const owner = join(folder, 'owner');
  for (;;) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isLeft(folder)) rmSync(folder, { recursive: true, force: true });
      else await wait(100);
    }
  }
  writeFileSync(owner, String(process.pid));
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Calls `build` unless `output` is there and `output.stamp` is the stamp of the present sources. Processes that ask together build once.
 * `before` is called first, outside the lock, so that it may start a process that builds the same.
 * @returns {Promise<boolean>} whether it was built now
 */
export async function buildWhenStale({ root, sources, output, before = () => {}, build }) {
  const stampFile = join(root, `${output}.stamp`);
  const isCurrent = (stamp) => existsSync(join(root, output)) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  if (isCurrent(fingerprint(root, sources))) return false;
  await before();
  return alone(join(root, `${output}.lock`), async () => {
    const stamp = fingerprint(root, sources);
    if (isCurrent(stamp)) return false;
    rmSync(stampFile, { force: true });
    await build();
    writeFileSync(stampFile, stamp);
    return true;
  });
}
