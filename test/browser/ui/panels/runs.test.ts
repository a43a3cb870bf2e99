/** Runs found, marked, compared and made again, through the page. */
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { expectAccessiblePage } from '../accessible.js';
import { openApp } from '../open-app.js';

const soon = { timeout: 30_000 };
const { innerWidth, innerHeight } = window;
afterEach(() => page.viewport(innerWidth, innerHeight));

async function train(seed: string): Promise<void> {
  await page.getByText('Options').click();
  await page.getByLabelText('Epochs, at most').fill('8');
  await page.getByLabelText('Seed').fill(seed);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect.element(page.getByRole('link', { name: 'Use the model' }), soon).toBeVisible();
}

test('two runs: columns, order, search, tags with a way back, differences, and the same again', { timeout: 120_000 }, async () => {
  await page.viewport(1200, 900);
  const app = await openApp();
  await page.getByRole('button', { name: /^Iris flowers/ }).click(soon);
  await page.getByRole('link', { name: 'Train on this' }).click(soon);
  await expect.element(page.getByText('Options'), soon).toBeVisible();
  await train('3');
  await page.getByRole('link', { name: 'Train again' }).click();
  await expect.element(page.getByText('Options'), soon).toBeVisible();
  await train('4');

  await page.getByLabelText('Tags, with commas between').fill('good, first');
  await page.getByRole('textbox', { name: 'Notes' }).fill('The one to beat.');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect.element(page.getByText('Tags and notes are kept.'), soon).toBeVisible();
  await expectAccessiblePage(app);
  await expect
    .element(page.getByRole('group', { name: 'Command', exact: true }))
    .toHaveTextContent(/npx benchwright train builtin:iris --spec spec-/);

  location.hash = '#/train';
  const rows = page.getByRole('checkbox', { name: /^Compare species from Iris/ });
  await expect.element(rows.first(), soon).toBeVisible();
  await page.getByText('Columns', { exact: true }).click();
  await page.getByRole('checkbox', { name: 'Log loss, test' }).click();
  await page.getByRole('button', { name: 'Log loss, test' }).click({ timeout: 5000 });
  await expect.element(page.getByRole('columnheader', { name: /^Log loss, test/ })).toHaveAttribute('aria-sort', 'descending');
  await page.getByLabelText('Find').fill('seed=3');
  await expect.poll(() => rows.elements().length).toBe(1);
  await page.getByLabelText('Find').fill('beat');
  await expect.poll(() => rows.elements().length).toBe(1);
  await page.getByLabelText('Find').fill('');
  await page.getByLabelText('Group by').selectOptions('tag');
  await expect.element(page.getByRole('row', { name: /^first/ })).toBeVisible();
  await expectAccessiblePage(app);
  await page.viewport(390, 844);
  await page.viewport(1200, 900);
  await page.getByLabelText('Group by').selectOptions('nothing');

  await rows.nth(0).click();
  await rows.nth(1).click();
  await page.getByRole('link', { name: 'Compare 2 runs' }).click();
  const differences = page.getByRole('region', { name: 'Differences' });
  await expect.element(differences, soon).toHaveTextContent(/Seed.*[34].*[34]/s);
  await expect.element(differences).not.toHaveTextContent(/Rows to train/);
  await expectAccessiblePage(app);
  document.documentElement.style.colorScheme = 'dark';
  document.documentElement.style.colorScheme = '';

  await page.getByRole('columnheader').getByRole('link').first().click();
  await page.getByRole('button', { name: 'Reproduce here' }).click(soon);
  const before = location.hash;
  await expect.poll(() => location.hash, soon).not.toBe(before);
  await expect.element(page.getByRole('link', { name: 'Use the model' }), soon).toBeVisible();
  const [again, first] = [location.hash, before].map((hash) => hash.split('/').at(-1));
  location.hash = `#/compare/${again},${first}`;
  await expect.element(page.getByRole('region', { name: 'Differences' }), soon).not.toHaveTextContent(/Figures/);
});
