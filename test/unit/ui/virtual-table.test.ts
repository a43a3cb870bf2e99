/** Where rows of a table stand that is higher than any browser makes a box; keys; widths; which columns are listed. */
import { expect, test } from 'vitest';
import type { Field } from '../../../src/spec/field.js';
import type { ProfiledColumn } from '../../../src/spec/profile.js';
import { ColumnWidths } from '../../../src/ui/elements/column-widths.js';
import { listedColumns } from '../../../src/ui/elements/listed-columns.js';
import { Pages } from '../../../src/ui/elements/pages.js';
import { contentHeight, furthest, offsetFor, offsetOf, rowsInSight, scrollTopOf, tallest } from '../../../src/ui/elements/scaled-scroll.js';
import { moved } from '../../../src/ui/elements/table-keys.js';

const field = (name: string, type: Field['type'] = 'number', missing = 0): Field => ({ name, type, missing, distinct: 9, reason: '' });

test.each([10, 1000, 1_000_000, 100_000_000])('of %i rows the first and the last can be reached, and every one between', (rows) => {
  const scrolling = { rows, rowHeight: 32, view: 500 };
  expect(contentHeight(scrolling)).toBeLessThanOrEqual(tallest);
  const bottom = contentHeight(scrolling) - scrolling.view;
  expect(rowsInSight(scrolling, offsetOf(scrolling, 0)).first).toBe(0);
  expect(rowsInSight(scrolling, offsetOf(scrolling, bottom)).last).toBe(rows);
  for (const row of [0, 1, Math.floor(rows / 2), rows - 2, rows - 1]) {
    const offset = offsetFor(scrolling, 0, row);
    expect(offset).toBeLessThanOrEqual(furthest(scrolling));
    const { first, last } = rowsInSight(scrolling, offset);
    expect(row >= first && row < last).toBe(true);
    const top = scrollTopOf(scrolling, offset);
    expect(top).toBeLessThanOrEqual(Math.max(0, bottom));
    expect(Math.abs(offsetOf(scrolling, top) - offset)).toBeLessThan(1e-3);
  }
});

test('what is wholly in sight does not move; what is above or below moves as little as can be', () => {
  const scrolling = { rows: 100, rowHeight: 10, view: 100 };
  expect(offsetFor(scrolling, 200, 25)).toBe(200);
  expect(offsetFor(scrolling, 200, 12)).toBe(120);
  expect(offsetFor(scrolling, 200, 30)).toBe(210);
});

test('keys lead as the ARIA practices say', () => {
  const size = { rows: 1000, columns: 8, page: 15 };
  const from = { row: 500, column: 3 };
  const press = (key: string, ctrlKey = false) => moved({ key, ctrlKey, metaKey: false }, from, size);
  expect(press('ArrowDown')).toEqual({ row: 501, column: 3 });
  expect(press('PageUp')).toEqual({ row: 485, column: 3 });
  expect(press('Home')).toEqual({ row: 500, column: 0 });
  expect(press('End')).toEqual({ row: 500, column: 7 });
  expect(press('Home', true)).toEqual({ row: 0, column: 0 });
  expect(press('End', true)).toEqual({ row: 999, column: 7 });
  expect(press('x')).toBe(undefined);
});

test('only columns in sight are drawn, however many there are, and one is brought into sight', () => {
  const widths = new ColumnWidths(
    Array.from({ length: 5000 }, (_, index) => field(`column ${index}`)),
    1_000_000,
  );
  const all = widths.inSight(0, 800);
  expect(all[0]).toBe(0);
  expect(all.length).toBeLessThan(12);
  const left = widths.leftFor(4999, 0, 800);
  expect(widths.inSight(left, 800).at(-1)).toBe(4999);
  expect(widths.leftFor(0, left, 800)).toBe(0);
  widths.set(0, 5);
  expect(widths.width(0)).toBe(64);
  expect(widths.start(1)).toBe(widths.index + 64);
});

test('pages that are scrolled past are not fetched, and the newest comes first', async () => {
  const asked: number[] = [];
  const pages = new Pages(
    async (offset) => {
      asked.push(offset);
      await Promise.resolve();
      return offset;
    },
    () => undefined,
    100,
  );
  for (let row = 0; row < 100_000; row += 100) pages.of(row);
  expect(asked).toEqual([0, 100, 200]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(asked.length).toBeLessThan(10);
  expect(asked[3]).toBe(99_900);
  expect(pages.of(99_950)).toBe(99_900);
});

test('columns are found by name and type, and put in order', () => {
  const profiled = (value: number): ProfiledColumn => ({
    name: 'x',
    type: 'number',
    reason: '',
    missing: 0,
    distinct: { value: 9, error: 0 },
    association: { value, measure: 'spearman', rows: 9 },
  });
  const columns = [
    { field: field('b10', 'number', 3), profiled: profiled(0.2), findings: [] },
    { field: field('B2', 'category'), profiled: profiled(0.9), findings: [] },
    { field: field('a'), profiled: undefined, findings: [] },
  ];
  const names = (listing: Partial<Parameters<typeof listedColumns>[1]>) =>
    listedColumns(columns, { text: '', type: '', order: 'table', ...listing }).map((column) => column.field.name);
  expect(names({})).toEqual(['b10', 'B2', 'a']);
  expect(names({ text: ' b' })).toEqual(['b10', 'B2']);
  expect(names({ type: 'category' })).toEqual(['B2']);
  expect(names({ order: 'association' })).toEqual(['B2', 'b10', 'a']);
  expect(names({ order: 'name' })).toEqual(['a', 'B2', 'b10']);
  expect(names({ order: 'missing' })[0]).toBe('b10');
});

test('a page that fails is asked for once, until somebody wants it again', async () => {
  let asked = 0;
  const pages: Pages<number> = new Pages(
    async () => {
      asked += 1;
      throw new Error('gone');
    },
    // As an element does, which draws what there is.
    () => pages.of(5),
    10,
  );
  pages.of(5);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(asked).toBe(1);
  pages.again();
  pages.of(5);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(asked).toBe(2);
});
