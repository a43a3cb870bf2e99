/** What an archive's list of files must not say: names that lead out of it, and files that lie in each other. */
import { InputError } from '../../base/errors.js';

export interface ListedEntry {
  path: string;
  offset: number;
  compressedSize: number;
}

/** Of the fixed part of what stands before each file. */
const leastHeader = 30;

/**
 * Nothing is ever written under these names. An archive that has them was still made to do harm, or by something broken.
 * @throws InputError `unsafe-path`
 */
export function checkPath(filename: string, zip: string): void {
  const leads = /^([/\\]|[a-z]:)/i.test(filename) || filename.split(/[/\\]/).includes('..') || filename.includes('\0');
  if (!leads) return;
  throw new InputError('unsafe-path', `${zip} has a file "${filename.slice(0, 200)}", whose name leads out of the archive.`, {
    advice: 'Do not trust this archive. If it is yours, pack it anew with names below its own folder.',
    place: { file: zip, entry: filename.slice(0, 200) },
  });
}

/**
 * Files that share bytes make a few megabytes unpack to petabytes (D. Fifield, A better zip bomb, 2019).
 * @throws InputError `damaged-file`
 */
export function checkOverlaps(entries: readonly ListedEntry[], zip: string): void {
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
  for (let index = 1; index < inOrder.length; index++) {
    const [before, entry] = [inOrder[index - 1], inOrder[index]];
    if (before.offset + leastHeader + before.compressedSize <= entry.offset) continue;
    throw new InputError('damaged-file', `${zip} is damaged, or made to do harm: "${before.path}" and "${entry.path}" share bytes.`, {
      advice: 'Get the file anew.',
      place: { file: zip, entry: entry.path },
    });
  }
}
