/** Columns of values in typed arrays: the only form in which rows move between rooms and across workers. */
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

export type Column = NumberColumn | TextColumn;

/** Some rows of a table. `columns[i]` belongs to `names[i]`. */
export interface TableChunk {
  rows: number;
  columns: Column[];
}

export interface Table extends TableChunk {
  names: string[];
}
