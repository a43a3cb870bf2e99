/** What a first visit really loads before anything is chosen: the scripts of the page, and those of its workers beside them, gzipped. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { firstScreenKibibytes } from '../architecture/rules.js';
import { countedSite } from './support/site.js';
import { newVisitor } from './support/visitor.js';

it(`shows the start page with at most ${firstScreenKibibytes} KiB of gzipped JavaScript, its workers included`, async () => {
  const [site, visitor] = await Promise.all([countedSite(), newVisitor()]);
  const page = await visitor.context.newPage();
  const scripts = new Set<string>();
  // Asked for by the page and its workers; what the service worker keeps for later is not counted.
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) scripts.add(pathname);
  });
  await page.goto(site.address);
  await page.getByRole('button', { name: 'Iris flowers' }).waitFor();
  await page.waitForTimeout(1_000);
  const sizes = [...scripts].map((path) => ({
    path,
    kibibytes: gzipSync(readFileSync(join(site.folder, path)), { level: 9 }).length / 1024,
  }));
  for (const { path, kibibytes } of sizes) console.log(`${kibibytes.toFixed(1).padStart(6)} KiB  ${path}`);
  const sum = sizes.reduce((total, { kibibytes }) => total + kibibytes, 0);
  console.log(`${sum.toFixed(1).padStart(6)} KiB  together`);
  await visitor.forget();
  await site.stop();
  expect(sizes.some(({ path }) => path.includes('.worker-'))).toBe(true);
  expect(sum).toBeLessThanOrEqual(firstScreenKibibytes);
});
