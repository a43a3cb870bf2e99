/** Some rows of a table, as a table. */
import { type Column, pixelsOf, type Table } from './table.js';

export function chosenRows({ names, columns }: Table, rows: Uint32Array): Table {
  return { rows: rows.length, names, columns: columns.map((column) => chosen(column, rows)) };
}

function chosen(column: Column, rows: Uint32Array): Column {
  if (column.kind === 'number') return { kind: 'number', values: Float64Array.from(rows, (row) => column.values[row]) };
  if (column.kind === 'text')
    return withUsedTexts(
      Int32Array.from(rows, (row) => column.codes[row]),
      column.dictionary,
    );
  const length = pixelsOf(column.size);
  const pixels = new Uint8Array(rows.length * length);
  for (const [index, row] of rows.entries()) pixels.set(column.pixels.subarray(row * length, (row + 1) * length), index * length);
  return { ...column, pixels };
}

/** Few rows of many need few of their texts: a dictionary that is handed on again and again does not grow. */
function withUsedTexts(codes: Int32Array, dictionary: readonly string[]): Column {
  const known = new Map<number, number>();
  const own = codes.map((code) => {
    if (code < 0) return -1;
    const place = known.get(code) ?? known.size;
    known.set(code, place);
    return place;
  });
  return { kind: 'text', codes: own, dictionary: Array.from(known.keys(), (code) => dictionary[code]) };
}
