/** A batch of raw cells as columns of trimmed texts, before anything is known of their types. */
import type { TextColumn } from '../table.js';
import { isMissing } from './cells.js';

export interface RawColumn extends TextColumn {
  /** How often each entry of the dictionary occurs, and in which row (from 0, within the batch) first. */
  counts: number[];
  firstRows: number[];
}

export function rawColumn(rows: readonly (readonly string[])[], index: number): RawColumn {
  const known = new Map<string, number>();
  const codes = new Int32Array(rows.length);
  const counts: number[] = [];
  const firstRows: number[] = [];
  rows.forEach((row, position) => {
    const text = row[index].trim();
    let code = known.get(text);
    if (code === undefined) {
      code = isMissing(text) ? -1 : counts.length;
      known.set(text, code);
      if (code >= 0) {
        counts.push(0);
        firstRows.push(position);
      }
    }
    codes[position] = code;
    if (code >= 0) counts[code] += 1;
  });
  const dictionary = [...known].filter(([, code]) => code >= 0).map(([text]) => text);
  return { kind: 'text', codes, dictionary, counts, firstRows };
}
