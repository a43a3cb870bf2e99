/** An ONNX file of another program in the page, under its real policy: dropped, looked at, run, refused by name, and run again without a network. */
import { expect, it } from 'vitest';
import { small } from '../unit/infer/onnx/build.js';
import { visiting } from './support/visiting.js';
import { keptOffline } from './support/visitor.js';

const visit = visiting();

it('is looked at and run, also without a network once it has run', async () => {
  const { page } = visit;
  await keptOffline(page);
  await page.getByRole('link', { name: 'Models' }).first().click();
  await page.getByLabel('Drop a model here').setInputFiles({ name: 'other.onnx', mimeType: '', buffer: Buffer.from(small()) });
  await page.getByRole('heading', { level: 1, name: 'other' }).waitFor();
  // What the file says is text.
  expect(await page.getByText('<script>alert(1)</script>').innerText()).toBe('<script>alert(1)</script>');
  expect(await page.getByText('float32 [n, 2]').isVisible()).toBe(true);

  const inputs = page.getByLabel('A tensor for each input');
  expect(JSON.parse(await inputs.inputValue())).toEqual({ x: [[0, 0]] });
  await inputs.fill('{"x": [[1, -1], [2, 3]]}');
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByText('[[1,2,3],[14,19,24]]').waitFor();
  await inputs.fill('{"x": [[1, 2, 3]]}');
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByText('expected float32 [n, 2], but float32 [1, 3] was given').waitFor();

  // Of the 41 MB that it may take, only what was needed.
  const kept = await page.evaluate(async () => (await (await caches.open('benchwright-kept-later')).keys()).map(({ url }) => url));
  expect(kept).toEqual([expect.stringMatching(/assets\/ort-wasm-simd-threaded-\w+\.wasm$/)]);
  await page.context().setOffline(true);
  await page.reload();
  await inputs.fill('{"x": [[1, 2]]}');
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByText('[[9,12,15]]').waitFor();
  await page.context().setOffline(false);
});
