/**
 * 60,000 pictures into the page: all that Fashion-MNIST has to train on (Debian's dataset-fashion-mnist, fetched into .cache), as a zip of PNG
 * files with a folder for each class. The page answers meanwhile.
 */
import { join } from 'node:path';
import { ensureAppBuild } from '../scripts/build.mjs';
import { fashionZip } from '../scripts/data/full-fashion.mjs';
import { side } from '../scripts/data/picture-zip.mjs';
import { root } from '../scripts/ensure.mjs';
import { serveFolder } from '../server/static.mjs';
import { picker, stored, watchTasks, withBrowser } from './importing.mjs';

export const name = 'pictures';
export const compares = 'the longest main-thread task while 60,000 pictures are imported, against 50 ms';

const limit = 50;
const timeout = 30 * 60_000;

export async function run() {
  const path = fashionZip('training');
  await ensureAppBuild();
  const app = await serveFolder(join(root, 'dist/app'), { port: 0 });
  try {
    return await withBrowser(async (page) => {
      await page.goto(`http://localhost:${app.port}/`);
      await page.getByRole('button', { name: 'Choose a file' }).waitFor();
      const longTasks = await watchTasks(page);
      const started = performance.now();
      await page.locator(picker).setInputFiles(path);
      await page.getByRole('link', { name: 'Train on this' }).waitFor({ timeout });
      const seconds = (performance.now() - started) / 1000;
      const tasks = await longTasks();
      const [{ rows }] = (await stored(page)).datasets;
      return [
        {
          what: `${rows.toLocaleString('en')} pictures of ${side} × ${side}, PNG in a zip`,
          holds: rows === 60_000 && tasks?.length === 0,
          figures: {
            [`longest main-thread task (none reported: below ${limit})`]: { value: Math.max(0, ...(tasks ?? [Number.NaN])), unit: 'ms' },
            'the whole import': { value: seconds, unit: 's' },
            'its speed': { value: rows / seconds, unit: 'pictures/s' },
          },
        },
      ];
    });
  } finally {
    await app.close();
  }
}
