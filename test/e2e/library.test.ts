/** The library in somebody else's page, without a bundler and under a strict policy: imported, trained, asked. */
import { expect, it } from 'vitest';
import { librarySite } from './support/site.js';
import { newVisitor } from './support/visitor.js';

const script = `
import { createWorkbench } from './benchwright/index.js';
const finish = async (work) => { for (;;) { const next = await work.next(); if (next.done) return next.value; } };
const workbench = await createWorkbench({ path: 'library-test' });
const iris = await finish(workbench.datasets.import({ kind: 'builtin', name: 'iris' }));
const run = await finish(workbench.trainer.train({ dataset: iris.id, spec: { target: 'species', seed: 1, device: 'wasm' } }));
const [{ prediction }] = await workbench.models.predict(run.modelId, [{ sepal_length: 5.0, sepal_width: 3.4, petal_length: 1.5, petal_width: 0.2 }]);
await workbench.close();
document.title = 'It is a ' + prediction;
`;

it('trains in a page that only imports it', async () => {
  const site = await librarySite(script);
  const visitor = await newVisitor();
  const page = await visitor.open(site.address);
  await expect.poll(() => page.title(), { timeout: 60_000 }).toBe('It is a setosa');
  await visitor.forget();
  await site.stop();
  expect(visitor.faults).toEqual([]);
});
