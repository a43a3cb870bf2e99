import { html } from 'lit';
import { expect, test } from 'vitest';
import '../../../../src/ui/elements/line-chart.js';
import { mount, within } from '../mount.js';

const curve = (values: number[]) => [{ name: 'training', values, color: '--series-1' }];

/** Pixels that are not empty. */
function ink(canvas: HTMLCanvasElement): number {
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: new Uint8ClampedArray() };
  return data.filter((value, index) => index % 4 === 3 && value > 0).length;
}

test('draws its curves, marks the best epoch, and says both in words', async () => {
  const chart = await mount<HTMLElement & { mark: unknown; series: unknown; x: number[]; updateComplete: Promise<unknown> }>(
    html`<bw-line-chart .x=${[1, 2, 3]} .series=${curve([1, 0.5, 0.2])} label="Loss falls from 1 to 0.2"></bw-line-chart>`,
  );
  expect(within(chart, '[role=img]').getAttribute('aria-label')).toBe('Loss falls from 1 to 0.2');
  await expect.poll(() => chart.shadowRoot?.querySelector('canvas')).toBeTruthy();
  const canvas = within<HTMLCanvasElement>(chart, 'canvas');
  await expect.poll(() => ink(canvas)).toBeGreaterThan(0);
  const before = ink(canvas);
  chart.mark = { at: 3, label: 'best, epoch 3' };
  await expect.poll(() => ink(canvas)).toBeGreaterThan(before);
});
