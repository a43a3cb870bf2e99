/** A sweep through the page: begun, cancelled, gone on with after a reload of everything, and its winner used. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { expectAccessiblePage } from '../accessible.js';
import { openApp } from '../open-app.js';

/** Until a worker has started and answered, and some trials have ended. */
const soon = { timeout: 30_000 };

const { innerWidth, innerHeight } = window;
afterEach(() => page.viewport(innerWidth, innerHeight));

const values = (name: string) => page.getByLabelText(`Values of ${name}`);

test('trials live, cancelled, gone on with, the winner tested', { timeout: 120_000 }, async () => {
  await page.viewport(1200, 900);
  const app = await openApp();
  await page.getByRole('button', { name: /^Iris flowers/ }).click(soon);
  await page.getByRole('link', { name: 'Train on this' }).click(soon);
  await page.getByRole('link', { name: 'Begin a sweep' }).click(soon);
  await expect.element(page.getByRole('heading', { level: 1, name: 'Sweep on Iris flowers' }), soon).toBeVisible();
  await expectAccessiblePage(app);

  await values('Learning rate').fill('0.1 to 0.001');
  await page.getByRole('button', { name: 'Begin the sweep' }).click();
  await expect.element(page.getByText('The second number has to be the larger one.')).toBeVisible();
  await values('Learning rate').fill('0.001 to 0.1');
  await page.getByLabelText('Trials').fill('8');
  await page.getByLabelText('Epochs, at most').fill('400');
  await page.getByLabelText('Seed').fill('3');
  await page.getByRole('button', { name: 'Begin the sweep' }).click();

  await expect.element(page.getByRole('heading', { level: 1, name: /^Sweep: species/ }), soon).toBeVisible();
  await expect.element(page.getByText('best', { exact: true }), soon).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click({ timeout: 5000 });
  await expect.element(page.getByRole('button', { name: 'Resume' }), soon).toBeVisible();
  await expectAccessiblePage(app);
  const address = location.hash;

  // Elsewhere and back: what is shown comes from what is kept.
  location.hash = '#/train';
  await page.getByRole('link', { name: 'species from Iris flowers' }).click(soon);
  expect(location.hash).toBe(address);
  await page.getByRole('button', { name: 'Resume' }).click(soon);
  await expect.element(page.getByText(/won, was trained anew and tested once/), soon).toBeVisible();

  const lines = page.getByRole('group', { name: /^Trials over their values/ });
  await expect.element(lines).toBeVisible();
  (lines.element() as HTMLElement).focus();
  await userEvent.keyboard('{Home}');
  await expect.element(page.getByText(/^Trial \d, 1 of 8: Learning rate/)).toBeVisible();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(page.getByText(/^Trial \d, 2 of 8: /)).toBeVisible();
  await expectAccessiblePage(app);
  await page.viewport(390, 844);
  await page.viewport(1200, 900);
  document.documentElement.style.colorScheme = 'dark';
  document.documentElement.style.colorScheme = '';

  await page.getByRole('link', { name: "The winner's run" }).click();
  await expect.element(page.getByRole('link', { name: 'Use the model' }), soon).toBeVisible();
});
