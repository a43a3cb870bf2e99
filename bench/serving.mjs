/**
 * Serving in the page and in Node: latency of single requests alone and beside a training, 64 callers at once with and without batches, what of it is
 * the browser's (a service worker that answers at once), and memory over many requests. SERVING_REQUESTS (100,000 when left out) is how many the soak has.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { chromium } from 'playwright';
import { launchOptions } from '../scripts/browser.mjs';
import { ensureAppBuild } from '../scripts/build.mjs';
import { root } from '../scripts/ensure.mjs';
import { serveFolder } from '../server/static.mjs';
import { openBuiltin, startTraining, trained, useModel } from '../test/e2e/support/journey.mjs';
import { withBareServiceWorker } from './serving/bare-service-worker.mjs';
import { withSources } from './sources.mjs';

export const name = 'serving';
export const compares = 'requests one by one, beside a training and 64 at once; memory over a soak, against 10 % growth';

const soak = Number(process.env.SERVING_REQUESTS ?? 100_000);
const singles = 1_000;
const callers = 64;
const row = { island: 'Biscoe', bill_length_mm: 46.8, bill_depth_mm: 13.7, flipper_length_mm: 217, body_mass_g: 4875, sex: 'female' };
const body = JSON.stringify({ instances: [row] });
const mostGrowth = 1.1;

const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1];
const latencies = (values) => ({
  median: { value: quantile(values, 0.5), unit: 'ms' },
  p99: { value: quantile(values, 0.99), unit: 'ms' },
});
const megabytes = (bytes) => ({ value: bytes / 1e6, unit: 'MB' });

/** Milliseconds of each request, with so many callers at once, of whom each waits for its answer. Runs in a page, too, where nothing else of here is. */
async function askMany({ count, width, name, body }, answer = fetch) {
  const took = [];
  const ask = async () => {
    while (took.length < count) {
      const started = performance.now();
      const at = took.push(0) - 1;
      const response = await answer(`v1/models/${name}:predict`, { method: 'POST', body });
      if (response.status !== 200) throw new Error(await response.text());
      await response.text();
      took[at] = performance.now() - started;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: width }, ask));
  return { took, seconds: (performance.now() - started) / 1000 };
}

async function inPage() {
  await ensureAppBuild();
  const server = await serveFolder(join(root, 'dist/app'), { port: 0 });
  const profile = mkdtempSync(join(tmpdir(), 'benchwright-bench-'));
  const context = await chromium.launchPersistentContext(profile, launchOptions());
  try {
    const page = await context.newPage();
    await page.goto(`http://localhost:${server.port}/`);
    await openBuiltin(page, 'Palmer penguins');
    await startTraining(page, { Seed: '1', Device: 'wasm' });
    await trained(page);
    await useModel(page);
    await page.getByLabel('Name', { exact: false }).last().fill('penguins');
    await page.getByRole('button', { name: 'Deploy' }).click();
    await page.getByRole('link', { name: 'penguins', exact: true }).waitFor();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const askIn = (place) => (count, width) => place.evaluate(askMany, { count, width, name: 'penguins', body });
    const ask = askIn(page);
    await ask(200, 1);
    const alone = await ask(singles, 1);
    const together = await ask(singles, callers);
    const bare = await withBareServiceWorker(context, async (place) => {
      const askBare = askIn(place);
      await askBare(200, 1);
      return { alone: await askBare(singles, 1), together: await askBare(singles, callers) };
    });
    const memory = () => page.evaluate(async () => (await performance.measureUserAgentSpecificMemory()).bytes);
    await ask(Math.ceil(soak / 5), 8);
    const before = await memory();
    const soaked = await ask(Math.ceil((soak * 4) / 5), 8);
    const after = await memory();
    await page.goto(`http://localhost:${server.port}/#/`);
    await openBuiltin(page, 'Handwritten digits');
    await startTraining(page, { Device: 'wasm', 'Epochs, at most': '100000', 'Early stopping': '0' });
    await page
      .getByText(/^Epoch \d+ of/)
      .first()
      .waitFor();
    const beside = await ask(singles, 1);
    return [
      { what: `in the page, ${singles} one by one`, figures: latencies(alone.took) },
      { what: 'in the page, the same beside a training on wasm', figures: latencies(beside.took) },
      {
        what: `in the page, ${callers} callers at once`,
        figures: { ...latencies(together.took), throughput: { value: singles / together.seconds, unit: 'requests/s' } },
      },
      {
        what: 'in the page, time over that of a service worker that answers at once',
        figures: {
          'one by one, median': { value: quantile(alone.took, 0.5) / quantile(bare.alone.took, 0.5), unit: '×' },
          [`${callers} callers, all of it`]: { value: together.seconds / bare.together.seconds, unit: '×' },
        },
      },
      {
        what: `in the page, memory over ${soak} requests`,
        figures: {
          'after a fifth': megabytes(before),
          'after all': megabytes(after),
          throughput: { value: soaked.took.length / soaked.seconds, unit: 'requests/s' },
        },
        holds: after < before * mostGrowth,
      },
    ];
  } finally {
    await context.close();
    await server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function inNode(load) {
  const { openServed } = await load('bench/serving/node.ts');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const { answer, close } = await openServed();
  const ask = (count, width, name = 'batched') => askMany({ count, width, name, body }, answer);
  try {
    const rows = [];
    for (const [what, name] of [
      [`in Node, ${callers} callers at once, in batches`, 'batched'],
      [`in Node, ${callers} callers at once, each alone`, 'alone'],
    ]) {
      await ask(500, callers, name);
      const { took, seconds } = await ask(10_000, callers, name);
      rows.push({ what, figures: { ...latencies(took), throughput: { value: took.length / seconds, unit: 'requests/s' } } });
    }
    await ask(Math.ceil(soak / 5), 8);
    collect();
    const before = process.memoryUsage();
    await ask(Math.ceil((soak * 4) / 5), 8);
    collect();
    const after = process.memoryUsage();
    const used = ({ heapUsed, external }) => heapUsed + external;
    rows.push({
      what: `in Node, memory over ${soak} requests`,
      figures: { 'after a fifth': megabytes(used(before)), 'after all': megabytes(used(after)) },
      holds: used(after) < used(before) * mostGrowth,
    });
    return rows;
  } finally {
    await close();
  }
}

export async function run() {
  return [...(await inPage()), ...(await withSources(inNode))];
}
