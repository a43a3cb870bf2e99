/**
 * Training on a table that fits in memory and on one that does not, in Chromium: the memory that each adds and the rows that each learns from in a
 * second. The same columns and the same model; only the number of rows differs.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright';
import { launchOptions } from '../scripts/browser.mjs';
import { ensureAppBuild } from '../scripts/build.mjs';
import { writeLargeCsv } from '../scripts/data/large-csv.mjs';
import { root } from '../scripts/ensure.mjs';
import { serveFolder } from '../server/static.mjs';
import { withPeak } from './memory.mjs';

export const name = 'out-of-core';
export const compares = 'training from the store beside training in memory, by added memory and by rows a second';

const inMemoryMegabytes = 100;
/** BENCH_MEGABYTES makes a quicker round. */
const storedMegabytes = Number(process.env.BENCH_MEGABYTES ?? 1000);
const mostMemory = 400;
const timeout = 60 * 60_000;

const tableOf = async (size) => {
  const path = join(root, '.cache', `large-${size}.csv`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  if (!existsSync(path) || statSync(path).size < size * 1e6) await writeLargeCsv(path, size * 1e6);
  return path;
};

/** Records of a kind in the page's storage. */
const records = (page, kind) =>
  page.evaluate(async (wanted) => {
    const open = indexedDB.open('benchwright');
    await new Promise((resolve) => open.addEventListener('success', resolve));
    const all = open.result.transaction('records').objectStore('records').getAll();
    await new Promise((resolve) => all.addEventListener('success', resolve));
    open.result.close();
    return all.result.map(({ record }) => record).filter((record) => record.kind === wanted);
  }, kind);

async function train(address, path) {
  const profile = mkdtempSync(join(tmpdir(), 'benchwright-bench-'));
  let context = await chromium.launchPersistentContext(profile, launchOptions());
  try {
    let page = await context.newPage();
    await page.goto(address);
    await page.locator('bw-drop-zone input[type=file]:not([webkitdirectory])').setInputFiles(path);
    await page.getByRole('link', { name: 'Train on this' }).waitFor({ timeout });
    const [{ id, rows }] = await records(page, 'dataset');
    // A new browser: what the import took is not counted, nor does it hide what the training takes.
    await context.close();
    context = await chromium.launchPersistentContext(profile, launchOptions());
    page = await context.newPage();
    await page.goto(`${address}#/train/${id}/outcome`);
    await page.getByText('Options', { exact: true }).click();
    await page.locator('input[name=epochs]').fill('1');
    await page.locator('select[name=device]').selectOption('wasm');
    const started = performance.now();
    const { added } = await withPeak(profile, async () => {
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      for (;;) {
        const [run] = await records(page, 'run');
        if (run && run.status !== 'running') break;
        if (performance.now() - started > timeout) throw new Error('The training did not end.');
        await page.waitForTimeout(1000);
      }
    });
    const [run] = await records(page, 'run');
    if (run.status !== 'finished') throw new Error(`The training is ${run.status}: ${run.problem}`);
    return { rows, run, added, whole: (performance.now() - started) / 1000 };
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

const megabytes = (bytes) => ({ value: bytes / 1e6, unit: 'MB' });

export async function run() {
  await ensureAppBuild();
  const app = await serveFolder(join(root, 'dist/app'), { port: 0 });
  const address = `http://localhost:${app.port}/`;
  try {
    const small = await train(address, await tableOf(inMemoryMegabytes));
    const large = await train(address, await tableOf(storedMegabytes));
    const speed = ({ run: { rows, epochs, curve, seconds } }) => (rows.training * (curve.length || epochs)) / seconds;
    return [
      {
        what: `${large.rows.toLocaleString('en')} rows (${storedMegabytes} MB) from the store, ${small.rows.toLocaleString('en')} (${inMemoryMegabytes} MB) in memory`,
        holds: !small.run.stored && Boolean(large.run.stored) && large.added / 1e6 <= mostMemory,
        figures: {
          [`added memory, stored (bound ${mostMemory})`]: megabytes(large.added),
          'added memory, in memory': megabytes(small.added),
          'rows shuffled together': { value: large.run.stored?.pool ?? 0, unit: 'rows' },
          'learnt from the store': { value: speed(large), unit: 'rows/s' },
          'learnt in memory': { value: speed(small), unit: 'rows/s' },
          'of the speed in memory': { value: (100 * speed(large)) / speed(small), unit: '%' },
          'whole run, stored': { value: large.whole, unit: 's' },
          'accuracy on test rows, stored': { value: large.run.scores.test.accuracy, unit: '' },
          'accuracy on test rows, in memory': { value: small.run.scores.test.accuracy, unit: '' },
        },
      },
    ];
  } finally {
    await app.close();
  }
}
