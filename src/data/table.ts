/** Columns of values in typed arrays: the only form in which rows move between rooms and across workers. */
import type { PictureSize } from '../spec/field.js';

/** Numbers; NaN is missing. Datetimes are milliseconds since 1970. */
export interface NumberColumn {
  kind: 'number';
  values: Float64Array;
}

/** Codes into a dictionary; −1 is missing. Categories, booleans, texts and identifiers. */
export interface TextColumn {
  kind: 'text';
  codes: Int32Array;
  dictionary: string[];
}

/** Pictures of one size, pixel by pixel: row, then height, width and channels. None is missing. */
export interface PictureColumn {
  kind: 'picture';
  size: PictureSize;
  /** [rows, height, width, channels], 0 to 255 */
  pixels: Uint8Array;
}

/** Bytes of one picture of this size. */
export const pixelsOf = ({ height, width, channels }: PictureSize): number => height * width * channels;

export type Column = NumberColumn | TextColumn | PictureColumn;

/** One picture by itself, of any size, as a decoder or a canvas gives it. */
export interface Picture {
  height: number;
  width: number;
  /** Grey; red, green and blue; or these with opacity, which is laid over white. */
  channels: 1 | 3 | 4;
  /** [height, width, channels], 0 to 255 */
  pixels: Uint8Array | Uint8ClampedArray;
}

/** Some rows of a table. `columns[i]` belongs to `names[i]`. */
export interface TableChunk {
  rows: number;
  columns: Column[];
}

export interface Table extends TableChunk {
  names: string[];
}
