/** A column's type changed in its detail: what is shown and what would be learnt follow, and undo goes back. */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { expectAccessiblePage } from '../accessible.js';
import { openApp } from '../open-app.js';

const soon = { timeout: 20_000 };
const rows = Array.from({ length: 60 }, (_, row) => `${(row % 7) + 0.5},${row % 3},${20 + (row % 20)}`).join('\n');

test('a type is changed, the pipeline and what is learnt follow, and it is undone', { timeout: 90_000 }, async () => {
  sessionStorage.clear();
  const app = await openApp();
  await page.getByRole('button', { name: 'Paste a table' }).click(soon);
  await page.getByLabelText('Rows, with column names in the first').fill(`width,shelf,age\n${rows}`);
  await page.getByRole('button', { name: 'Read the table' }).click();
  await expect.element(page.getByText('A number to estimate.'), soon).toBeVisible();
  const open = async (column: string): Promise<void> => page.getByRole('button', { name: column, exact: true }).first().click(soon);
  await open('age');
  await expectAccessiblePage(app);
  await page.getByRole('dialog', { name: 'age' }).getByLabelText('Type').selectOptions('category');
  await expect.element(page.getByText('“age” is read as category.'), soon).toBeVisible();
  await expect.element(page.getByText('Classes to tell apart.'), soon).toBeVisible();
  await expect.element(page.getByRole('dialog', { name: 'age' })).not.toBeInTheDocument();
  await open('shelf');
  await page.getByRole('dialog', { name: 'shelf' }).getByLabelText('Type').selectOptions('category');
  await expect.element(page.getByText('“shelf” is read as category.'), soon).toBeVisible();
  await page.getByRole('link', { name: 'Pipeline' }).click(soon);
  await expect.element(page.getByText('Each value that enough training rows have', { exact: false }).first(), soon).toBeVisible();
  history.back();
  await page.getByRole('button', { name: 'Undo' }).last().click(soon);
  await open('shelf');
  await expect.element(page.getByRole('dialog', { name: 'shelf' }).getByLabelText('Type'), soon).toHaveValue('integer');
});
