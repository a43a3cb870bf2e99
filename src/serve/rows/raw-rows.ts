/** Values of a request, in the order of a model's inputs, as raw rows. */
import type { LoadDecoder } from '../../data/pictures/decoder.js';
import type { RawValue } from '../../data/rows.js';
import type { RawRow } from '../../infer/models.js';
import type { Input } from '../signature.js';
import { cellOf, pictureOf } from './cells.js';

export interface Reading {
  inputs: readonly Input[];
  loadDecoder: LoadDecoder;
  mostRows: number;
}

/**
 * Row by row, so that a first wrong row is told before a second, and files of pictures are not all decoded at once.
 * @param valuesOf of a row, from 1
 * @throws what `valuesOf` throws; those of `cellOf` and `pictureOf`
 */
export async function rawRows(
  rows: number,
  valuesOf: (row: number) => readonly unknown[],
  { inputs, loadDecoder }: Reading,
): Promise<RawRow[]> {
  const made: RawRow[] = [];
  for (let row = 1; row <= rows; row++) {
    const values = valuesOf(row);
    const cells: [string, RawValue][] = [];
    for (const [index, input] of inputs.entries()) {
      const value = values[index];
      cells.push([input.name, input.kind === 'picture' ? await pictureOf(value, input, row, loadDecoder) : cellOf(value, input, row)]);
    }
    made.push(Object.fromEntries(cells));
  }
  return made;
}
