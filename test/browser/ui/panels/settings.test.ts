/** What settings refuse: deleting everything under a training of another tab. */
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { createPageWorkbench } from '../../../../src/host/browser/page.js';
import { openApp } from '../open-app.js';

const soon = { timeout: 20_000 };
const rows = Array.from({ length: 60 }, (_, row) => `${row % 7}.5,${row % 2 === 0 ? 'even' : 'odd'}`).join('\n');

test('everything stays while another tab trains', { timeout: 60_000 }, async () => {
  await openApp();
  const tab = await createPageWorkbench();
  try {
    const reading = tab.datasets.import({ kind: 'text', name: 'Parity', text: `number,parity\n${rows}` });
    let read = await reading.next();
    while (!read.done) read = await reading.next();
    const spec = { target: 'parity', preset: 'mlp', epochs: 5000, patience: 0, device: 'wasm' } as const;
    const training = tab.trainer.train({ dataset: read.value.id, spec });
    let event = await training.next();
    while (!event.done && event.value.kind !== 'epoch') event = await training.next();

    location.hash = '#/settings';
    await page.getByRole('button', { name: 'Delete everything…' }).click(soon);
    await page.getByRole('dialog').getByRole('button', { name: 'Delete everything' }).click();
    await expect.element(page.getByRole('alert'), soon).toHaveTextContent('being trained in another tab');
    expect(await tab.datasets.list()).toHaveLength(1);
    await training.return(undefined as never);
  } finally {
    await tab.close();
  }
});
