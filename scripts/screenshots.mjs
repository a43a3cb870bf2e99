/** Takes docs/images/train*.png from the running application: a finished training on digits, in light and dark. Run by hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { serveFolder } from '../server/static.mjs';
import { openBuiltin, startTraining, trained } from '../test/e2e/support/journey.mjs';
import { launchOptions } from './browser.mjs';
import { ensureAppBuild } from './build.mjs';
import { root } from './ensure.mjs';

await ensureAppBuild();
const server = await serveFolder(join(root, 'dist/app'), { port: 0 });
const profile = mkdtempSync(join(tmpdir(), 'benchwright-pictures-'));
const context = await chromium.launchPersistentContext(profile, {
  ...launchOptions(),
  viewport: { width: 1280, height: 800 },
  deviceScaleFactor: 1.5,
});
const page = await context.newPage();
await page.goto(`http://localhost:${server.port}/`);
await openBuiltin(page, 'Handwritten digits');
await startTraining(page, { Seed: '1', Device: 'wasm' });
await trained(page);
await page.mouse.move(640, 790);
for (const [colorScheme, name] of [
  ['light', 'train.png'],
  ['dark', 'train-dark.png'],
]) {
  await page.emulateMedia({ colorScheme });
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(root, 'docs/images', name) });
}
await context.close();
await server.close();
rmSync(profile, { recursive: true, force: true });
