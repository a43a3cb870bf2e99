/** Which model a path names. */
import type { Wanted } from '../registry.js';

export function wantedOf({ name = '', version, label }: Readonly<Record<string, string | undefined>>): { name: string; wanted: Wanted } {
  return { name, wanted: { ...(version === undefined ? {} : { version: Number(version) }), ...(label === undefined ? {} : { label }) } };
}
