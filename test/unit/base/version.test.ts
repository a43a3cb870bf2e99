import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { version } from '../../../src/base/version.js';

test('the version that records name is the package’s', () => {
  expect(version).toBe((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version);
});
