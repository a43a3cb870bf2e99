/**
 * A large table into the page, in Chromium: beside papaparse and DuckDB-WASM on the same file, and 1 GB by itself with its memory, its longest
 * main-thread task, how soon it is cancelled, and how it goes on after the browser was killed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { launchOptions } from '../scripts/browser.mjs';
import { ensureAppBuild } from '../scripts/build.mjs';
import { writeLargeCsv } from '../scripts/data/large-csv.mjs';
import { root } from '../scripts/ensure.mjs';
import { serveFolder } from '../server/static.mjs';
import { picker, stored, watchTasks, withBrowser } from './importing.mjs';
import { processesOf, withPeak } from './memory.mjs';

export const name = 'import';
export const compares = 'a table of numbers and texts into stored columns, beside papaparse into objects and DuckDB-WASM into its memory';

const smallMegabytes = 100;
/** BENCH_MEGABYTES makes a quicker round. */
const largeMegabytes = Number(process.env.BENCH_MEGABYTES ?? 1000);
const rounds = 3;
const mostMemory = 400;
const longestTask = 50;
const timeout = 30 * 60_000;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const megabytes = (bytes) => ({ value: bytes / 1e6, unit: 'MB' });
const perSecond = (rows) => ({ value: rows, unit: 'rows/s' });
const seconds = (value) => ({ value, unit: 's' });

async function tableOf(size) {
  const folder = join(root, '.cache');
  const path = join(folder, `large-${size}.csv`);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(path) || statSync(path).size < size * 1e6) await writeLargeCsv(path, size * 1e6);
  return path;
}

function ensurePeers() {
  const folder = join(root, 'bench/peers');
  if (existsSync(join(folder, 'node_modules/@duckdb/duckdb-wasm'))) return;
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error('The peers could not be installed.');
}

/** From the choice of the file until its page is there. */
async function importInto(page, address, path) {
  await page.goto(address);
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  const started = performance.now();
  await page.locator(picker).setInputFiles(path);
  await page.getByRole('link', { name: 'Train on this' }).waitFor({ timeout });
  return performance.now() - started;
}

const ours = (address, path) =>
  withBrowser(async (page, profile) => {
    await page.goto(address);
    const { result, added } = await withPeak(profile, () => importInto(page, address, path));
    const [dataset] = (await stored(page)).datasets;
    return { rows: dataset.rows, milliseconds: result, added };
  });

const peer = (address, which, path) =>
  withBrowser(async (page, profile) => {
    await page.goto(address);
    await page.waitForFunction(() => 'contest' in globalThis, undefined, { timeout: 120_000 });
    await page.locator('input').setInputFiles(path);
    const { result, added } = await withPeak(profile, () => page.evaluate((contestant) => globalThis.contest[contestant](), which));
    return { ...result, added };
  });

async function besidePeers(address, peers) {
  const path = await tableOf(smallMegabytes);
  const contestants = {
    benchwright: () => ours(address, path),
    papaparse: () => peer(peers, 'papaparse', path),
    'DuckDB-WASM': () => peer(peers, 'duckdbWasm', path),
  };
  const seen = Object.fromEntries(Object.keys(contestants).map((contestant) => [contestant, []]));
  // In turns, so that whatever else the machine does meets all of them.
  for (let round = 0; round < rounds; round++) for (const [who, run] of Object.entries(contestants)) seen[who].push(await run());
  const rows = new Set(Object.values(seen).flatMap((runs) => runs.map((run) => run.rows)));
  const speed = (who) => median(seen[who].map((run) => (1000 * run.rows) / run.milliseconds));
  const memory = (who) => median(seen[who].map(({ added }) => added));
  const figures = {};
  for (const who of Object.keys(contestants)) {
    figures[who] = perSecond(speed(who));
    figures[`${who}, added memory`] = megabytes(memory(who));
  }
  for (const other of ['papaparse', 'DuckDB-WASM']) {
    figures[`times as fast as ${other}`] = { value: speed('benchwright') / speed(other), unit: '×' };
    figures[`of the memory of ${other}`] = { value: (100 * memory('benchwright')) / memory(other), unit: '%' };
  }
  return { what: `${[...rows].join(' or ')} rows, ${smallMegabytes} MB, medians of ${rounds}`, holds: rows.size === 1, figures };
}

