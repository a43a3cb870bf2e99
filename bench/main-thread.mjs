/**
 * Whether the page answers while it trains: the longest task of its main thread, by the browser's own long-task reports and
 * by the longest gap between animation frames, while digits are learnt on wasm in the built application.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { launchOptions } from '../scripts/browser.mjs';
import { ensureAppBuild } from '../scripts/build.mjs';
import { root } from '../scripts/ensure.mjs';
import { serveFolder } from '../server/static.mjs';
import { openBuiltin, startTraining } from '../test/e2e/support/journey.mjs';

export const name = 'main-thread';
export const compares = 'the longest main-thread task while training on wasm, against 50 ms';

const limit = 50;
const watchedMilliseconds = 10_000;

/** Runs in the page: gathers long tasks (the browser reports those from 50 ms on) and gaps between frames. */
const watch = (duration) =>
  new Promise((resolve) => {
    const tasks = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
    observer.observe({ type: 'longtask' });
    const gaps = [];
    const start = performance.now();
    let last = start;
    const frame = (now) => {
      gaps.push(now - last);
      last = now;
      if (now - start < duration) requestAnimationFrame(frame);
      else {
        observer.disconnect();
        resolve({ tasks, gaps: gaps.slice(1) });
      }
    };
    requestAnimationFrame(frame);
  });

/** Runs in the page: a task that is too long on purpose must be reported, or the silence afterwards would mean nothing. */
const control = () =>
  new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => resolve(list.getEntries()[0].duration));
    observer.observe({ type: 'longtask' });
    setTimeout(() => {
      const end = performance.now() + 80;
      while (performance.now() < end);
    }, 100);
    setTimeout(() => resolve(0), 2_000);
  });

const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;
const milliseconds = (value) => ({ value, unit: 'ms' });

export async function run() {
  await ensureAppBuild();
  const server = await serveFolder(join(root, 'dist/app'), { port: 0 });
  const profile = mkdtempSync(join(tmpdir(), 'benchwright-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...launchOptions(),
  });
  try {
    const page = await context.newPage();
    await page.goto(`http://localhost:${server.port}/`);
    await openBuiltin(page, 'Handwritten digits');
    const seen = await page.evaluate(control);
    const idle = await page.evaluate(watch, 2_000);
    await startTraining(page, { Device: 'wasm', 'Epochs, at most': '100000', 'Early stopping': '0' });
    await page
      .getByText(/^Epoch \d+ of/)
      .first()
      .waitFor();
    const { tasks, gaps } = await page.evaluate(watch, watchedMilliseconds);
    const epochs = await page
      .getByText(/^Epoch \d+ of/)
      .first()
      .textContent();
    return [
      {
        what: `${gaps.length} frames in ${watchedMilliseconds / 1000} s of training (${epochs})`,
        holds: seen >= limit && tasks.length === 0,
        figures: {
          [`longest task (none reported: below ${limit})`]: milliseconds(Math.max(0, ...tasks)),
          'a task of 80 ms on purpose is seen as': milliseconds(seen),
          'longest gap between frames': milliseconds(Math.max(...gaps)),
          'gap between frames, 99 %': milliseconds(quantile(gaps, 0.99)),
          'median gap, training': milliseconds(quantile(gaps, 0.5)),
          'median gap, idle': milliseconds(quantile(idle.gaps, 0.5)),
        },
      },
    ];
  } finally {
    await context.close();
    await server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
