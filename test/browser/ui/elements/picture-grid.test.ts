import { html } from 'lit';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { PicturePage } from '../../../../src/ui/elements/picture-pages.js';
import '../../../../src/ui/elements/picture-grid.js';
import { mount, within } from '../mount.js';

const size = { height: 2, width: 2, channels: 1 } as const;

/** 20,000 pictures, the shade of each its number modulo 251; what is asked for is noted. */
async function grid() {
  const asked: number[] = [];
  const load = async (offset: number, limit: number): Promise<PicturePage> => {
    asked.push(offset);
    const rows = Math.min(limit, 20_000 - offset);
    const pixels = Uint8Array.from({ length: rows * 4 }, (_, place) => (offset + (place >> 2)) % 251);
    return { column: { kind: 'picture', size, pixels }, labels: Array.from({ length: rows }, (_, row) => `shade ${(offset + row) % 251}`) };
  };
  const element = await mount<HTMLElement & { updateComplete: Promise<boolean> }>(
    html`<bw-picture-grid .count=${20_000} .size=${size} .load=${load}></bw-picture-grid>`,
  );
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  return { element, asked, scroll: within(element, '.scroll') };
}

const status = (element: HTMLElement): string => within(element, '[role=status]').textContent?.trim() ?? '';

test('of twenty thousand pictures only those in sight are fetched and drawn', async () => {
  const { element, asked, scroll } = await grid();
  await expect.poll(() => status(element)).toBe('Picture 1: shade 0');
  expect(new Set(asked).size).toBeLessThan(4);
  const lines = element.shadowRoot?.querySelectorAll('canvas').length ?? 0;
  expect(lines).toBeGreaterThan(2);
  expect(lines).toBeLessThan(40);
  scroll.scrollTop = scroll.scrollHeight;
  await expect.poll(() => Math.max(...asked)).toBeGreaterThan(19_500);
  expect(new Set(asked).size).toBeLessThan(10);
  const last = within<HTMLCanvasElement>(element, 'canvas:last-of-type');
  await expect.poll(() => last.getContext('2d')?.getImageData(0, 0, 1, 1).data[3]).toBe(255);
});

test('the keyboard goes from picture to picture, and each is named', async () => {
  const { element, scroll } = await grid();
  scroll.focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}');
  await expect.poll(() => status(element)).toBe('Picture 2: shade 1');
  await userEvent.keyboard('{End}');
  await expect.poll(() => status(element)).toBe(`Picture 20,000: shade ${19_999 % 251}`);
  expect(scroll.scrollTop).toBeGreaterThan(1000);
  await userEvent.keyboard('{Home}');
  await expect.poll(() => status(element)).toBe('Picture 1: shade 0');
  expect(scroll.scrollTop).toBe(0);
});
