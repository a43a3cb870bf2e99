/** A table gets more rows, and other rows: versions in a real browser, with what was learnt from each. */
import { expect, it } from 'vitest';
import { startTraining, trained } from './support/journey.mjs';
import { visiting } from './support/visiting.js';

const visit = visiting();
const soon = 30_000;

const rows = (from: number, to: number, shift = 0): string =>
  Array.from(
    { length: to - from },
    (_, index) => `${from + index},${((from + index) * 37) % 101},${(from + index + shift) % 2 ? 'odd' : 'even'}`,
  ).join('\n');
const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

async function pictures(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (!folder) return;
  for (const [width, scheme] of [
    [1280, 'light'],
    [1280, 'dark'],
    [320, 'light'],
  ] as const) {
    await visit.page.setViewportSize({ width, height: 900 });
    await visit.page.emulateMedia({ colorScheme: scheme });
    await visit.page.waitForTimeout(300);
    await visit.page.screenshot({ path: `${folder}/${name}-${width}-${scheme}.png`, fullPage: true });
  }
  await visit.page.setViewportSize({ width: 1280, height: 900 });
  await visit.page.emulateMedia({ colorScheme: 'light' });
}

it('appends and replaces rows, compares, goes back and deletes; a model keeps the version that it learnt from', {
  timeout: 240_000,
}, async () => {
  const { page, site } = visit;
  await page
    .locator('bw-drop-zone input[type=file]:not([webkitdirectory])')
    .setInputFiles(file('parity.csv', `n,m,parity\n${rows(0, 9000)}\n`));
  await page.getByRole('heading', { level: 1, name: 'parity' }).waitFor({ timeout: soon });
  const address = page.url();
  await startTraining(page, { 'Column to predict': 'parity', Seed: '1', 'Epochs, at most': '2', Device: 'wasm' });
  await trained(page);
  await page.getByRole('link', { name: 'Use the model' }).click();
  await page.getByRole('heading', { name: 'Where it came from' }).waitFor({ timeout: soon });
  const model = page.url();

  await page.goto(address);
  await page.getByLabel('Append rows…').setInputFiles(file('more.csv', `parity,n,m\neven,9000,1.5\nodd,9001,2\n`));
  await page.getByText('“parity” is at version 2, with 9,002 rows.').waitFor({ timeout: soon });
  await page.getByText('9,002 rows × 3 columns').waitFor();
  await page
    .getByText(/shared with other versions/)
    .first()
    .waitFor();
  await page.getByText(/· 1 run learnt from it/).waitFor();

  // Refused: another column. Nothing changes.
  await page.getByLabel('Append rows…').setInputFiles(file('strange.csv', 'n,m,colour\n1,2,red\n'));
  await page.getByText(/These rows cannot follow those of “?"?parity/).waitFor({ timeout: soon });
  await page.getByText('9,002 rows × 3 columns').waitFor();

  await page.getByLabel('Replace the rows…').setInputFiles(file('other.csv', `n,parity,extra\n1,odd,x\n2,even,y\n3,odd,x\n`));
  await page.getByText('“parity” is at version 3, with 3 rows.').waitFor({ timeout: soon });
  await page.getByRole('button', { name: 'Compare version 2 with the one in use' }).click();
  await page.getByRole('heading', { name: 'From version 2 to version 3' }).waitFor();
  for (const said of ['9,002 → 3', 'extra, category', 'm, number']) await page.getByText(said, { exact: false }).first().waitFor();
  await pictures('versions');

  await page.goto(model);
  await page.getByText('version 1, not the one in use').waitFor({ timeout: soon });

  await page.goto(address);
  await page.getByRole('button', { name: 'Use version 1' }).click();
  await page.getByText('9,000 rows × 3 columns').waitFor();
  await page.getByRole('button', { name: 'Delete version 2' }).click();
  await page.getByRole('heading', { name: 'Delete version 2?' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Delete version 2' }).click();
  await page.getByRole('button', { name: 'Delete the version' }).click();
  await page.getByText('Version 2', { exact: true }).waitFor({ state: 'detached' });
  await page.getByText('Version 3', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('9,000 rows × 3 columns').waitFor({ timeout: soon });
  expect(await page.getByText('Version 2', { exact: true }).count()).toBe(0);
  expect(site.address).toContain('http');
});
