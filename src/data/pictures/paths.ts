/** What a picture's path says: its class is the folder that it lies in, and a folder above may name the part. */
import type { PictureItem } from './item.js';

const parts: Readonly<Record<string, NonNullable<PictureItem['part']>>> = {
  train: 'training',
  training: 'training',
  valid: 'validation',
  val: 'validation',
  validation: 'validation',
  test: 'test',
  testing: 'test',
};

export const partNamed = (folder: string): PictureItem['part'] => {
  const name = folder.toLowerCase();
  return Object.hasOwn(parts, name) ? parts[name] : undefined;
};

export interface PathMeaning {
  label?: string;
  part?: NonNullable<PictureItem['part']>;
}

/** @param path below the folder that was given, with `/` between */
export function meaningOf(path: string): PathMeaning {
  const folders = path.split('/').slice(0, -1);
  const label = folders.at(-1);
  const above = folders.slice(0, -1).map(partNamed);
  const part = above.findLast((found) => found !== undefined);
  // A folder "train" with pictures right in it says nothing of their class.
  if (label === undefined || partNamed(label)) return {};
  return { label, ...(part ? { part } : {}) };
}

const ignored = /(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/i;

/** What systems leave in folders and nobody put there. */
export const isLeftover = (path: string): boolean => ignored.test(path);

/** Paths without the folder that all of them begin with, as a zip of one folder has it. */
export function withoutCommonFolder(paths: readonly string[]): string[] {
  const first = paths[0]?.split('/') ?? [];
  const prefix = `${first[0]}/`;
  const isCommon = first.length > 2 && !partNamed(first[0]) && paths.every((path) => path.startsWith(prefix));
  return isCommon ? paths.map((path) => path.slice(prefix.length)) : [...paths];
}
