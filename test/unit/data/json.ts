/** Golden figures made by `scripts/data/golden.py`. */
import { readFileSync } from 'node:fs';

export const golden = <Value>(name: string): Value =>
  JSON.parse(readFileSync(new URL(`../../golden/data/${name}`, import.meta.url), 'utf8')) as Value;
