/** The same bits in the page, in a worker and in Node, whose are kept. */
import { expect, test } from 'vitest';
import { fingerprints } from '../../contract/data/same-bits.js';
import golden from '../../golden/pipeline/same-bits.json' with { type: 'json' };

test('pipelines give the same bits in the page as in Node', async () => {
  expect(await fingerprints()).toEqual(golden);
});

test('pipelines give the same bits in a worker as in Node', async () => {
  const worker = new Worker(new URL('./same-bits.worker.ts', import.meta.url), { type: 'module' });
  try {
    const answer = new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }) => resolve(data));
      worker.addEventListener('error', reject);
    });
    worker.postMessage('begin');
    expect(await answer).toEqual(golden);
  } finally {
    worker.terminate();
  }
});
