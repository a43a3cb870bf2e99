/**
 * Finished rows, kept so that an interrupted `npm run results` goes on where it was. A row counts only for the engine that made it, unless rows of
 * earlier ones are asked to be kept: the page then says how many.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../ensure.mjs';
import { fingerprint } from '../stamp.mjs';

export const cacheFolder = join(root, '.cache/results');

const engineSources = ['base', 'spec', 'stats', 'compute', 'data', 'infer', 'train', 'evaluate'].map((room) => `src/${room}`);

/** Answers the function that has the kept row of a name, or makes and keeps it; and the names of rows that an earlier engine made, as they are met. */
export function openCache({ keepEarlier = false } = {}) {
  const folder = join(cacheFolder, 'rows');
  const engine = fingerprint(root, [...engineSources, 'public/data']).slice(0, 16);
  mkdirSync(folder, { recursive: true });
  const earlier = [];
  const kept = async (name, make) => {
    const file = join(folder, `${name}.json`);
    const found = read(file);
    if (found?.engine === engine || (keepEarlier && found)) {
      if (found.engine !== engine) earlier.push(name);
      return found.row;
    }
    const row = await make();
    writeFileSync(`${file}.new`, JSON.stringify({ engine, row }));
    renameSync(`${file}.new`, file);
    return row;
  };
  return { kept, earlier };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
