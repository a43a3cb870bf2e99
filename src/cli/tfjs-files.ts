/** A LayersModel of TensorFlow.js on the disk: model.json, and what it names in its folder. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TfjsFiles } from '../infer/import/tfjs/import.js';

/** Paths that the manifest names were checked before one is read. */
export const filesBeside = async (path: string): Promise<TfjsFiles> => ({
  json: await readFile(path),
  read: (name) => readFile(join(dirname(path), name)).catch(() => undefined),
});
