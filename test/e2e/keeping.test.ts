/** What the app says when its storage is damaged, too small, or not there: by name, before anything is lost, and with a way on. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { openBuiltin, startTraining, trained } from './support/journey.mjs';
import { KillableBrowser } from './support/killable.js';
import { visiting } from './support/visiting.js';

const soon = { timeout: 30_000 };
const rows = (count: number): string =>
  `n,m,parity\n${Array.from({ length: count }, (_, row) => `${row},${(row * 37) % 101},${row % 2 ? 'odd' : 'even'}`).join('\n')}\n`;
const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const bring = (page: Page, name: string, text: string): Promise<void> =>
  page.locator('bw-drop-zone input[type=file]:not([webkitdirectory])').setInputFiles(file(name, text));

/** Flips a bit in the chunks of things of one kind and name, in the browser's own files. Answers how many. */
const damage = (page: Page, kind: string, name: string): Promise<number> =>
  page.evaluate(
    async ([wantedKind, wantedName]) => {
      const open = indexedDB.open('benchwright');
      await new Promise((resolve) => open.addEventListener('success', resolve));
      const all = open.result.transaction('records').objectStore('records').getAll();
      await new Promise((resolve) => all.addEventListener('success', resolve));
      open.result.close();
      const row = all.result.find(({ record }) => record.kind === wantedKind && record.name === wantedName);
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('benchwright-chunks');
      const folder = await root.getDirectoryHandle('benchwright');
      for (const hash of row.chunks) {
        const handle = await folder.getFileHandle(hash);
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        bytes[bytes.length >> 1] ^= 4;
        const writable = await handle.createWritable();
        await writable.write(bytes);
        await writable.close();
      }
      return row.chunks.length as number;
    },
    [kind, name] as const,
  );

async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
}

describe('what is kept', () => {
  const visit = visiting();

  it('is named where it is damaged, the rest goes on, and the same file mends it', { timeout: 240_000 }, async () => {
    const { page, site } = visit;
    await bring(page, 'numbers.csv', rows(9000));
    await page.getByRole('heading', { level: 1, name: 'numbers' }).waitFor(soon);
    const address = page.url();
    await page.goto(`${site.address}#/`);
    await openBuiltin(page, 'Iris flowers');
    await startTraining(page, { Seed: '2', Device: 'wasm' });
    await trained(page);
    const run = page.url();
    await page.getByRole('link', { name: 'Use the model' }).click();
    await page.getByRole('heading', { name: 'Use it' }).waitFor();
    const model = page.url();
    const modelName = await page.getByRole('heading', { level: 1 }).innerText();

    expect(await damage(page, 'dataset', 'numbers')).toBe(2);
    expect(await damage(page, 'model', modelName)).toBe(1);
    await page.goto(`${site.address}#/settings`);
    await page.reload();
    await page.getByRole('button', { name: 'Check that it is whole' }).click();
    await page.getByText('2 things are damaged.').waitFor(soon);
    await page.getByText('The dataset "numbers" is damaged: 9000 of its 9000 rows cannot be read.').waitFor();
    await page.getByText(/^The model ".*" is damaged: its weights cannot be read\.$/).waitFor();
    await picture(page, 'settings-damaged');

    // Marked in the lists; what is whole opens and trains.
    await page.goto(`${site.address}#/`);
    await page.getByRole('listitem').filter({ hasText: 'numbers' }).getByText('damaged', { exact: true }).waitFor(soon);
    await picture(page, 'list-damaged');
    await page.goto(`${site.address}#/models`);
    await page.getByText('damaged', { exact: true }).waitFor(soon);
    await page.goto(run);
    await page.getByRole('link', { name: 'Use the model' }).waitFor(soon);
    await page.goto(model);
    await page
      .getByText(/^The model ".*" is damaged/)
      .first()
      .waitFor(soon);
    await page.goto(`${site.address}#/`);
    await page.getByRole('link', { name: 'Iris flowers', exact: true }).click();
    await page.getByText('150 rows × 5 columns').waitFor(soon);
    await startTraining(page, { Seed: '2', Device: 'wasm' });
    await trained(page);

    // The damaged table opens too, and says how to mend it.
    await page.goto(address);
    await page.getByText('The dataset "numbers" is damaged: 9000 of its 9000 rows cannot be read.').first().waitFor(soon);
    await picture(page, 'table-damaged');
    await page.getByLabel('Replace the rows…').setInputFiles(file('numbers.csv', rows(9000)));
    await page.getByText('“numbers” holds the same rows already.').waitFor(soon);
    await page.reload();
    await page.getByText('9,000 rows × 3 columns').waitFor(soon);
    await page.getByRole('gridcell', { name: '37' }).first().waitFor(soon);
    expect(await page.getByText(/is damaged/).count()).toBe(0);
    // A model trained anew from the same rows and seed has the same weights: the very chunk, which mends the first one as well.
    await page.goto(`${site.address}#/models`);
    await page.getByRole('link', { name: /^Use / }).first().waitFor(soon);
    expect(await page.getByText('damaged', { exact: true }).count()).toBe(0);
  });

  it('is not begun where there is too little room, and the figures are said', { timeout: 120_000 }, async () => {
    const { page, site } = visit;
    const session = await page.context().newCDPSession(page);
    const { origin } = new URL(site.address);
    const { usage } = await session.send('Storage.getUsageAndQuota', { origin });
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 3_000_000 });
    await bring(page, 'large.csv', rows(300_000));
    await page.getByText(/^This needs about \d(\.\d)? MB, and \d\.\d MB are free\. Nothing has been written/).waitFor(soon);
    await picture(page, 'short');
    await page.getByRole('button', { name: 'Try all the same' }).click();
    await page.getByText(/There is no space left/).waitFor(soon);
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await bring(page, 'large.csv', rows(300_000));
    await page.getByRole('heading', { level: 1, name: 'large' }).waitFor(soon);
    // Asked to keep it, now that there is something to keep, and not before.
    expect(await page.evaluate(() => localStorage.getItem('benchwright.asked-to-keep'))).toMatch(/^\d+$/);
  });
});

it('works in memory where the browser keeps nothing, and says so in words', { timeout: 120_000 }, async () => {
  const { startSite } = await import('./support/site.js');
  const site = await startSite();
  const profile = mkdtempSync(join(tmpdir(), 'benchwright-profile-'));
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
  const browser = await KillableBrowser.launch(profile);
  try {
    const page = await browser.open(site.address);
    await page.getByText('Nothing is kept here: what you bring and train is gone when this page is closed.').waitFor(soon);
    await openBuiltin(page, 'Iris flowers');
    await page.getByText('150 rows × 5 columns').waitFor(soon);
    await page.getByText('New rows make a new version.').waitFor();
    await picture(page, 'memory');
    await startTraining(page, { Seed: '2', Device: 'wasm' });
    await trained(page);
  } finally {
    await browser.kill();
    await site.stop();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
