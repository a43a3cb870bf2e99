/** Experiments through the page: a simulated one from its start to its decision. */
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { expectAccessiblePage } from '../accessible.js';
import { openApp } from '../open-app.js';

const soon = { timeout: 30_000 };
const { innerWidth, innerHeight } = window;
afterEach(() => page.viewport(innerWidth, innerHeight));

test('a simulated experiment says that it is one, is looked at live, and is decided after a question', { timeout: 90_000 }, async () => {
  await page.viewport(1200, 900);
  const app = await openApp();
  await page.getByRole('link', { name: 'Experiments' }).click(soon);
  await expect.element(page.getByText('No experiment has been run yet'), soon).toBeVisible();
  await expectAccessiblePage(app);
  await page.getByRole('button', { name: 'Run a simulated one' }).click();
  await expect.element(page.getByText('Simulated', { exact: true }), soon).toBeVisible();
  await expect.element(page.getByRole('img', { name: /^Difference from “control”: treatment/ }).first(), soon).toBeVisible();
  await expect.element(page.getByText(/sample-ratio mismatch, p = /)).toBeVisible();
  await expectAccessiblePage(app);
  const units = () =>
    Number(/^([\d,]+) of/.exec(page.getByText(/ of 7,682 planned units/).element().textContent ?? '')?.[1].replace(',', ''));
  const first = units();
  await expect.poll(units, soon).toBeGreaterThan(first);
  await page.viewport(360, 780);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
  await page.viewport(1200, 900);
  await page.getByRole('button', { name: 'Roll back to “control”' }).click();
  await expect.element(page.getByRole('heading', { name: 'All callers to “control”?' })).toBeVisible();
  await page.getByRole('button', { name: 'Send them all' }).click();
  await expect.element(page.getByText('Decided: all callers go to “control”.'), soon).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Stop' })).not.toBeInTheDocument();
  await page.getByRole('link', { name: 'Experiments' }).click();
  await expect.element(page.getByText('“control”', { exact: true }), soon).toBeVisible();
  await page.viewport(360, 780);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
  await page.viewport(1200, 900);
  await page.getByRole('button', { name: 'Delete Simulated: a new version' }).click();
  await page.getByRole('button', { name: 'Undo' }).click(soon);
  await expect.element(page.getByRole('link', { name: 'Simulated: a new version' }), soon).toBeVisible();
});
