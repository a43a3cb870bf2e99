import { html } from 'lit';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Picture } from '../../../../src/data/table.js';
import '../../../../src/ui/elements/draw-pad.js';
import { mount, within } from '../mount.js';

async function pad() {
  const said: (Picture | null)[] = [];
  const element = await mount(
    html`<bw-draw-pad @bw-picture=${(event: CustomEvent<Picture | null>) => said.push(event.detail)}></bw-draw-pad>`,
  );
  return { said, element, canvas: within<HTMLCanvasElement>(element, 'canvas') };
}

/** Pixels that are not black. */
const drawn = (picture: Picture | null | undefined): number => {
  let count = 0;
  for (let place = 0; place < (picture?.pixels.length ?? 0); place += 4) if ((picture?.pixels[place] ?? 0) > 0) count++;
  return count;
};

test('a stroke of the pointer is said as white on black, and undone', async () => {
  const { said, element, canvas } = await pad();
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const at = (x: number, y: number) => ({ pointerId: 1, button: 0, bubbles: true, clientX: left + x * width, clientY: top + y * height });
  canvas.setPointerCapture = () => undefined;
  canvas.dispatchEvent(new PointerEvent('pointerdown', at(0.2, 0.5)));
  canvas.dispatchEvent(new PointerEvent('pointermove', at(0.8, 0.5)));
  canvas.dispatchEvent(new PointerEvent('pointerup', at(0.8, 0.5)));
  canvas.dispatchEvent(new PointerEvent('pointermove', at(0.8, 0.9)));
  const picture = said.at(-1) as Picture;
  expect(picture).toMatchObject({ height: 112, width: 112, channels: 4 });
  const middle = picture.pixels[(56 * 112 + 56) * 4];
  const corner = picture.pixels[(100 * 112 + 90) * 4];
  expect([middle, corner]).toEqual([255, 0]);
  await (element as HTMLElement & { updateComplete: Promise<boolean> }).updateComplete;
  const [undo] = element.shadowRoot?.querySelectorAll('button') ?? [];
  undo.click();
  expect(said.at(-1)).toBeNull();
});

test('the keyboard draws: space, arrows, space; backspace undoes', async () => {
  const { said, canvas } = await pad();
  canvas.focus();
  await userEvent.keyboard(' {ArrowRight}{ArrowRight}{ArrowDown} ');
  const first = drawn(said.at(-1));
  expect(first).toBeGreaterThan(100);
  const before = said.length;
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(said.length).toBe(before);
  await userEvent.keyboard('{Backspace}');
  expect(said.at(-1)).toBeNull();
});
