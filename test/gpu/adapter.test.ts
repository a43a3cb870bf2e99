import { expect, test } from 'vitest';

test('there is a WebGPU adapter: without one this lane fails', async () => {
  const adapter = await navigator.gpu?.requestAdapter();
  expect(adapter, 'navigator.gpu.requestAdapter() gave none; start Chromium with --enable-unsafe-webgpu').toBeTruthy();
});
