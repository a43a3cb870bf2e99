/** The library in somebody else's page, without a bundler and under a strict policy: imported, trained, asked. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ensureBrowserBuild } from '../../scripts/build.mjs';
import { root } from '../../scripts/ensure.mjs';
import { serveFolder } from '../../server/static.mjs';
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
  await ensureBrowserBuild();
  const site = mkdtempSync(join(tmpdir(), 'benchwright-library-'));
  cpSync(join(root, 'dist/browser'), join(site, 'benchwright'), { recursive: true });
  cpSync(join(root, 'public/data'), join(site, 'data'), { recursive: true });
  writeFileSync(join(site, 'page.js'), script);
  writeFileSync(
    join(site, 'index.html'),
    '<!doctype html><link rel="icon" href="data:,"><title>…</title><script type="module" src="page.js"></script>',
  );
  const server = await serveFolder(site, { port: 0 });
  const visitor = await newVisitor();
  const page = await visitor.open(`http://localhost:${server.port}/`);
  await expect.poll(() => page.title(), { timeout: 60_000 }).toBe('It is a setosa');
  await visitor.forget();
  await server.close();
  rmSync(site, { recursive: true });
  expect(visitor.faults).toEqual([]);
});
