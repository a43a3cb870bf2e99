/** Texts as codes into a dictionary of the distinct ones, in order of appearance. */
import type { TextColumn } from '../table.js';

/** @param values undefined where missing */
export function textColumn(values: readonly (string | undefined)[]): TextColumn {
  const known = new Map<string, number>();
  const codes = Int32Array.from(values, (value) => {
    if (value === undefined) return -1;
    const code = known.get(value) ?? known.size;
    known.set(value, code);
    return code;
  });
  return { kind: 'text', codes, dictionary: [...known.keys()] };
}

/** Undefined where it is missing. */
export const textAt = ({ codes, dictionary }: TextColumn, row: number): string | undefined => dictionary[codes[row]];
