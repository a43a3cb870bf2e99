/**
 * The whole of Fashion-MNIST (Debian's dataset-fashion-mnist, MIT, fetched into .cache) as zips of PNG files with a folder for each class:
 * 60,000 pictures that train, 10,000 that test.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from '../ensure.mjs';
import { side, writePictures } from './picture-zip.mjs';

const folder = join(root, '.cache/fashion-mnist');
const parts = { training: 'train', test: 't10k' };

/** The original's file of this name, unpacked, without its header. */
function original(name, header) {
  mkdirSync(folder, { recursive: true });
  const found = () => readdirSync(folder, { recursive: true }).find((file) => file.endsWith(`${name}-ubyte.gz`));
  if (!found()) {
    execFileSync('apt-get', ['download', 'dataset-fashion-mnist'], { cwd: folder, stdio: 'ignore' });
    const archive = readdirSync(folder).find((file) => file.endsWith('.deb'));
    execFileSync('dpkg-deb', ['-x', archive, '.'], { cwd: folder });
  }
  return gunzipSync(readFileSync(join(folder, found()))).subarray(header);
}

/**
 * @param {'training' | 'test'} part
 * @returns {string} the path of the zip
 */
export function fashionZip(part) {
  const path = join(folder, `fashion-${part}.zip`);
  if (existsSync(path)) return path;
  const images = original(`${parts[part]}-images-idx3`, 16);
  const labels = original(`${parts[part]}-labels-idx1`, 8);
  const pixelsOf = (index) => images.subarray(index * side * side, (index + 1) * side * side);
  writePictures(
    path,
    Array.from(labels, (label, index) => ({ label, pixels: pixelsOf(index) })),
  );
  return path;
}
