/** Where a dataset came from, and what it is called unless somebody says otherwise. */
import type { Origin } from '../spec/dataset.js';
import type { BuiltinDescription, Source } from './source.js';

/** Longer names are cut, or refused where they are given. */
export const longestName = 200;

/** The last part of a path or address, without the ending. */
export function nameOf(source: Source): string {
  const whole = source.kind === 'url' ? new URL(source.url).pathname : ((source.kind === 'file' ? source.entry : undefined) ?? source.name);
  const last = whole.split(/[/\\]/).filter(Boolean).at(-1) ?? '';
  return (
    last.replace(/(\.(csv|tsv|tab|txt|data|zip|json|ndjson|jsonl|geojson|arrow|feather|parquet|parq|pq))?(\.gz)?$/i, '') ||
    last ||
    'Table'
  ).slice(0, longestName);
}

export function originOf(source: Source, builtin: BuiltinDescription | undefined): Origin {
  if (builtin) {
    const { name, title, attribution, licence } = builtin;
    return { kind: 'builtin', name, title, attribution, licence, url: builtin.source };
  }
  return source.kind === 'url' ? { kind: 'url', name: source.url, url: source.url } : { kind: source.kind, name: source.name };
}
