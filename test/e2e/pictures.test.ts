/** Pictures, as somebody does it who never saw the page: looked through, learnt from, mistakes, a drawing, a file of one's own. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Locator, Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { png } from '../contract/png.js';
import { stripedFolder } from '../contract/stripes.js';
import { openBuiltin, predicted, startTraining, trained, useModel } from './support/journey.mjs';
import { visiting } from './support/visiting.js';

const idx = (name: string): Buffer =>
  gunzipSync(readFileSync(new URL(`../../public/data/fashion-mnist-test-${name}.idx.gz`, import.meta.url)));

/** The first picture of these with that code, as a file. */
function testPicture(code: number): Buffer {
  const place = idx('labels').subarray(8).indexOf(code);
  const pixels = idx('pictures').subarray(16 + place * 784, 16 + (place + 1) * 784);
  return Buffer.from(png({ height: 28, width: 28, channels: 1, pixels }));
}

/** How many different values a canvas shows: one where nothing is drawn. */
const shades = (canvas: Locator): Promise<number> =>
  canvas.evaluate((element: HTMLCanvasElement) => {
    const { width, height } = element;
    return new Set(
      element
        .getContext('2d')
        ?.getImageData(0, 0, width, height)
        .data.filter((_, index) => index % 4 === 0),
    ).size;
  });

/** A pair of trousers, stroke by stroke. */
async function draw(page: Page): Promise<void> {
  const pad = await page.getByRole('application').boundingBox();
  if (!pad) throw new Error('The pad is not in sight.');
  const at = (x: number, y: number): [number, number] => [pad.x + x * pad.width, pad.y + y * pad.height];
  for (const [from, to] of [
    [at(0.45, 0.15), at(0.38, 0.9)],
    [at(0.55, 0.15), at(0.62, 0.9)],
  ]) {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 8 });
    await page.mouse.up();
  }
}

/** What Ctrl+V does with a picture in the clipboard. */
const pastePicture = (page: Page, picture: Buffer): Promise<void> =>
  page.evaluate(
    (bytes) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([Uint8Array.from(bytes)], 'pasted.png', { type: 'image/png' }));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    },
    [...picture],
  );

describe('pictures', () => {
  const visit = visiting();

  it('are looked through, learnt from, drawn and opened', async () => {
    const { page } = visit;
    await openBuiltin(page, 'Fashion pictures');
    const grid = page.getByRole('region', { name: /^Pictures;/ });
    const standing = page.locator('bw-picture-grid').getByRole('status');
    await expect.poll(() => standing.textContent()).toBe('Picture 1: Ankle boot');
    await expect.poll(() => shades(grid.locator('canvas').first())).toBeGreaterThan(50);
    await grid.press('End');
    await expect.poll(() => standing.textContent()).toMatch(/^Picture 14,000: \S+/);
    await expect.poll(() => shades(grid.locator('canvas').last())).toBeGreaterThan(50);

    await startTraining(page, { Device: 'wasm', 'Epochs, at most': '1', Seed: '1' });
    await trained(page);
    expect(Number(await page.locator('.headline .value').textContent())).toBeGreaterThan(0.7);
    await page.reload();
    const mistakes = page.getByRole('img', { name: /^.+, taken for .+$/ });
    await expect.poll(() => mistakes.count()).toBe(18);
    await expect.poll(() => shades(mistakes.last())).toBeGreaterThan(20);
    await page.getByRole('button', { name: /^Show more of \d+ pictures$/ }).click();
    await expect.poll(() => mistakes.count()).toBe(36);

    await useModel(page);
    const bars = page.locator('bw-bars[label="Probability of each class"]').getByRole('listitem');
    await draw(page);
    await expect.poll(() => predicted(page).textContent()).toBe('Trouser');
    await expect.poll(() => bars.count()).toBe(10);
    await expect.poll(() => bars.first().textContent()).toContain('Trouser');
    expect(await shades(page.getByRole('img', { name: 'What the model sees' }))).toBeGreaterThan(2);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => predicted(page).count()).toBe(0);

    const picker = page.locator('bw-predict-picture input[type=file]');
    await picker.setInputFiles({ name: 'boot.png', mimeType: 'image/png', buffer: testPicture(9) });
    await expect.poll(() => predicted(page).textContent()).toBe('Ankle boot');
    await pastePicture(page, testPicture(8));
    await expect.poll(() => predicted(page).textContent()).toBe('Bag');
    await picker.setInputFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
    await page.getByText('notes.png is not a picture that can be read').waitFor();
    expect(await predicted(page).count()).toBe(0);
  });
});

describe('pictures on webgpu', () => {
  const visit = visiting({ webgpu: true });

  it('are learnt from: a folder of one’s own, a few tiny steps, a drawing', async () => {
    const { page } = visit;
    const folder = mkdtempSync(join(tmpdir(), 'benchwright-pictures-'));
    for (const { path, picture } of stripedFolder(16)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), png(picture));
    }
    await page.locator('bw-drop-zone input[webkitdirectory]').setInputFiles(folder);
    await page.getByRole('heading', { level: 1, name: basename(folder) }).waitFor();
    await startTraining(page, { Device: 'webgpu', 'Epochs, at most': '2', 'Batch size': '16', Seed: '1' });
    await trained(page);
    expect(await page.locator('bw-device-trials li.chosen').textContent()).toContain('webgpu');
    await page.reload();
    await useModel(page);
    await draw(page);
    await expect.poll(() => predicted(page).textContent()).toMatch(/^(across|down)$/);
    rmSync(folder, { recursive: true });
  });
});
