/** The pictures of a dataset, to look through. */
import { html, type TemplateResult } from 'lit';
import type { Datasets } from '../../../data/datasets.js';
import { columnNames } from '../../../data/pictures/item.js';
import type { DatasetRecord } from '../../../spec/dataset.js';
import type { PictureSize } from '../../../spec/field.js';
import type { PicturePage } from '../../elements/picture-pages.js';
import '../../elements/picture-grid.js';

export const pictureSizeOf = ({ fields }: DatasetRecord): PictureSize | undefined => fields.find(({ type }) => type === 'picture')?.picture;

/** Rows of a dataset as a page of pictures with their classes. */
export async function picturePage(datasets: Datasets, id: string, offset: number, limit: number, version?: string): Promise<PicturePage> {
  const { names, columns, rows } = await datasets.preview(id, offset, limit, version);
  const column = columns.find((each) => each.kind === 'picture');
  if (column?.kind !== 'picture') throw new Error('There are no pictures in these rows.');
  const texts = columns[names.indexOf(columnNames.label)];
  const labels = Array.from({ length: rows }, (_, row) => (texts?.kind === 'text' ? (texts.dictionary[texts.codes[row]] ?? '') : ''));
  return { column, labels };
}

export const pictureCard = (
  dataset: DatasetRecord,
  size: PictureSize,
  load: (offset: number, limit: number) => Promise<PicturePage>,
): TemplateResult => html`<section class="card" aria-labelledby="pictures"><h2 id="pictures">Pictures</h2>
  <bw-picture-grid .count=${dataset.rows} .size=${size} .load=${load}></bw-picture-grid></section>`;
