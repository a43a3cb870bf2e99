/** After the first visit everything works without a network: panels never opened before, engines, built-in tables, training. */
import { expect, it } from 'vitest';
import { openBuiltin, predicted, startTraining, trained, useModel } from './support/journey.mjs';
import { startSite } from './support/site.js';
import { keptOffline, newVisitor } from './support/visitor.js';

it('trains and predicts without a network after the first visit', async () => {
  const site = await startSite();
  const visitor = await newVisitor();
  await keptOffline(await visitor.open(site.address));
  await visitor.leave();
  await site.stop();

  await visitor.comeBack();
  await visitor.context.setOffline(true);
  const page = await visitor.open(site.address);
  await openBuiltin(page, 'Wine');
  await startTraining(page, { Device: 'wasm' });
  await trained(page);
  await useModel(page);
  await expect.poll(() => predicted(page).textContent()).toMatch(/^[123]$/);
  for (const section of ['Train', 'Models', 'Settings', 'Data']) {
    await page.getByRole('navigation').getByRole('link', { name: section, exact: true }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  await page.reload();
  await page.getByRole('heading', { name: 'Your tables' }).waitFor();
  await visitor.forget();
  expect(visitor.faults).toEqual([]);
});
