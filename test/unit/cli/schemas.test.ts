import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { schemaFiles } from '../../../src/cli/schemas.js';

test.each([...schemaFiles()])('docs/schemas/%s is current (node scripts/schemas.mjs writes it)', (file, text) => {
  expect(readFileSync(new URL(`../../../docs/schemas/${file}`, import.meta.url), 'utf8')).toBe(text);
});
