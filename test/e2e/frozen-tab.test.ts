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
import { newVisitor } from './support/visitor.js';

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
  await writeLargeCsv(csv, 20e6);
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
  /** Of a dataset: the hashes of its chunks. */
  chunks?: string[];
}

const kept = (page: Page): Promise<Kept[]> =>
  page.evaluate(async () => {
    const open = indexedDB.open('benchwright');
    await new Promise((resolve) => open.addEventListener('success', resolve));
    const all = open.result.transaction('records').objectStore('records').getAll();
    await new Promise((resolve) => all.addEventListener('success', resolve));
    open.result.close();
    return all.result
      .map(({ record: { kind, id, name, chunks = [] } }) => ({
        kind,
        id,
        name,
        chunks: chunks.map((each: { ref: { hash: string } }) => each.ref.hash),
      }))
      .filter((each) => each.kind !== 'setting');
  });

/** Whether a change would have its turn: false while a page that is open holds a transaction. */
const changesHaveTheirTurn = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const open = indexedDB.open('benchwright');
    await new Promise((resolve) => open.addEventListener('success', resolve));
    const transaction = open.result.transaction([...open.result.objectStoreNames], 'readwrite');
    transaction.objectStore('records').count();
    return Promise.race([
      new Promise<true>((resolve) => transaction.addEventListener('complete', () => resolve(true))),
      new Promise<false>((resolve) => setTimeout(resolve, 2_000, false)),
    ]);
  });

/**
 * No browser suspends a page in the midst of a transaction, for which all others would wait: where one is met in it, the page goes on and is
 * suspended again. Answers the function that lets all pages go on.
 */
async function suspendBetweenTransactions(): Promise<() => void> {
  for (;;) {
    const wake = browser.freeze();
    const other = await browser.open(`${site.address}icons/benchwright.svg`);
    const between = await changesHaveTheirTurn(other);
    await other.close();
    if (between) return wake;
    wake();
  }
}

/** As a browser takes its locks from a page that it has suspended. */
const takeLock = (page: Page, name: string): Promise<void> =>
  page.evaluate((lock) => navigator.locks.request(lock, { steal: true }, () => undefined), name);

const chunkLock = (hash: string): string => `benchwright/chunk/${hash}`;

/** Keeps everybody from naming a chunk. Answers the function that gives it free. */
async function withhold(page: Page, hash: string): Promise<() => Promise<void>> {
  const free = await page.evaluateHandle(
    (lock) =>
      new Promise<() => void>((answer) => {
        const held = navigator.locks.request(lock, () => new Promise<void>((release) => answer(release)));
        // Taken from it while it is suspended.
        held.catch(() => undefined);
      }),
    chunkLock(hash),
  );
  return () => free.evaluate((release) => release());
}

const locks = (page: Page): Promise<{ held: string[]; pending: string[] }> =>
  page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    return { held: held.map(({ name }) => String(name)), pending: pending.map(({ name }) => String(name)) };
  });

/** The hashes of the chunks that the file becomes, in their order, from an import that nobody disturbs. */
async function chunksOf(file: string): Promise<string[]> {
  const visitor = await newVisitor();
  const page = await visitor.open(site.address);
  await page.locator('bw-drop-zone input[type=file]:not([webkitdirectory])').setInputFiles(file);
  await page.getByRole('heading', { level: 1, name: 'large' }).waitFor({ timeout: 120_000 });
  const [{ chunks = [] }] = (await kept(page)).filter(({ kind }) => kind === 'dataset');
  await visitor.forget();
  return chunks;
}

/** Milliseconds after which an import writes down how far it is: with the next chunk. */
const journalInterval = 3_000;
/** Chunks that are written while an earlier one is waited for. */
const ahead = 3;

it('an import that another tab has gone on with ends in words, and what the other made is whole', { timeout: 300_000 }, async () => {
  const chunks = await chunksOf(csv);
  const early = 1;
  const late = early + ahead + 2;
  expect(chunks.length).toBeGreaterThan(late + ahead + 1);
  const first = await browser.open(site.address, withoutServiceWorker);
  const goOn = await withhold(first, chunks[early]);
  await withhold(first, chunks[late]);
  await browser.choose(first, csv);
  await expect.poll(async () => (await locks(first)).pending, { ...soon }).toContain(chunkLock(chunks[early]));
  await first.waitForTimeout(journalInterval);
  await goOn();
  await expect.poll(async () => (await kept(first)).filter(({ kind }) => kind === 'import').length, soon).toBe(1);
  // No browser suspends a page in the midst of a write, for which all others would wait: it stands still between two.
  await expect.poll(async () => (await locks(first)).held, soon).toContain(chunkLock(chunks[late + ahead]));
  await expect
    .poll(async () => Object.values(await locks(first)).flat(), soon)
    .toEqual(expect.not.arrayContaining([expect.stringContaining('/write/')]));

  const wake = browser.freeze();
  const second = await browser.open(site.address, withoutServiceWorker);
  const [{ id }] = (await kept(second)).filter(({ kind }) => kind === 'import');
  await takeLock(second, `benchwright import ${id}`);
  await takeLock(second, chunkLock(chunks[late]));
  await second.reload();
  await second.getByText(/^large\.csv was being read when its page was closed/).waitFor(soon);
  await browser.choose(second, csv);
  await second.getByRole('heading', { level: 1, name: 'large' }).waitFor({ timeout: 120_000 });
  const made = await kept(second);
  expect(made.map(({ kind, chunks }) => ({ kind, chunks }))).toEqual([{ kind: 'dataset', chunks }]);

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
  const wake = await suspendBetweenTransactions();

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

  const wakeAgain = await suspendBetweenTransactions();
  const third = await browser.open(address, withoutServiceWorker);
  await third.getByText('2 rows × 2 columns').waitFor(soon);
  await third.getByRole('button', { name: 'Delete', exact: true }).click();
  // Where it does not come, the failure shows what the page says instead.
  await expect.poll(() => third.locator('body').ariaSnapshot(), soon).toContain('Deleted “Mine”.');
  wakeAgain();
  await second.getByText('The dataset "Mine" was deleted.').waitFor(soon);
  expect((await kept(third)).filter(({ kind }) => kind === 'dataset')).toHaveLength(1);
});
