/** The lake in the page: a folder of Parquet is opened by its footers, a part of it asked for, imported and taken along; nothing keeps anybody out. */
import { html } from 'lit';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { LakeColumn } from '../../../../src/data/lake/lake.js';
import '../../../../src/ui/elements/lake-conditions.js';
import '../../../../src/ui/panels/lake/lake-form.js';
import { flightsOf, parquetOf } from '../../../contract/data/parquet-files.js';
import { expectAccessible } from '../accessible.js';
import { mount, within } from '../mount.js';
import { openApp } from '../open-app.js';

const soon = { timeout: 20_000 };

const columns: LakeColumn[] = [{ name: 'day', kind: 'number', stored: '32-bit integer', bytes: 1000 }];

test('its forms, filled in, are accessible', async () => {
  await expectAccessible(async () => {
    const element = await mount<HTMLElement & { updateComplete: Promise<boolean> }>(
      html`<bw-lake-conditions .columns=${columns}></bw-lake-conditions>`,
    );
    within<HTMLButtonElement>(element, 'div button').click();
    await element.updateComplete;
    return element;
  });
  await expectAccessible(async () => {
    const element = await mount(html`<bw-lake-form></bw-lake-form>`);
    within<HTMLDetailsElement>(element, 'details').open = true;
    return element;
  });
});

test('a folder is opened, asked for a part, imported and downloaded', { timeout: 90_000 }, async () => {
  const app = await openApp();
  await page.getByRole('link', { name: 'Open a data lake' }).click(soon);
  await expect.element(page.getByRole('heading', { level: 1, name: 'Data lake' }), soon).toBeVisible();

  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect.element(page.getByText('Give an address first.')).toBeVisible();

  const files = new DataTransfer();
  for (const carrier of ['AA', 'UA'])
    files.items.add(new File([parquetOf(flightsOf(2024, carrier)) as Uint8Array<ArrayBuffer>], `${carrier}.parquet`));
  const input = page.getByLabelText('A folder of Parquet files').element() as HTMLInputElement;
  input.files = files.files;
  input.dispatchEvent(new Event('change'));
  await expect.element(page.getByText('10,000 rows × 4 columns'), soon).toBeVisible();
  await expect.element(page.getByText('20 of 20')).toBeVisible();

  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByLabelText('Comparison of condition 1').selectOptions('is at least');
  await page.getByLabelText('Value of condition 1').fill('270');
  await page.getByRole('checkbox', { name: 'Read note' }).click();
  await expect.element(page.getByText('2 of 20')).toBeVisible();
  await page.getByLabelText('Value of condition 1').fill('many');
  await expect.element(page.getByRole('alert')).toBeVisible();
  await page.getByLabelText('Value of condition 1').fill('270');
  await page.getByRole('button', { name: 'Show the first rows' }).click(soon);
  await expect.element(page.getByText('The first 50 of 1,000 rows.'), soon).toBeVisible();

  await page.getByRole('button', { name: 'Import' }).click();
  await expect.element(page.getByText('1,000 rows × 3 columns'), soon).toBeVisible();
  await expect.element(page.getByText('3 chosen')).toBeVisible();
  await page.getByRole('button', { name: 'Download' }).click();
  await expect.element(page.getByText(/“.*\.parquet” has been written/), soon).toBeVisible();
  expect(app.isConnected).toBe(true);
});

test('an address that cannot be read says so, and can be given again', { timeout: 60_000 }, async () => {
  await openApp();
  location.hash = '#/lake';
  await page.getByLabelText('Address').fill('ftp://host/a.parquet');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect.element(page.getByRole('alert'), soon).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Open', exact: true })).toBeEnabled();
});
