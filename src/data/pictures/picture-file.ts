/** One of many files that may hold pictures, wherever they lie. */
import { InputError } from '../../base/errors.js';

export interface PictureFile {
  path: string;
  /** Bytes, packed where they lie in an archive. */
  size: number;
  read(): Promise<Uint8Array>;
  /** The first bytes. */
  begin(): Promise<Uint8Array>;
}

/** Errors that are not about one file of many: what is made to do harm is not read any further. */
const ofAll = new Set(['no-decoder', 'zip-too-large', 'unpacks-too-large', 'picture-bomb']);

/** Whether the other files can still be read after this error. */
export const isOfOneFile = (error: unknown): error is InputError => error instanceof InputError && !ofAll.has(error.code);
