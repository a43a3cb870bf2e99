/** A Chromium with the built application, as benches of imports use it: given files, its storage, its long tasks. Not an entry itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { launchOptions } from '../scripts/browser.mjs';

/** A browser with a new profile, whose memory is found by it. */
export async function withBrowser(use) {
  const profile = mkdtempSync(join(tmpdir(), 'benchwright-bench-'));
  const context = await chromium.launchPersistentContext(profile, launchOptions());
  try {
    return await use(await context.newPage(), profile);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

export const picker = 'bw-drop-zone input[type=file]:not([webkitdirectory])';

/** What the browser's storage holds. */
export const stored = (page) =>
  page.evaluate(async () => {
    const open = indexedDB.open('benchwright');
    await new Promise((resolve) => open.addEventListener('success', resolve));
    const all = open.result.transaction('records').objectStore('records').getAll();
    await new Promise((resolve) => all.addEventListener('success', resolve));
    open.result.close();
    const records = all.result.map(({ record }) => record);
    return {
      datasets: records.filter(({ kind }) => kind === 'dataset').map(({ hash, rows }) => ({ hash, rows })),
      imports: records.filter(({ kind }) => kind === 'import').map(({ after }) => after.row),
    };
  });

/** Runs in the page: gathers its long tasks (the browser reports those from 50 ms on), one of which is made on purpose. */
const watch = () => {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
  });
  setTimeout(() => {
    const end = performance.now() + 80;
    while (performance.now() < end);
  });
};

/** Watches the page's main thread. Answers the function that tells the long tasks since; undefined where the one on purpose was not seen. */
export async function watchTasks(page) {
  await page.evaluate(watch);
  const isSeen = await page
    .waitForFunction(() => globalThis.longTasks.splice(0).length > 0, undefined, { timeout: 10_000 })
    .then(() => true)
    .catch(() => false);
  return async () => (isSeen ? page.evaluate(() => globalThis.longTasks) : undefined);
}
