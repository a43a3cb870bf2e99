/** Draws public/icons/*.png from benchwright.svg with the machine's browser. Run by hand when the SVG changes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { launchOptions } from './browser.mjs';
import { root } from './ensure.mjs';

const folder = join(root, 'public/icons');
const drawing = readFileSync(join(folder, 'benchwright.svg'), 'utf8');
const background = '#3f4fd8';

/** A maskable icon may be cut to a circle of 80 % of its width, so its drawing is smaller on a full ground. */
const icons = [
  { name: 'icon-192.png', size: 192, share: 1 },
  { name: 'icon-512.png', size: 512, share: 1 },
  { name: 'icon-maskable-512.png', size: 512, share: 0.8, background },
];

const browser = await chromium.launch(launchOptions());
const page = await browser.newPage();
for (const { name, size, share, background: ground = 'transparent' } of icons) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0;display:grid;place-items:center;height:100vh;background:${ground}}svg{width:${size * share}px;height:${size * share}px}</style>${drawing}`,
  );
  writeFileSync(join(folder, name), await page.screenshot({ omitBackground: true }));
}
await browser.close();
