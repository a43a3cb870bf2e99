/** The service worker: what a visit costs, the first uncontrolled load, a folder of another site, and updates that wait. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CountedSite, countedSite } from './support/site.js';
import { keptOffline, newVisitor, type Visitor } from './support/visitor.js';

/** Long enough for a browser to look for an update behind a navigation. */
const quietMilliseconds = 3_000;

const applyButton = (page: Page) => page.getByRole('button', { name: 'Update ready' });

/** What the settings do when asked to look for an update. */
const lookForUpdate = (page: Page) =>
  page.evaluate(async () => {
    await fetch('service-worker.js', { cache: 'reload' });
    await (await navigator.serviceWorker.getRegistration())?.update();
  });

const version = (page: Page) => page.evaluate(() => document.lastChild?.nodeValue ?? '');

describe.each([
  ['at the root of a site', ''],
  ['in a folder of a site', 'tools/bench/'],
])('the service worker %s', (_place, below) => {
  let site: CountedSite;
  let visitor: Visitor;
  let page: Page;

  beforeEach(async () => {
    [site, visitor] = await Promise.all([countedSite(below), newVisitor()]);
    page = await visitor.open(site.address);
    await keptOffline(page);
  });

  afterEach(async () => {
    await visitor.forget();
    await site.stop();
    expect(visitor.faults).toEqual([]);
  });

  it('costs no request from the second visit on', async () => {
    // Without it a browser asks again whenever its look for an update, some time after a navigation, comes before it is closed.
    const script = await fetch(`${site.address}service-worker.js`);
    expect(script.headers.get('cache-control')).toBe('public, max-age=86400');
    // A browser that is closed in the very moment of the installation has not written its cache yet, and asks for the script once more.
    await page.waitForTimeout(quietMilliseconds);
    await visitor.leave();
    site.requests.splice(0);
    for (const visit of [2, 3]) {
      await visitor.comeBack();
      page = await visitor.open(site.address);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(quietMilliseconds);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      await visitor.leave();
      expect(site.requests, `visit ${visit}`).toEqual([]);
    }
    await visitor.comeBack();
  });

  it('lets an update wait, never takes over while a training holds on, and loads every tab anew when asked', async () => {
    // The page of the first visit, which was taken over later, and one that was controlled from its beginning.
    const second = await visitor.open(site.address);
    appendFileSync(join(site.folder, 'index.html'), '<!--second version-->');
    await site.deploy();
    await lookForUpdate(page);
    await applyButton(page).waitFor();
    await second.reload();
    expect(await version(page)).toBe('');

    await page.evaluate(() => {
      void navigator.locks.request(
        'benchwright-training',
        { mode: 'shared' },
        () => new Promise<void>((resolve) => addEventListener('trained', () => resolve())),
      );
    });
    await applyButton(second).click();
    await second.getByText('The update waits').waitFor();
    expect(await version(page)).toBe('');

    await page.evaluate(() => dispatchEvent(new Event('trained')));
    await applyButton(second).click();
    for (const tab of [page, second]) await expect.poll(() => version(tab), { timeout: 10_000 }).toBe('second version');
  });
});
