/** A large table whose import is cut off: by killing the browser, and by the user. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeLargeCsv } from '../../scripts/data/large-csv.mjs';
import { KillableBrowser } from './support/killable.js';
import { type Site, startSite } from './support/site.js';
import { newVisitor } from './support/visitor.js';

interface Kept {
  datasets: { hash: string; rows: number }[];
  imports: { rows: number }[];
  files: number;
}

let site: Site;
let folder: string;
let csv: string;

beforeAll(async () => {
  site = await startSite();
  folder = mkdtempSync(join(tmpdir(), 'benchwright-large-'));
  csv = join(folder, 'large.csv');
  await writeLargeCsv(csv, 40e6);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await site.stop();
});

const give = (page: Page): Promise<void> => page.locator('bw-drop-zone input[type=file]:not([webkitdirectory])').setInputFiles(csv);

/** What the browser's storage holds. */
const kept = (page: Page): Promise<Kept> =>
  page.evaluate(async () => {
    const open = indexedDB.open('benchwright');
    await new Promise((resolve) => open.addEventListener('success', resolve));
    const all = open.result.transaction('records').objectStore('records').getAll();
    await new Promise((resolve) => all.addEventListener('success', resolve));
    open.result.close();
    const records = all.result.map(({ record }) => record);
    const chunks = await (await navigator.storage.getDirectory()).getDirectoryHandle('benchwright-chunks', { create: true });
    let files = 0;
    for await (const folder of chunks.values()) {
      if (folder.kind === 'directory') for await (const _ of (folder as FileSystemDirectoryHandle).keys()) files += 1;
    }
    return {
      datasets: records.filter(({ kind }) => kind === 'dataset').map(({ hash, rows }) => ({ hash, rows })),
      imports: records.filter(({ kind }) => kind === 'import').map(({ after }) => ({ rows: after.row })),
      files,
    };
  });

it('goes on after the browser was killed, to the same dataset as an import that nobody disturbed', async () => {
  const visitor = await newVisitor();
  const undisturbed = await visitor.open(site.address);
  await give(undisturbed);
  await undisturbed.getByRole('heading', { level: 1, name: 'large' }).waitFor({ timeout: 120_000 });
  const whole = await kept(undisturbed);
  await visitor.forget();

  const profile = mkdtempSync(join(tmpdir(), 'benchwright-profile-'));
  let browser = await KillableBrowser.launch(profile);
  let page = await browser.open(site.address);
  await browser.choose(page, csv);
  await expect.poll(async () => (await kept(page)).imports.length, { timeout: 120_000, interval: 50 }).toBe(1);
  await browser.kill();

  browser = await KillableBrowser.launch(profile);
  page = await browser.open(site.address);
  await page.getByText(/^large\.csv was being read when its page was closed: [\d,]+ of [\d,]+ rows are kept\.$/).waitFor();
  const { datasets, imports } = await kept(page);
  expect(datasets).toEqual([]);
  expect(imports[0].rows).toBeGreaterThan(8000);
  await browser.choose(page, csv);
  await page.getByRole('heading', { level: 1, name: 'large' }).waitFor({ timeout: 120_000 });
  const again = await kept(page);
  expect(again.datasets).toEqual(whole.datasets);
  expect(again.imports).toEqual([]);
  await page.goto(`${site.address}#/`);
  expect(await page.getByText(/was being read when/).count()).toBe(0);
  await browser.kill();
  rmSync(profile, { recursive: true, force: true });
});

it('leaves nothing behind when it is cancelled', async () => {
  const visitor = await newVisitor();
  const page = await visitor.open(site.address);
  await give(page);
  await page
    .getByText(/Keeping it: [\d,]+ rows/)
    .first()
    .waitFor({ timeout: 120_000 });
  await page
    .getByText(/\bleft\b/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' });
  await expect.poll(() => kept(page)).toEqual({ datasets: [], imports: [], files: 0 });
  await visitor.forget();
  expect(visitor.faults).toEqual([]);
});
