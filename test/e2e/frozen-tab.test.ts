/** R7: a tab that was suspended in the midst of its work, and wakes when another tab has gone on with it, overwrites nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { writeLargeCsv } from '../../scripts/data/large-csv.mjs';
import { openBuiltin } from './support/journey.mjs';
import { KillableBrowser } from './support/killable.js';
import { type Site, startSite } from './support/site.js';

const soon = { timeout: 60_000 };
// A process kept ready for the next page would be stopped with the others, and then be given to it.
const noSpare = ['--disable-features=SpareRendererForSitePerProcess'];

/** A service worker lives in a page's process and, stopped with it, would answer no other page: a system that suspends pages leaves it alone. */
const withoutServiceWorker = (): void => {
  Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
};

let site: Site;
let folder: string;
let csv: string;
let profile: string;
let browser: KillableBrowser;

beforeAll(async () => {
  site = await startSite();
  folder = mkdtempSync(join(tmpdir(), 'benchwright-frozen-'));
  csv = join(folder, 'large.csv');
  await writeLargeCsv(csv, 60e6);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await site.stop();
});
beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), 'benchwright-profile-'));
  browser = await KillableBrowser.launch(profile, noSpare);
});
afterEach(async () => {
  await browser.kill();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

interface Kept {
  kind: string;
  id: string;
  name: string;
  rows?: number;
}

const kept = (page: Page): Promise<Kept[]> =>
  page.evaluate(async () => {
    const open = indexedDB.open('benchwright');
    await new Promise((resolve) => open.addEventListener('success', resolve));
    const all = open.result.transaction('records').objectStore('records').getAll();
    await new Promise((resolve) => all.addEventListener('success', resolve));
    open.result.close();
    return all.result.map(({ record: { kind, id, name, rows } }) => ({ kind, id, name, rows })).filter((each) => each.kind !== 'setting');
  });

/** As a browser takes its locks from a page that it has suspended. */
const takeLock = (page: Page, name: string): Promise<void> =>
  page.evaluate((lock) => navigator.locks.request(lock, { steal: true }, () => undefined), name);

/** Whether no suspended page is in the midst of a write, in which no browser suspends one: all others would wait for it. */
const isBetweenWrites = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    if (held.some(({ name }) => name?.includes('/write/'))) return false;
    const written = (async () => {
      const open = indexedDB.open('benchwright');
      await new Promise((resolve) => open.addEventListener('success', resolve));
      const transaction = open.result.transaction('records', 'readwrite');
      transaction.objectStore('records').count();
      await new Promise((resolve) => transaction.addEventListener('complete', resolve));
      open.result.close();
      return true;
    })();
    return Promise.race([written, new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 3_000))]);
  });

/** Suspends all pages there are, between two writes, and opens another. */
async function suspended(): Promise<{ wake: () => void; second: Page }> {
  for (let attempt = 1; ; attempt++) {
    const wake = browser.freeze();
    const second = await browser.open(site.address, withoutServiceWorker);
    if (await isBetweenWrites(second)) return { wake, second };
    wake();
    await second.close();
    expect(attempt).toBeLessThan(20);
    // What it was writing is written by then; at once it would be found in the midst of the same.
    await new Promise((resolve) => setTimeout(resolve, 100 + 17 * attempt));
  }
}

it('an import that another tab has gone on with ends in words, and what the other made is whole', { timeout: 300_000 }, async () => {
  const first = await browser.open(site.address, withoutServiceWorker);
  await browser.choose(first, csv);
  await expect.poll(async () => (await kept(first)).filter(({ kind }) => kind === 'import').length, { ...soon, interval: 20 }).toBe(1);
  const [{ id }] = (await kept(first)).filter(({ kind }) => kind === 'import');
  const { wake, second } = await suspended();
  await takeLock(second, `benchwright import ${id}`);
  await second.reload();
  await second.getByText(/^large\.csv was being read when its page was closed/).waitFor(soon);
  await browser.choose(second, csv);
  await second.getByRole('heading', { level: 1, name: 'large' }).waitFor({ timeout: 120_000 });
  const made = await kept(second);
  expect(made.map(({ kind }) => kind)).toEqual(['dataset']);

  wake();
  await first.getByText(/was changed elsewhere since it was read here/).waitFor(soon);
  // It has taken nothing away, either: every row of the other's can be read.
  expect(await kept(first)).toEqual(made);
  await second.goto(`${site.address}#/settings`);
  await second.getByRole('button', { name: 'Check that it is whole' }).click();
  await second.getByText('Everything is whole.').waitFor(soon);
});

it('a page that was suspended shows what another has made of its table, and what it says of an older state is refused', {
  timeout: 120_000,
}, async () => {
  const first = await browser.open(site.address, withoutServiceWorker);
  await openBuiltin(first, 'Iris flowers');
  const address = first.url();
  await first.getByRole('button', { name: 'Rename Iris flowers' }).click();
  await first.getByRole('textbox', { name: 'New name' }).fill('Mine');
  const wake = browser.freeze();

  const second = await browser.open(address, withoutServiceWorker);
  await second.getByText('150 rows × 5 columns').waitFor(soon);
  await second
    .getByLabel('Replace the rows…')
    .setInputFiles({ name: 'other.csv', mimeType: 'text/csv', buffer: Buffer.from('a,species\n1,x\n2,y\n') });
  await second.getByText('2 rows × 2 columns').waitFor(soon);
  wake();
  await first.getByText('2 rows × 2 columns').waitFor(soon);
  // The new name is one change, the new rows another: both last.
  await first.getByRole('textbox', { name: 'New name' }).press('Enter');
  await second.getByRole('heading', { level: 1, name: 'Mine' }).waitFor(soon);
  await second.getByText('2 rows × 2 columns').waitFor(soon);

  const wakeAgain = browser.freeze();
  const third = await browser.open(address, withoutServiceWorker);
  await third.getByRole('button', { name: 'Delete', exact: true }).click();
  await third.getByText('Deleted “Mine”.').waitFor(soon);
  wakeAgain();
  await second.getByText('The dataset "Mine" was deleted.').waitFor(soon);
  expect((await kept(third)).filter(({ kind }) => kind === 'dataset')).toHaveLength(1);
});
