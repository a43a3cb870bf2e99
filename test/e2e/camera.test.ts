/** Pictures from the camera, class by class: taken, taken away, learnt from; the light goes out when nobody takes any. */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { startTraining, trained, useModel } from './support/journey.mjs';
import { visiting } from './support/visiting.js';

const camera = (page: Page) => page.locator('bw-camera-classes');
const ofClass = (page: Page, name: string) => page.getByRole('button', { name: `Hold to take pictures of ${name}`, exact: true });

/** Holds the button until there are so many pictures. */
async function take(page: Page, name: string, count: number): Promise<void> {
  const pictures = camera(page)
    .getByRole('listitem')
    .filter({ has: ofClass(page, name) })
    .getByRole('status');
  await ofClass(page, name).hover();
  await page.mouse.down();
  await expect
    .poll(async () => Number.parseInt((await pictures.textContent()) ?? '', 10), { interval: 30, timeout: 15_000 })
    .toBeGreaterThanOrEqual(count);
  await page.mouse.up();
}

/** Whether a camera runs in the page, wherever it is shown. */
const isOn = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const videos = (root: ParentNode): HTMLVideoElement[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element instanceof HTMLVideoElement ? [element] : []),
        ...(element.shadowRoot ? videos(element.shadowRoot) : []),
      ]);
    return videos(document).some(
      ({ srcObject }) => srcObject instanceof MediaStream && srcObject.getTracks().some(({ readyState }) => readyState === 'live'),
    );
  });

describe('the camera', () => {
  const visit = visiting({ camera: true });

  it('gives pictures of classes, which are learnt from', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await expect.poll(() => isOn(page)).toBe(true);
    const use = page.getByRole('button', { name: 'Use these pictures' });
    expect(await use.isDisabled()).toBe(true);
    await take(page, 'One', 12);
    await take(page, 'Other', 12);
    const away = camera(page).getByRole('img', { name: /^Take picture \d+ of Other away$/ });
    const before = await camera(page)
      .getByRole('listitem')
      .filter({ has: ofClass(page, 'Other') })
      .getByRole('status')
      .textContent();
    await away.first().click();
    await expect
      .poll(() =>
        camera(page)
          .getByRole('listitem')
          .filter({ has: ofClass(page, 'Other') })
          .getByRole('status')
          .textContent(),
      )
      .toBe(`${Number.parseInt(before ?? '', 10) - 1} pictures`);
    // By the keyboard as by the pointer.
    await ofClass(page, 'Other').focus();
    await page.keyboard.down(' ');
    await expect
      .poll(() =>
        camera(page)
          .getByRole('listitem')
          .filter({ has: ofClass(page, 'Other') })
          .getByRole('status')
          .textContent(),
      )
      .not.toBe(`${Number.parseInt(before ?? '', 10) - 1} pictures`);
    await page.keyboard.up(' ');
    await use.click();
    await page.getByRole('heading', { level: 1, name: 'Camera pictures' }).waitFor();
    expect(await isOn(page)).toBe(false);
    await startTraining(page, { Device: 'wasm', 'Epochs, at most': '2', Seed: '1' });
    await trained(page);
    await useModel(page);
  });

  it('goes off when it is closed, or its page is left', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await expect.poll(() => isOn(page)).toBe(true);
    await page.getByRole('button', { name: 'Close the camera' }).click();
    await expect.poll(() => isOn(page)).toBe(false);
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await expect.poll(() => isOn(page)).toBe(true);
    const running = await page.evaluateHandle(() => {
      const find = (root: ParentNode): HTMLVideoElement | undefined => {
        for (const element of root.querySelectorAll('*')) {
          if (element instanceof HTMLVideoElement) return element;
          const inside = element.shadowRoot && find(element.shadowRoot);
          if (inside) return inside;
        }
        return undefined;
      };
      const stream = find(document)?.srcObject;
      if (!(stream instanceof MediaStream)) throw new Error('The camera is not on.');
      return stream.getTracks()[0];
    });
    await page.getByRole('navigation').getByRole('link', { name: 'Models', exact: true }).click();
    await expect.poll(() => running.evaluate(({ readyState }) => readyState)).toBe('ended');
  });
});

describe('no camera', () => {
  const visit = visiting();

  it('is said, with what to do', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await page.getByText(/There is no camera on this machine\.|This page may not use the camera\./).waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
  });
});
