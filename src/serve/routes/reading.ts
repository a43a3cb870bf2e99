/** How the values of a request are read as rows of the model that is asked. */
import type { Reading } from '../rows/raw-rows.js';
import type { RowsModel } from '../served-model.js';
import type { Call } from './route.js';

export const readingOf = ({ loadDecoder, limits }: Call, { signature }: RowsModel): Reading => ({
  inputs: signature.inputs,
  loadDecoder,
  mostRows: limits.rows,
});