/** Without a look at its memory: that holds the processes up, and would be seen as a long task. */
async function undisturbed(address, path) {
  return withBrowser(async (page) => {
    await page.goto(address);
    await page.getByRole('button', { name: 'Choose a file' }).waitFor();
    const longTasks = await watchTasks(page);
    const started = performance.now();
    await page.locator(picker).setInputFiles(path);
    await page.getByRole('link', { name: 'Train on this' }).waitFor({ timeout });
    const taken = (performance.now() - started) / 1000;
    const tasks = await longTasks();
    const [dataset] = (await stored(page)).datasets;
    return { dataset, taken, tasks: tasks ?? [], isSeen: tasks !== undefined };
  });
}

/** How long the button takes in the middle of the work. */
const cancelled = (address, path) =>
  withBrowser(async (page) => {
    await page.goto(address);
    await page.locator(picker).setInputFiles(path);
    await page
      .getByText(/\bleft\b/)
      .first()
      .waitFor({ timeout });
    await page.waitForTimeout(2_000);
    const started = performance.now();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' });
    const taken = (performance.now() - started) / 1000;
    const { datasets, imports } = await stored(page);
    return { taken, left: datasets.length + imports.length };
  });

async function killed(address, path) {
  const profile = mkdtempSync(join(tmpdir(), 'benchwright-bench-'));
  let context = await chromium.launchPersistentContext(profile, launchOptions());
  try {
    let page = await context.newPage();
    await page.goto(address);
    await page.locator(picker).setInputFiles(path);
    while ((await stored(page)).imports.length === 0) await page.waitForTimeout(500);
    await page.waitForTimeout(4_000);
    for (const pid of processesOf(profile)) process.kill(Number(pid), 'SIGKILL');
    await context.close().catch(() => undefined);
    context = await chromium.launchPersistentContext(profile, launchOptions());
    page = await context.newPage();
    await page.goto(address);
    const [rows] = (await stored(page)).imports;
    const taken = await importInto(page, address, path);
    return { rows, taken: taken / 1000, dataset: (await stored(page)).datasets[0] };
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function large(address) {
  const path = await tableOf(largeMegabytes);
  const whole = await undisturbed(address, path);
  const { added } = await ours(address, path);
  const stop = await cancelled(address, path);
  const again = await killed(address, path);
  const longest = Math.max(0, ...whole.tasks);
  const isSame = again.dataset.hash === whole.dataset.hash;
  return {
    what: `${whole.dataset.rows.toLocaleString('en')} rows, ${largeMegabytes} MB; killed and gone on: ${isSame ? 'the same dataset' : 'ANOTHER DATASET'}`,
    holds: added / 1e6 <= mostMemory && whole.isSeen && longest < longestTask && stop.left === 0 && isSame,
    figures: {
      'the whole import': seconds(whole.taken),
      'its speed': { value: largeMegabytes / whole.taken, unit: 'MB/s' },
      'its rows': perSecond(whole.dataset.rows / whole.taken),
      [`added memory at most (bound ${mostMemory})`]: megabytes(added),
      [`longest main-thread task (none reported: below ${longestTask})`]: { value: longest, unit: 'ms' },
      'from Cancel to its end': seconds(stop.taken),
      'rows kept when it was killed': { value: again.rows, unit: 'rows' },
      'going on to the end': seconds(again.taken),
    },
  };
}

export async function run() {
  ensurePeers();
  await ensureAppBuild();
  const app = await serveFolder(join(root, 'dist/app'), { port: 0 });
  const address = `http://localhost:${app.port}/`;
  const pages = await createServer({
    root: join(root, 'bench/peers'),
    configFile: false,
    logLevel: 'error',
    server: { port: 0, host: 'localhost', ws: false, watch: null },
    optimizeDeps: { include: ['@duckdb/duckdb-wasm', 'papaparse'] },
  });
  await pages.listen();
  try {
    return [await besidePeers(address, `${pages.resolvedUrls.local[0]}tables/`), await large(address)];
  } finally {
    await pages.close();
    await app.close();
  }
}
