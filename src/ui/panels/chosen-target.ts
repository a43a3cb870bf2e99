/** The column that a page is about: the one that was chosen, else the likely one, else the last, where targets usually stand. */
import type { DatasetRecord } from '../../spec/dataset.js';

export const chosenTarget = ({ suggestedTarget, fields }: DatasetRecord, chosen: string | undefined): string =>
  chosen || suggestedTarget || (fields.at(-1)?.name ?? '');
