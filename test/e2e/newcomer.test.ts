/** The main job, as somebody does it who never saw the page: a built-in table, a training, a reload, the form, a prediction. */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { openBuiltin, predicted, startTraining, trained, useModel } from './support/journey.mjs';
import { visiting } from './support/visiting.js';

const columns = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'];
/** Rows 8, 144 and 83 of the table: as clear as flowers are. */
const flowers = [
  ['setosa', '5.0', '3.4', '1.5', '0.2'],
  ['virginica', '6.8', '3.2', '5.9', '2.3'],
  ['versicolor', '5.8', '2.7', '3.9', '1.2'],
];

/** Whether a training keeps an update of the application from taking over. */
const holdsUpdates = (page: Page) =>
  page.evaluate(async () => (await navigator.locks.query()).held?.some(({ name }) => name === 'benchwright-training') ?? false);

describe('a newcomer', () => {
  const visit = visiting();

  it('trains on a built-in table, comes back, and uses the model', async () => {
    const { visitor } = visit;
    let { page } = visit;
    await openBuiltin(page, 'Iris flowers');
    await startTraining(page, { Seed: '1' });
    await trained(page);
    const accuracy = Number(await page.locator('.headline .value').textContent());
    expect(accuracy).toBeGreaterThan(0.85);
    await page.getByText('Most frequent class').first().waitFor();

    await page.reload();
    await useModel(page);
    const address = page.url();
    for (const [species, ...measures] of flowers) {
      for (const [index, measure] of measures.entries()) await page.getByLabel(columns[index]).fill(measure);
      await expect.poll(() => predicted(page).textContent()).toBe(species);
    }

    await visitor.leave();
    await visitor.comeBack();
    page = await visitor.open(address);
    await expect.poll(() => predicted(page).textContent()).toMatch(/setosa|versicolor|virginica/);
  });

  it('pauses, goes on, stops and keeps the best', async () => {
    const { page } = visit;
    await openBuiltin(page, 'Handwritten digits');
    await startTraining(page, { Device: 'wasm', 'Epochs, at most': '5000', 'Early stopping': '0' });
    const standing = page.getByText(/^Epoch \d+ of 5000$/).first();
    await standing.waitFor();
    const epoch = async () => Number(/\d+/.exec((await standing.textContent()) ?? '')?.[0]);
    await expect.poll(epoch, { timeout: 60_000 }).toBeGreaterThan(2);
    expect(await holdsUpdates(page)).toBe(true);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    const before = await epoch();
    await expect.poll(epoch).toBeGreaterThan(before);
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Stop and keep the best' }).click();
    await trained(page);
    expect(await holdsUpdates(page)).toBe(false);
    expect(Number(await page.locator('.headline .value').textContent())).toBeGreaterThan(0.8);
  });
});
