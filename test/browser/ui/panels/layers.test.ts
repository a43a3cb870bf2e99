/** Layers of one's own: begun from a preset, edited by keyboard with what is wrong told at its layer, timed, and trained with; accessible all the while. */
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { expectAccessiblePage } from '../accessible.js';
import { openApp } from '../open-app.js';

const soon = { timeout: 20_000 };
/** What has the focus, within all shadow roots. */
function focused(): string | null | undefined {
  let { activeElement } = document;
  while (activeElement?.shadowRoot?.activeElement) ({ activeElement } = activeElement.shadowRoot);
  return activeElement?.getAttribute('aria-label');
}

const rows = Array.from({ length: 60 }, (_, row) => `${(row % 7) + 0.5},${row % 5},${row % 2 === 0 ? 'even' : 'odd'}`).join('\n');

test('layers are begun, edited, undone, timed and trained with', { timeout: 120_000 }, async () => {
  sessionStorage.clear();
  const app = await openApp();
  await page.getByRole('button', { name: 'Paste a table' }).click(soon);
  await page.getByLabelText('Rows, with column names in the first').fill(`width,height,parity\n${rows}`);
  await page.getByRole('button', { name: 'Read the table' }).click();
  await expect.element(page.getByRole('heading', { level: 1, name: 'Pasted table' }), soon).toBeVisible();
  location.hash = location.hash.replace('#/data/', '#/train/');
  await page.getByRole('link', { name: 'Layers of your own' }).click(soon);
  await expect.element(page.getByRole('heading', { level: 1, name: 'Layers for Pasted table' }), soon).toBeVisible();
  await page.getByRole('combobox', { name: 'Begin again from' }).selectOptions('nothing');
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
  await expect.element(page.getByText('added by the task'), soon).toBeVisible();
  const removers = page.getByRole('button', { name: /^Remove layer/ });
  await expect.element(removers, soon).not.toBeInTheDocument();

  await page.getByRole('button', { name: 'Add a layer' }).click();
  await expect.element(page.getByText('Added dense at place 1 of 1.'), soon).toBeInTheDocument();
  await page.getByLabelText('Units').fill('0');
  await expect.element(page.getByText(/at "units": expected a number of at least 1/), soon).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Train with these' })).toBeDisabled();
  await page.getByLabelText('Units').fill('12');
  await page.getByRole('combobox', { name: 'Kind' }).selectOptions('gru');
  await page.getByRole('button', { name: 'Add a layer' }).click();
  await expect.element(page.getByText(/Layer 2 \("gru"\): It is given the shape \[12\] and needs a sequence/), soon).toBeVisible();
  await expectAccessiblePage(app);

  // The focus goes along with what is moved, and to its neighbour from what is removed.
  await page.getByRole('button', { name: 'Move layer 2, gru, up' }).click();
  await expect.poll(focused, soon).toBe('Move layer 1, gru, down');
  await page.getByRole('button', { name: 'Remove layer 1, gru' }).click();
  await expect.poll(focused, soon).toBe('Remove layer 1, dense');
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.element(page.getByRole('button', { name: 'Remove layer 1, gru' }), soon).toBeVisible();
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.element(page.getByRole('button', { name: 'Remove layer 1, gru' })).not.toBeInTheDocument();

  await page.getByRole('button', { name: 'Try one step' }).click();
  await expect.element(page.getByText(/an epoch, about/), soon).toBeVisible();
  const text = page.getByLabelText('Layers as text');
  await text.fill('{ "layers": [{ "kind": "dense", "units": 6.5, "activation": "relu" }] }');
  await page.getByRole('button', { name: 'Use this text' }).click();
  await expect.element(page.getByText(/"layers.0.units"/).first(), soon).toBeVisible();
  await page.getByRole('button', { name: 'Put back' }).click();
  await page.viewport(360, 800);
  await expectAccessiblePage(app);
  await page.viewport(1280, 800);

  await page.getByRole('link', { name: 'Train with these' }).click();
  await expect.element(page.getByText(/Your own: 1 layer,/), soon).toBeVisible();
  await page.getByText('Options').click();
  await page.getByLabelText('Epochs, at most').fill('1');
  await page.getByRole('combobox', { name: 'Device' }).selectOptions('Processor (WebAssembly)');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect.element(page.getByRole('link', { name: 'Use the model' }), soon).toBeVisible();
});
