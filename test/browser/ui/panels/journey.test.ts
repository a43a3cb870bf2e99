/** The main job through the page: a table, a training, its result, the model in use; each panel held to WCAG as it stands. */
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { expectAccessiblePage } from '../accessible.js';
import { openApp } from '../open-app.js';

/** Until a worker has started and answered. */
const soon = { timeout: 20_000 };

/** What has the focus, down through the shadow roots. */
function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

test('from a built-in table to a prediction', { timeout: 60_000 }, async () => {
  const app = await openApp();
  await page.getByRole('button', { name: /^Iris flowers/ }).click(soon);

  await expect.element(page.getByRole('heading', { level: 1, name: 'Iris flowers' }), soon).toBeVisible();
  await expect.element(page.getByText('150 rows × 5 columns')).toBeVisible();
  expect(document.title).toBe('Iris flowers · Benchwright');
  await expect.element(page.getByRole('radio', { name: 'Learn to predict species' })).toBeChecked();
  await expectAccessiblePage(app);

  await page.getByRole('link', { name: 'Train on this' }).click();
  await expect.poll(() => focused()?.textContent, soon).toContain('Train on Iris');
  expect(focused()?.localName).toBe('h1');
  await page.getByText('Options').click();
  await page.getByLabelText('Epochs, at most').fill('20');
  await page.getByLabelText('Seed').fill('3');
  await page.getByRole('combobox', { name: /^Model/ }).selectOptions('Neural network');
  await expectAccessiblePage(app);
  await page.getByRole('button', { name: 'Train', exact: true }).click();

  await expect.element(page.getByRole('link', { name: 'Use the model' }), soon).toBeVisible();
  await expect.element(page.getByText('20 of 20')).toBeVisible();
  await expect.element(page.getByRole('region', { name: 'Confusion matrix' })).toBeVisible();
  await expect
    .element(page.getByRole('list', { name: /^Accuracy of this model/ }))
    .toHaveTextContent(/This model.*Linear model.*Most frequent class/s);
  await expectAccessiblePage(app);

  await page.getByRole('link', { name: 'Use the model' }).click();
  const prediction = page.getByRole('group', { name: 'Prediction' });
  await expect.element(prediction.getByRole('list', { name: 'Probability of each class' }), soon).toBeVisible();
  await page.getByLabelText('petal_length').fill('1.4');
  await page.getByLabelText('petal_width').fill('0.2');
  await expect.element(prediction.getByRole('status')).toHaveTextContent(/setosa/);
  await page.getByLabelText('petal_length').fill('6.5');
  await page.getByLabelText('petal_width').fill('2.3');
  await expect.element(prediction.getByRole('status')).toHaveTextContent(/virginica/);
  await page.getByLabelText('petal_width').fill('');
  await userEvent.type(page.getByLabelText('petal_width'), '--');
  await expect.element(prediction.getByText('No prediction: petal_width cannot be read.')).toBeVisible();
  await expectAccessiblePage(app);

  const files = new DataTransfer();
  for (const name of ['one.csv', 'two.csv']) {
    files.items.add(new File(['sepal_length,sepal_width,petal_length,petal_width\n5.1,3.5,1.4,0.2\n'], name));
  }
  const options = { dataTransfer: files, bubbles: true, cancelable: true, composed: true };
  page.getByText('Drop a file to predict').element().dispatchEvent(new DragEvent('drop', options));
  await expect.element(page.getByText('1 row predicted from one.csv.'), soon).toBeVisible();
  await expect.element(page.getByText('1 row predicted from two.csv.'), soon).toBeVisible();
  await expectAccessiblePage(app);

  await page.getByRole('link', { name: 'Train', exact: true }).click();
  await expect.element(page.getByRole('region', { name: 'All runs' }), soon).toHaveTextContent(/finished/);
  await expectAccessiblePage(app);
});
