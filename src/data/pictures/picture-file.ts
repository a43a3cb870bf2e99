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

/** Whether the other files can still be read after this error. */
export const isOfOneFile = (error: unknown): error is InputError =>
  error instanceof InputError && error.code !== 'no-decoder' && error.code !== 'zip-too-large';
