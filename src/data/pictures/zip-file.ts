/** A file of a zip, and what all files of one zip share. */
import { InputError } from '../../base/errors.js';
import type { Blocks } from '../sources/blocks.js';
import type { PictureFile } from './picture-file.js';
import type { Budget } from './zip-bytes.js';

export interface ZipFile extends PictureFile {
  /** Unpacked piece by piece. Its reading fails with InputError `damaged-file` or `unpacks-too-large`. */
  stream(): ReadableStream<Uint8Array>;
}

export interface Zip {
  name: string;
  budget: Budget;
  blocks: Blocks;
}

export const damagedEntry = (file: string, cause: unknown): InputError =>
  new InputError('damaged-file', `${file} cannot be read: it is damaged.`, { advice: 'Make the zip anew.', cause, place: { file } });
