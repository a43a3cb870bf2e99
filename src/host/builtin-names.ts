/** What both hosts hold of the built-in tables' files: which names they may have, and what is said when one is not there. */
import { InputError } from '../base/errors.js';

/** A bare file name: the index that lists it may have been tampered with. */
export function checkBuiltinName(file: string): string {
  if (/^[a-z0-9][a-z0-9-]*\.(csv|json|idx\.gz|safetensors)$/.test(file)) return file;
  throw new InputError('builtin-missing', `"${file}" cannot be a built-in table's file.`, {
    advice: 'Reload the page, or install benchwright anew.',
    place: { file },
  });
}

export const builtinMissing = (file: string, advice: string, cause?: unknown): InputError =>
  new InputError('builtin-missing', `The built-in table's file "${file}" could not be read.`, { advice, cause, place: { file } });
