/** What the folders' names say: `year=2024/month=5/part.parquet` gives two columns more. */

/** How Hive names the partition of missing values. */
const missing = '__HIVE_DEFAULT_PARTITION__';

/** By key, in the path's order. Undefined where missing. */
export function partitionOf(path: string): Map<string, string | undefined> {
  const parts = new Map<string, string | undefined>();
  for (const segment of path.split('/').slice(0, -1)) {
    const equals = segment.indexOf('=');
    if (equals <= 0) continue;
    const value = decoded(segment.slice(equals + 1));
    parts.set(decoded(segment.slice(0, equals)).slice(0, 200), value === missing ? undefined : value.slice(0, 1000));
  }
  return parts;
}

/** A stray `%` is one. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export interface PartitionColumn {
  name: string;
  isNumber: boolean;
  /** One for each file: NaN or undefined where missing. */
  values: (number | string | undefined)[];
}

/** The keys that occur, each with a value for every file. Numbers where all values are, without leading zeros. */
export function partitionColumns(paths: readonly string[]): PartitionColumn[] {
  const parts = paths.map(partitionOf);
  const names = new Set(parts.flatMap((part) => [...part.keys()]));
  return [...names].map((name) => {
    const texts = parts.map((part) => part.get(name));
    const there = texts.filter((text) => text !== undefined);
    const isNumber = there.length > 0 && there.every((text) => /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text));
    return { name, isNumber, values: texts.map((text) => (text === undefined || !isNumber ? text : Number(text))) };
  });
}

/** Files that are no data: hidden ones, and what Spark and Delta keep beside them. */
export const isHidden = (path: string): boolean => path.split('/').some((segment) => /^[._]/.test(segment) && !segment.includes('='));

export const isParquetName = (path: string): boolean => /\.(parquet|parq|pq)$/i.test(path);
