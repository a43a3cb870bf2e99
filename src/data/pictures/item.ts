/** Pictures on their way into a dataset: all of one size, each with what its source says of it. */
import type { Warning } from '../../spec/dataset.js';
import type { PictureSize } from '../../spec/field.js';

export interface PictureItem {
  /** [height, width, channels] of the source's size. */
  pixels: Uint8Array;
  label?: string;
  part?: 'training' | 'validation' | 'test';
  file?: string;
  /** Bytes of the source read so far. */
  bytes: number;
}

export interface PictureSource {
  name: string;
  size: PictureSize;
  /** Whether items carry these. */
  has: { label: boolean; part: boolean; file: boolean };
  /** Bytes in all, where known. */
  bytes?: number;
  /** In an order that depends on the content alone. Can be iterated once. */
  items: AsyncIterable<PictureItem>;
  /** After the last item. */
  warnings(): Warning[];
}

/** What the columns are called. */
export const columnNames = { picture: 'picture', label: 'label', part: 'part', file: 'file' } as const;
