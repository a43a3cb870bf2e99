/** What a visitor does, step by step, by what stands on the page. Shared by the tests, the bench and the pictures of the readme. */

/** From the start page: opens a built-in table. */
export async function openBuiltin(page, title) {
  await page.getByRole('button', { name: title }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/**
 * From a table's page: trains on it with options by their labels, and waits until the training runs.
 * @param {import('playwright').Page} page
 * @param {Record<string, string>} options
 */
export async function startTraining(page, options = {}) {
  await page.getByRole('link', { name: 'Train on this' }).click();
  await page.getByRole('heading', { level: 1, name: /^Train on/ }).waitFor();
  if (Object.keys(options).length > 0) await page.getByText('Options', { exact: true }).click();
  for (const [label, value] of Object.entries(options)) {
    const control = page.getByLabel(label);
    if ((await control.evaluate((element) => element.tagName)) === 'SELECT') await control.selectOption(value);
    else await control.fill(value);
  }
  await page.getByRole('button', { name: 'Train', exact: true }).click();
}

/** Waits for the result of the training on the page. */
export async function trained(page, { timeout = 120_000 } = {}) {
  await page.getByRole('link', { name: 'Use the model' }).waitFor({ timeout });
}

/** From a run's result to its model. */
export async function useModel(page) {
  await page.getByRole('link', { name: 'Use the model' }).click();
  await page.getByRole('heading', { name: 'Use it' }).waitFor();
}

/** The class that the form's answer names. */
export const predicted = (page) => page.getByRole('group', { name: 'Prediction' }).getByRole('status').locator('.value');
