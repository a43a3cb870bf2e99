/** The cards of versions and of what is kept, in their faces: one version, several, a comparison, damage, what was deleted. */
import { ContextProvider } from '@lit/context';
import { html, LitElement } from 'lit';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createDatasets } from '../../../../src/data/catalogue.js';
import type { DatasetRecord } from '../../../../src/spec/dataset.js';
import type { SweepRecord } from '../../../../src/spec/sweep-record.js';
import { createInventory } from '../../../../src/storage/inventory/create.js';
import { createMemoryStore } from '../../../../src/storage/memory.js';
import { damageMark } from '../../../../src/storage/names.js';
import { watchful } from '../../../../src/storage/watchful.js';
import { createSweeps } from '../../../../src/train/sweeps/create.js';
import { newTrial } from '../../../../src/train/sweeps/records.js';
import type { SweepParts } from '../../../../src/train/sweeps/sweep-run.js';
import type { Trainer } from '../../../../src/train/trainer.js';
import { jobsContext } from '../../../../src/ui/contexts/jobs.js';
import { datasetsContext, inventoryContext, sweepsContext, trainerContext } from '../../../../src/ui/contexts/services.js';
import { storageContext } from '../../../../src/ui/contexts/storage.js';
import { Toasts, toastsContext } from '../../../../src/ui/contexts/toasts.js';
import { Jobs } from '../../../../src/ui/jobs/jobs.js';
import { expectAccessible } from '../accessible.js';
import { mount } from '../mount.js';
import { choice } from '../records.js';
import '../../../../src/ui/panels/damage-notice.js';
import '../../../../src/ui/panels/dataset/versions-card.js';
import '../../../../src/ui/panels/settings/kept-card.js';

const store = watchful(createMemoryStore());
const datasets = createDatasets({ store, readBuiltin: () => Promise.reject(new Error('There are none here.')) });
let table: DatasetRecord;

class Frame extends LitElement {
  readonly contexts = [
    new ContextProvider(this, { context: jobsContext, initialValue: new Jobs(() => () => undefined) }),
    new ContextProvider(this, { context: toastsContext, initialValue: new Toasts() }),
    new ContextProvider(this, { context: datasetsContext, initialValue: datasets }),
    new ContextProvider(this, { context: trainerContext, initialValue: { runs: async () => [] } as unknown as Trainer }),
    new ContextProvider(this, { context: sweepsContext, initialValue: createSweeps({ store } as SweepParts) }),
    new ContextProvider(this, { context: inventoryContext, initialValue: createInventory(store) }),
    new ContextProvider(this, {
      context: storageContext,
      initialValue: { usage: () => store.usage(), watch: (listener) => store.watch(listener) },
    }),
  ];
  override render() {
    return html`<bw-damage-notice kind="dataset" .item=${table.id}></bw-damage-notice><bw-versions-card .table=${table}></bw-versions-card><bw-kept-card></bw-kept-card>`;
  }
}
customElements.define('test-kept-frame', Frame);

const frame = () => mount<Frame>(html`<test-kept-frame></test-kept-frame>`);

async function finish<Result>(work: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (let next = await work.next(); ; next = await work.next()) if (next.done) return next.value;
}
const text = (rows: number): string =>
  `a,b\n${Array.from({ length: rows }, (_, row) => `${row},${row % 2 ? 'odd' : 'even'}`).join('\n')}\n`;

test('every face is accessible, and works by the keyboard', { timeout: 60_000 }, async () => {
  table = await finish(datasets.import({ kind: 'text', name: 'table.csv', text: text(40) }));
  await expectAccessible(async () => {
    const element = await frame();
    await expect.element(page.getByLabelText('Append rows…')).toBeInTheDocument();
    await expect.element(page.getByRole('button', { name: 'Check that it is whole' })).toBeEnabled();
    return element;
  });
  table = await finish(datasets.revise(table.id, { kind: 'text', name: 'other.csv', text: text(50) }));
  const gone = await finish(datasets.import({ kind: 'text', name: 'gone.csv', text: 'x\n1\n2\n' }));
  await datasets.remove(gone.id);
  await expectAccessible(async () => {
    const element = await frame();
    const compare = page.getByRole('button', { name: 'Compare version 1 with the one in use' });
    await expect.element(compare).toBeVisible();
    (compare.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    const heading = page.getByRole('heading', { name: 'From version 1 to version 2' });
    await expect.element(heading).toBeVisible();
    await expect.poll(() => (heading.element().getRootNode() as ShadowRoot).activeElement).toBe(heading.element());
    // After the comparison, which has read the chunk and found it whole.
    await store.commit({ put: [{ kind: 'setting', id: damageMark(table.chunks[0].ref.hash), value: 'chunk-damaged' }] });
    await expect.element(page.getByText('50 of its 50 rows cannot be read').first()).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Free what was deleted…' })).toBeVisible();
    return element;
  });
});

test('what was deleted is freed after a question, and looking at everything finds what is whole', { timeout: 60_000 }, async () => {
  await frame();
  await page.getByRole('button', { name: 'Free what was deleted…' }).click();
  await expect.element(page.getByText('“gone” cannot be restored any more.')).toBeVisible();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect.element(page.getByText(/are free again\.$/)).toBeVisible();
  // The mark was a mistake: the chunk can be read.
  await page.getByRole('button', { name: 'Check that it is whole' }).click();
  await expect.element(page.getByText('Everything is whole.')).toBeVisible();
  expect(await createInventory(store).damaged()).toEqual([]);
});

test('a sweep is in the list with what its trials take, and is deleted once that is confirmed', { timeout: 60_000 }, async () => {
  const spec = { target: 'b', preset: 'mlp' } as const;
  const sweep = {
    kind: 'sweep',
    id: 'sweep-1',
    name: 'b from table',
    created: 1,
    status: 'interrupted',
    dataset: { id: table.id, name: table.name, hash: table.hash },
    spec,
    sweep: { method: 'random', trials: 1, fields: [{ field: 'dropout', kind: 'choice', values: [0] }] },
    task: 'classification',
    metric: 'logLoss',
    seed: 0,
    device: choice,
    trials: 1,
    rungs: [4],
    sessions: 1,
  } satisfies SweepRecord;
  const weights = await store.putChunk(new Uint8Array(5000).fill(7));
  const checkpoint = { epoch: 1, steps: 3, examples: 0, lossSum: 0, weights, optimizer: weights };
  const trial = newTrial(sweep.id, 1, { values: { dropout: 0 }, spec, epochs: 4 });
  await store.commit({ put: [sweep, { ...trial, checkpoint }] });
  await frame();
  const row = page.getByRole('row', { name: /^b from table/ });
  await expect.element(row.getByRole('link')).toHaveAttribute('href', '#/sweeps/sweep-1');
  await expect.element(row.getByText('5.0 kB')).toBeVisible();
  await row.getByRole('button', { name: 'Delete the sweep “b from table”' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  expect((await store.get('sweep', 'sweep-1'))?.deleted).toBeUndefined();
  await row.getByRole('button', { name: 'Delete the sweep “b from table”' }).click();
  await page.getByRole('button', { name: 'Delete the sweep', exact: true }).click();
  await expect.element(row.getByText('deleted')).toBeVisible();
  await expect.element(page.getByText('“b from table” is deleted.', { exact: false })).toBeVisible();
});
