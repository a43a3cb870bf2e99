/** Columns of text for people, and figures in them. */

/** Rows of cells, each column as wide as its widest cell; the first column to the left, the others to the right or as the first. */
export function aligned(rows: readonly (readonly string[])[], others: 'left' | 'right' = 'right'): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 || others === 'left' ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const figure = (value: number | null | undefined): string => {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toFixed(4);
};

/** Seconds as people say them. */
export const duration = (seconds: number): string => {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${Math.round(seconds - minutes * 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Bytes as people say them. */
export function byteCount(bytes: number): string {
  let unit = 0;
  let value = bytes;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${unit === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[unit]}`;
}

/** Figures by name, one line each and one column for each set of them. */
export function figuresTable(heads: readonly string[], sets: readonly object[]): string {
  const rows = Object.keys(sets[0] ?? {}).map((name) => [name, ...sets.map((set) => figure((set as Record<string, number | null>)[name]))]);
  return aligned([['', ...heads], ...rows]);
}
