/** Tables in the page: pasted, refused, renamed, deleted and brought back. */
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openApp } from '../open-app.js';

const soon = { timeout: 20_000 };

const rows = Array.from({ length: 30 }, (_, row) => `${row},${row % 2 === 0 ? 'even' : 'odd'}`).join('\n');

async function paste(text: string): Promise<void> {
  await page.getByRole('button', { name: 'Paste a table' }).click(soon);
  await page.getByLabelText('Rows, with column names in the first').fill(text);
  await page.getByRole('button', { name: 'Read the table' }).click();
}

test('a pasted table is read, renamed, deleted, and brought back by undo', { timeout: 60_000 }, async () => {
  await openApp();
  await paste(`number,parity\n${rows}`);
  await expect.element(page.getByText('30 rows × 2 columns'), soon).toBeVisible();

  await page.getByRole('button', { name: 'Rename Pasted table' }).click();
  await page.getByRole('textbox', { name: 'New name' }).fill('Parity');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('heading', { level: 1, name: 'Parity' }), soon).toBeVisible();

  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect.element(page.getByText('Deleted “Parity”.'), soon).toBeVisible();
  await expect.element(page.getByRole('heading', { name: 'Train a model on your own tables and pictures' })).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Parity', exact: true })).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.element(page.getByRole('link', { name: 'Parity', exact: true }), soon).toBeVisible();
});

test('a table that cannot be read says where and what to do, and loses nothing', { timeout: 60_000 }, async () => {
  await openApp();
  await paste('a,b\n');
  const alert = page.getByRole('alert');
  await expect.element(alert, soon).toBeVisible();
  await expect.element(alert.getByRole('paragraph').nth(1)).not.toBeEmptyDOMElement();
  await expect.element(page.getByRole('button', { name: /^Iris flowers/ })).toBeVisible();
});

test('an address of nothing says so', { timeout: 60_000 }, async () => {
  await openApp();
  for (const [route, heading] of [
    ['#/data/none', 'This table cannot be shown'],
    ['#/runs/none', 'This run cannot be shown'],
    ['#/models/none', 'This model cannot be shown'],
  ]) {
    location.hash = route;
    await expect.element(page.getByRole('heading', { level: 1, name: heading }), soon).toBeVisible();
    await expect.element(page.getByRole('alert')).toBeVisible();
  }
});

function drop(...files: readonly [name: string, text: string][]): void {
  const dataTransfer = new DataTransfer();
  for (const [name, text] of files) dataTransfer.items.add(new File([text], name));
  const options = { dataTransfer, bubbles: true, cancelable: true, composed: true };
  page.getByText('Drop a table or pictures here').element().dispatchEvent(new DragEvent('drop', options));
}

test('whoever went elsewhere is told that a table could not be read, or has been', { timeout: 60_000 }, async () => {
  await openApp();
  // Reading it takes long enough to be elsewhere when it has ended.
  const long = `number,parity\n${`${rows}\n`.repeat(5000)}`;
  for (const [text, told] of [
    [`${long}too few`, /^long.csv, line 150002/],
    [long, '“long” has been read.'],
  ] as const) {
    await expect.element(page.getByText('Drop a table or pictures here'), soon).toBeVisible();
    drop(['long.csv', text]);
    location.hash = '#/settings';
    await expect.element(page.getByRole('heading', { level: 1, name: 'Settings' }), soon).toBeVisible();
    await expect.element(page.getByText(told), soon).toBeVisible();
    if (text !== long) location.hash = '#/';
  }
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect.element(page.getByRole('heading', { level: 1, name: 'long' }), soon).toBeVisible();
});

test('of several files dropped at once none fails unsaid', { timeout: 60_000 }, async () => {
  await openApp();
  await expect.element(page.getByText('Drop a table or pictures here'), soon).toBeVisible();
  drop(['ragged.csv', 'a,b\n1\n'], ['good.tsv', `number,parity\n${rows}`], ['empty.dat', '']);
  await expect.element(page.getByRole('heading', { level: 1, name: 'good' }), soon).toBeVisible();
  await expect.element(page.getByText(/^ragged.csv, line 2/), soon).toBeVisible();
  await expect.element(page.getByText(/^empty.dat is empty/), soon).toBeVisible();
});

test('a training that has ended before the page is drawn again leads to its result', { timeout: 60_000 }, async () => {
  await openApp();
  await paste(`number,parity\n${rows.replace(/^\d+/gm, (number) => `${Number(number) % 7}.5`)}`);
  await page.getByRole('link', { name: 'Train on this' }).click(soon);
  await page.getByText('Options').click(soon);
  await page.getByLabelText('Epochs, at most').fill('1');
  await page.getByRole('combobox', { name: /^Model/ }).selectOptions('Linear model');
  await page.getByRole('combobox', { name: 'Device' }).selectOptions('Processor (WebAssembly)');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect.element(page.getByRole('link', { name: 'Use the model' }), soon).toBeVisible();
});

test('a file dropped beside a drop zone does not take the place of the app', async () => {
  const app = await openApp();
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(['a,b\n'], 'table.csv'));
  const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true, composed: true });
  app.dispatchEvent(drop);
  expect(drop.defaultPrevented).toBe(true);
});

test('the built-in tables fill whole rows at every width', { timeout: 60_000 }, async () => {
  const { innerWidth, innerHeight } = window;
  const app = await openApp();
  await expect.element(page.getByRole('button', { name: /^Iris flowers/ }), soon).toBeVisible();
  try {
    for (const width of [1440, 1280, 1024, 800, 390]) {
      await page.viewport(width, 900);
      const list = page.getByRole('list').filter({ hasText: 'Iris flowers' }).element();
      const edge = Math.round(list.getBoundingClientRect().right);
      const rows = new Map(
        [...list.children].map((card) => card.getBoundingClientRect()).map(({ top, right }) => [top, Math.round(right)]),
      );
      expect([...rows.values()], `${width} pixels`).toEqual([...rows.values()].map(() => edge));
      expect(app.scrollWidth).toBeLessThanOrEqual(width);
    }
  } finally {
    await page.viewport(innerWidth, innerHeight);
  }
});
