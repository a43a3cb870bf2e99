import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { compileKernels, generatedFile, generatedSource } from '../../../scripts/kernels.mjs';

it('the committed kernels are what their sources give, byte for byte', { timeout: 60_000 }, async () => {
  expect(generatedSource(await compileKernels()) === (await readFile(generatedFile, 'utf8')), 'run `npm run kernels`').toBe(true);
});
