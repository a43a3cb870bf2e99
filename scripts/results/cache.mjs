/** Finished rows, kept so that an interrupted `npm run results` goes on where it was. A row counts only for the engine that made it. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../ensure.mjs';
import { fingerprint } from '../stamp.mjs';

export const cacheFolder = join(root, '.cache/results');

const engineSources = ['base', 'spec', 'stats', 'compute', 'data', 'infer', 'train', 'evaluate'].map((room) => `src/${room}`);

/** Answers the kept row of this name, or makes and keeps it. */
export function openCache() {
  const folder = join(cacheFolder, 'rows', fingerprint(root, [...engineSources, 'public/data']).slice(0, 16));
  mkdirSync(folder, { recursive: true });
  return async (name, make) => {
    const file = join(folder, `${name}.json`);
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      const row = await make();
      writeFileSync(`${file}.new`, JSON.stringify(row));
      renameSync(`${file}.new`, file);
      return row;
    }
  };
}
