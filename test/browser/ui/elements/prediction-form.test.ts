import { html } from 'lit';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RawRow } from '../../../../src/infer/models.js';
import '../../../../src/ui/elements/prediction-form.js';
import type { PredictionForm } from '../../../../src/ui/elements/prediction-form.js';
import { mount } from '../mount.js';
import { categoryField, numberField } from '../records.js';

/** Every row that the form says, in order. */
async function formOf(fields: readonly unknown[]): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  await mount(
    html`<bw-prediction-form .fields=${fields} @bw-row=${(event: CustomEvent<RawRow>) => rows.push(event.detail)}></bw-prediction-form>`,
  );
  return rows;
}

test('begins with typical values: the median, the most frequent category', async () => {
  const rows = await formOf([numberField, categoryField]);
  expect({ ...rows[0] }).toEqual({ bill_length_mm: '44.45', species: 'Adelie' });
});

test('says a new row at every change; what is cleared or not known is missing', async () => {
  const rows = await formOf([numberField, categoryField]);
  await page.getByLabelText('bill_length_mm').fill('50');
  await page.getByLabelText('species').selectOptions('not known');
  await page.getByLabelText('bill_length_mm').fill('');
  expect({ ...rows.at(-2) }).toEqual({ bill_length_mm: '50', species: null });
  expect({ ...rows.at(-1) }).toEqual({ bill_length_mm: null, species: null });
});

test('a column may be called as it likes', async () => {
  const rows = await formOf([{ ...numberField, name: '__proto__' }]);
  expect(Object.entries(rows[0])).toEqual([['__proto__', '44.45']]);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});

test('what was typed stays when the same fields are read again, as after a rename', async () => {
  const form = await mount<PredictionForm>(html`<bw-prediction-form .fields=${[numberField]}></bw-prediction-form>`);
  await page.getByLabelText('bill_length_mm').fill('50');
  form.fields = [{ ...numberField }];
  await form.updateComplete;
  await expect.element(page.getByLabelText('bill_length_mm')).toHaveValue(50);
  form.fields = [categoryField];
  await expect.element(page.getByLabelText('species')).toHaveValue('Adelie');
});

test('a number that training never saw is said to be one', async () => {
  await formOf([numberField]);
  await expect.element(page.getByText('Beyond training')).not.toBeInTheDocument();
  await page.getByLabelText('bill_length_mm').fill('59.7');
  await expect.element(page.getByText('Beyond training: 32.1 to 59.6')).toBeVisible();
  await page.getByLabelText('bill_length_mm').fill('');
  await expect.element(page.getByText('Beyond training')).not.toBeInTheDocument();
});

test('a text that is no number says so, and does not count as missing', async () => {
  const [rows, unreadable]: [RawRow[], string[][]] = [[], []];
  await mount(
    html`<bw-prediction-form .fields=${[numberField]} @bw-row=${(event: CustomEvent<RawRow>) => rows.push(event.detail)}
      @bw-unreadable=${(event: CustomEvent<string[]>) => unreadable.push(event.detail)}></bw-prediction-form>`,
  );
  const input = page.getByLabelText('bill_length_mm');
  await input.fill('');
  const before = rows.length;
  await userEvent.type(input, '--');
  await expect.element(page.getByText('This is no number.')).toBeVisible();
  expect(unreadable.at(-1)).toEqual(['bill_length_mm']);
  expect(rows).toHaveLength(before);
  await input.fill('40');
  await expect.element(page.getByText('This is no number.')).not.toBeInTheDocument();
  expect({ ...rows.at(-1) }).toEqual({ bill_length_mm: '40' });
});
