/** In Node the bits are those that are kept here; the browser lane holds the page and a worker to the same. */
import { expect, test } from 'vitest';
import golden from '../../golden/pipeline/same-bits.json' with { type: 'json' };
import { fingerprints } from './same-bits.js';

test('pipelines give these bits in Node', async () => {
  expect(await fingerprints()).toEqual(golden);
});
