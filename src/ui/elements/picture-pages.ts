/** A page of pictures, as grids of them fetch it. */
import type { PictureColumn } from '../../data/table.js';
import type { LoadRows } from './pages.js';

export interface PicturePage {
  column: PictureColumn;
  /** The class of each picture; empty where there is none. */
  labels: string[];
}

export type LoadPictures = LoadRows<PicturePage>;

export const pageRows = 256;
