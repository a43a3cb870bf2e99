/** A real table of a million rows, stored as it always is: one chunk that the record names again and again. */
import { html } from 'lit';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { createDatasets } from '../../../../src/data/catalogue.js';
import { encodeChunk } from '../../../../src/data/chunks.js';
import type { Table } from '../../../../src/data/table.js';
import type { DatasetRecord } from '../../../../src/spec/dataset.js';
import type { Field } from '../../../../src/spec/field.js';
import { createMemoryStore } from '../../../../src/storage/memory.js';
import { expectAccessible } from '../accessible.js';
import '../../../../src/ui/elements/virtual-table.js';
import { mount, within } from '../mount.js';

const chunkRows = 8000;
const rows = 1_000_000;
const columns = 40;

const fields: Field[] = [
  { name: 'number', type: 'integer', missing: 0, distinct: chunkRows, reason: '' },
  ...Array.from(
    { length: columns - 1 },
    (_, index): Field => ({ name: `word ${index + 1}`, type: 'category', missing: 1, distinct: 2, reason: '' }),
  ),
];

async function table() {
  const store = createMemoryStore();
  const chunk = encodeChunk({
    rows: chunkRows,
    columns: fields.map(({ type }, index) =>
      type === 'integer'
        ? { kind: 'number', values: Float64Array.from({ length: chunkRows }, (_, row) => row) }
        : { kind: 'text', codes: Int32Array.from({ length: chunkRows }, (_, row) => ((row + index) % 3) - 1), dictionary: ['one', 'two'] },
    ),
  });
  const ref = await store.putChunk(chunk);
  const record: DatasetRecord = {
    kind: 'dataset',
    id: 'million',
    name: 'A million rows',
    created: 0,
    origin: { kind: 'text', name: 'million' },
    rows,
    fields,
    warnings: [],
    hash: ref.hash,
    chunks: Array.from({ length: rows / chunkRows }, () => ({ ref, rows: chunkRows })),
  };
  await store.commit({ put: [record] });
  const datasets = createDatasets({ store, readBuiltin: async () => new Blob() });
  const asked: number[] = [];
  const load = (offset: number, limit: number): Promise<Table> => {
    asked.push(offset);
    return datasets.preview('million', offset, limit);
  };
  const face = () =>
    mount<HTMLElement>(html`<bw-virtual-table .fields=${fields} .rows=${rows} target="word 2" .load=${load}></bw-virtual-table>`);
  const element = await face();
  await expect.poll(() => status(element)).toBe('Row 1 of 1,000,000, number: 0');
  return { element, asked, grid: within(element, '[role=grid]'), face };
}

const status = (element: HTMLElement): string => within(element, '[role=status]').textContent?.trim() ?? '';
const numbers = (element: HTMLElement): number[] =>
  [...(element.shadowRoot?.querySelectorAll('[role=rowheader]') ?? [])].map((cell) => Number(cell.textContent?.replaceAll(',', '')));

test('of a million rows and forty columns only what is in sight is drawn and fetched', async () => {
  const { element, asked, grid } = await table();
  expect(grid.getAttribute('aria-rowcount')).toBe('1000001');
  expect(grid.getAttribute('aria-colcount')).toBe('41');
  expect(element.shadowRoot?.querySelectorAll('[role=gridcell]').length).toBeLessThan(600);
  grid.scrollTop = grid.scrollHeight;
  await expect.poll(() => Math.max(...numbers(element))).toBe(rows);
  await expect.poll(() => element.shadowRoot?.querySelectorAll('.loading').length).toBe(0);
  expect(within(element, '[role=row]:last-child [role=gridcell]').textContent?.trim()).toBe(String((rows - 1) % chunkRows));
  expect(within(element, '[role=row]:last-child').getAttribute('aria-rowindex')).toBe('1000001');
  for (let step = 0; step < 50; step++) grid.scrollTop = (grid.scrollHeight * step) / 50;
  await expect.poll(() => element.shadowRoot?.querySelectorAll('.loading').length).toBe(0);
  expect(new Set(asked).size).toBeLessThan(30);
});

test('the keyboard goes to every corner, row by row and page by page, and the cell is said', async () => {
  const { element, grid } = await table();
  grid.focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}');
  await expect.poll(() => status(element)).toBe('Row 3 of 1,000,000, word 1: missing');
  const current = within(element, '#current');
  expect(grid.getAttribute('aria-activedescendant')).toBe('current');
  expect(current.getAttribute('aria-colindex')).toBe('3');
  await userEvent.keyboard('{Control>}{End}{/Control}');
  await expect.poll(() => status(element)).toMatch(/^Row 1,000,000 of 1,000,000, word 39: /);
  await expect.poll(() => numbers(element).includes(rows)).toBe(true);
  await userEvent.keyboard('{PageUp}');
  const up = Number(/^Row ([\d,]+)/.exec(status(element))?.[1].replaceAll(',', ''));
  expect(rows - up).toBeGreaterThan(5);
  expect(rows - up).toBeLessThan(40);
  await userEvent.keyboard('{Home}');
  await expect.poll(() => status(element)).toContain('number: ');
  await userEvent.keyboard('{Control>}{Home}{/Control}');
  await expect.poll(() => status(element)).toBe('Row 1 of 1,000,000, number: 0');
});

test('a row is gone to by its number, and a wheel passes no row by', async () => {
  const { element, grid } = await table();
  await userEvent.fill(within(element, 'input'), '654321');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => status(element)).toBe(`Row 654,321 of 1,000,000, number: ${654_320 % chunkRows}`);
  await expect.poll(() => numbers(element)).toContain(654_321);
  const before = numbers(element)[0];
  grid.dispatchEvent(new WheelEvent('wheel', { deltaY: 64, bubbles: true, cancelable: true }));
  await expect.poll(() => numbers(element)[0]).toBe(before + 2);
});

test('columns are drawn wider with the keyboard', async () => {
  const { element, grid } = await table();
  const width = () => within(element, '[role=columnheader][aria-colindex="2"]').getBoundingClientRect().width;
  const before = width();
  grid.focus();
  await userEvent.keyboard('{Alt>}{ArrowRight}{ArrowRight}{/Alt}');
  await expect.poll(width).toBe(before + 32);
});

test('it is accessible, also while pages are on their way', async () => {
  const { face } = await table();
  await expectAccessible(face);
  const endless = () =>
    mount<HTMLElement>(
      html`<bw-virtual-table .fields=${fields} .rows=${rows} .load=${() => new Promise<Table>(() => undefined)}></bw-virtual-table>`,
    );
  await expectAccessible(endless);
});

test('what cannot be read is said', async () => {
  const element = await mount<HTMLElement>(
    html`<bw-virtual-table .fields=${fields} .rows=${rows} .load=${async () => Promise.reject(new Error('The piece is damaged.'))}></bw-virtual-table>`,
  );
  await expect.poll(() => status(element)).toBe('The piece is damaged.');
});
