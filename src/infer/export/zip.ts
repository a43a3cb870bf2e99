/** Several files as one zip, where only one can be handed over. Weights are noise to a packer, and stay as they are. */
import { zipSync } from 'fflate';
import type { ExportedFile } from './exported.js';

const isText = (path: string): boolean => /\.(json|pbtxt)$/.test(path);

export function zipped(files: readonly ExportedFile[]): ExportedFile {
  // Paths are ours, and so may be keys.
  const entries = Object.fromEntries(files.map(({ path, bytes }) => [path, [bytes, { level: isText(path) ? 6 : 0 }] as const]));
  return { path: 'model.zip', bytes: zipSync(entries as never, { mtime: '1980-01-02' }) };
}
