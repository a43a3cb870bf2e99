/** The same work by the built library in a page of Chromium, behind its workers. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { serveFolder } from '../../server/static.mjs';
import { launchOptions } from '../browser.mjs';
import { ensureBrowserBuild } from '../build.mjs';
import { root } from '../ensure.mjs';

/** Run in the page. @returns each fold's metrics, by table */
async function crossValidateAll({ tables, seed }) {
  const { createWorkbench } = await import('./benchwright/index.js');
  const finish = async (work) => {
    for (;;) {
      const next = await work.next();
      if (next.done) return next.value;
    }
  };
  const workbench = await createWorkbench({ storage: 'memory' });
  const described = await workbench.datasets.builtins();
  const answers = {};
  for (const name of tables) {
    const dataset = await finish(workbench.datasets.import({ kind: 'builtin', name }));
    const { target } = described.find((builtin) => builtin.name === name);
    const report = await finish(workbench.trainer.crossValidate({ dataset: dataset.id, spec: { target, seed, device: 'wasm' } }, 10));
    answers[name] = report.folds;
  }
  await workbench.close();
  return answers;
}

export const foldsInChromium = (tables, seed) => inChromium(crossValidateAll, { tables, seed });

/** Run in the page. @returns the scores of one training, and the seconds that it took with reading and choosing */
async function trainOnce({ name, spec }) {
  const { createWorkbench } = await import('./benchwright/index.js');
  const finish = async (work) => {
    for (;;) {
      const next = await work.next();
      if (next.done) return next.value;
    }
  };
  const workbench = await createWorkbench({ storage: 'memory' });
  const began = performance.now();
  const dataset = await finish(workbench.datasets.import({ kind: 'builtin', name }));
  const run = await finish(workbench.trainer.train({ dataset: dataset.id, spec }));
  const seconds = (performance.now() - began) / 1000;
  await workbench.close();
  return { scores: run.scores, seconds };
}

export const trainedInChromium = (name, spec) => inChromium(trainOnce, { name, spec });

async function inChromium(work, given) {
  await ensureBrowserBuild();
  const site = mkdtempSync(join(tmpdir(), 'benchwright-results-'));
  cpSync(join(root, 'dist/browser'), join(site, 'benchwright'), { recursive: true });
  cpSync(join(root, 'public/data'), join(site, 'data'), { recursive: true });
  writeFileSync(join(site, 'index.html'), '<!doctype html><link rel="icon" href="data:,"><title>Results</title>');
  const server = await serveFolder(site, { port: 0 });
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${server.port}/`);
    return await page.evaluate(work, given);
  } finally {
    await browser.close();
    await server.close();
    rmSync(site, { recursive: true });
  }
}
