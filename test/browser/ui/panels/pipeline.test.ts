/** A pipeline of one's own: a step chosen, a column derived with its slip told, undone and done again, kept, and trained with; accessible all the while. */
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { expectAccessiblePage } from '../accessible.js';
import { openApp } from '../open-app.js';

const soon = { timeout: 20_000 };
const rows = Array.from(
  { length: 60 },
  (_, row) => `${(row % 7) + 0.5},${row % 5},${['red', 'green', 'blue'][row % 3]},${row % 2 === 0 ? 'even' : 'odd'}`,
).join('\n');

test('a pipeline is chosen, looked at, undone, kept and trained with', { timeout: 90_000 }, async () => {
  sessionStorage.clear();
  const app = await openApp();
  await page.getByRole('button', { name: 'Paste a table' }).click(soon);
  await page.getByLabelText('Rows, with column names in the first').fill(`width,height,colour,parity\n${rows}`);
  await page.getByRole('button', { name: 'Read the table' }).click();
  await page.getByRole('link', { name: 'Pipeline' }).click(soon);
  await expect.element(page.getByRole('heading', { level: 1, name: 'Pipeline of Pasted table' }), soon).toBeVisible();
  const preview = page.getByRole('region', { name: 'Rows before and after' });
  await expect.element(preview, soon).toBeVisible();

  await page.getByLabelText('Step of colour').selectOptions('Hashed category');
  await expect.element(page.getByText('32 inputs', { exact: true }), soon).toBeVisible();
  await page.getByLabelText('Name of the new column').fill('area');
  await page.getByLabelText('Expression').fill('widht * height');
  await expect.element(page.getByText('Did you mean "width"?')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Add the column' })).toBeDisabled();
  await page.getByLabelText('Expression').fill('width * height');
  await expect.element(page.getByText('It gives: number.')).toBeVisible();
  await page.getByRole('button', { name: 'Add the column' }).click();
  await expect.element(page.getByLabelText('Step of area'), soon).toBeVisible();
  await page.getByRole('combobox', { name: 'Column to look at' }).selectOptions('area → 1 input');
  await expect.element(preview.getByRole('columnheader', { name: 'area' }).first()).toBeVisible();
  await expectAccessiblePage(app);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.element(page.getByLabelText('Step of area')).not.toBeInTheDocument();
  await page.getByRole('heading', { level: 1 }).click();
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect.element(page.getByLabelText('Step of area'), soon).toBeVisible();

  await page.getByLabelText('Save this one as').fill('Areas');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Saved “Areas”.'), soon).toBeVisible();
  await page.getByRole('button', { name: 'All automatic' }).click();
  await expect.element(page.getByLabelText('Step of area')).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Areas', exact: true }).click(soon);
  await expect.element(page.getByLabelText('Step of area'), soon).toBeVisible();

  await page.getByRole('link', { name: 'Train with this' }).click();
  await expect.element(page.getByText('Your own: 1 step, 1 derived column.'), soon).toBeVisible();
  await page.getByText('Options').click();
  await page.getByLabelText('Epochs, at most').fill('1');
  await page.getByRole('combobox', { name: /^Model/ }).selectOptions('Linear model');
  await page.getByRole('combobox', { name: 'Device' }).selectOptions('Processor (WebAssembly)');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect.element(page.getByRole('link', { name: 'Use the model' }), soon).toBeVisible();
});

test('what cannot be fitted says why, and undo brings back what was there; an unknown table says so', { timeout: 60_000 }, async () => {
  sessionStorage.clear();
  // From the beginning: a change of scheme fades, and what is halfway would be measured.
  document.documentElement.style.colorScheme = 'dark';
  const app = await openApp();
  await page.getByRole('button', { name: 'Paste a table' }).click(soon);
  await page.getByLabelText('Rows, with column names in the first').fill(`width,parity\n${rows.replace(/^([\d.]+),.*,/gm, '$1,')}`);
  await page.getByRole('button', { name: 'Read the table' }).click();
  await page.getByRole('link', { name: 'Pipeline' }).click(soon);
  await page.getByLabelText('Step of width').selectOptions('Leave out', soon);
  await expect.element(page.getByRole('alert'), soon).toBeVisible();
  await expect.element(page.getByText(/^No column is left/)).toBeVisible();
  await expectAccessiblePage(app);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  location.hash = '#/pipeline/none';
  await expect.element(page.getByRole('heading', { level: 1, name: 'This table has no pipeline' }), soon).toBeVisible();
  document.documentElement.style.colorScheme = '';
});

test('an order, the parts of a date and weights of classes are chosen by keyboard and pointer, and the preview follows', {
  timeout: 90_000,
}, async () => {
  sessionStorage.clear();
  const app = await openApp();
  const grades = ['low', 'middling', 'high'];
  const days = Array.from(
    { length: 90 },
    (_, row) =>
      `${grades[row % 3]},2024-${String(1 + (row % 9)).padStart(2, '0')}-${String(1 + (row % 27)).padStart(2, '0')},${row % 5 === 0 ? 'rare' : 'usual'}`,
  ).join('\n');
  await page.getByRole('button', { name: 'Paste a table' }).click(soon);
  await page.getByLabelText('Rows, with column names in the first').fill(`grade,day,kind\n${days}`);
  await page.getByRole('button', { name: 'Read the table' }).click();
  await page.getByRole('link', { name: 'Pipeline' }).click(soon);
  const draft = (): unknown => JSON.parse(Object.values(sessionStorage).find((text: string) => text.startsWith('{"')) as string);

  await page.getByLabelText('Step of grade').selectOptions('Place in an order', soon);
  await page.getByText('Order of grade').click(soon);
  const handle = (value: string, place: number) => page.getByRole('button', { name: `Move ${value}, place ${place} of 3` });
  (handle('high', 1).element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  await expect.element(handle('high', 3), soon).toBeVisible();
  // The focus goes along with the value.
  await userEvent.keyboard('{ArrowUp}');
  await expect.element(handle('high', 2), soon).toBeVisible();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(handle('high', 3), soon).toBeVisible();
  expect(draft()).toMatchObject({ columns: [{ column: 'grade', step: { as: 'ordinal', order: ['low', 'middling', 'high'] } }] });
  await userEvent.dragAndDrop(handle('middling', 2), handle('low', 1));
  await expect.element(handle('middling', 1), soon).toBeVisible();
  await page.getByRole('button', { name: 'Automatic order again' }).click();
  await expect.element(handle('high', 1), soon).toBeVisible();

  await page.getByLabelText('Step of day').selectOptions('Date: time and clock');
  await page.getByText('Parts of day').click(soon);
  await expect.element(page.getByLabelText('Hour')).not.toBeChecked();
  await expect.element(page.getByText('7 inputs', { exact: true }), soon).toBeVisible();
  await page.getByLabelText('Day of the week').click();
  await expect.element(page.getByText('5 inputs', { exact: true }), soon).toBeVisible();
  await page.getByRole('combobox', { name: 'Column to look at' }).selectOptions('day → 5 inputs');
  await expect.element(page.getByRole('columnheader', { name: 'day, month (sine)' }), soon).toBeVisible();

  await page.getByLabelText('How much classes count').selectOptions('Weights of your own');
  const rare = page.getByRole('spinbutton', { name: /^rare/ });
  await expect.element(rare, soon).toHaveValue(1);
  await rare.fill('4');
  await userEvent.tab();
  await expect.element(page.getByText(/^(?:49|50|51)(?:\.\d)?\s?% of what is met/).first(), soon).toBeVisible();
  expect(draft()).toMatchObject({
    classWeights: [
      { class: 'rare', weight: 4 },
      { class: 'usual', weight: 1 },
    ],
  });
  await expectAccessiblePage(app);
  await page.viewport(360, 800);
  await expectAccessiblePage(app);
  await page.viewport(1280, 800);
});
