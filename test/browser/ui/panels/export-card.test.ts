/** The card that a model is taken along by: each format by the keyboard, what is told, and what cannot be written. */
import { ContextProvider } from '@lit/context';
import { html, LitElement } from 'lit';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createDeviceOwner } from '../../../../src/compute/owner.js';
import { createDatasets } from '../../../../src/data/catalogue.js';
import { createModels } from '../../../../src/infer/create.js';
import type { ModelRecord } from '../../../../src/spec/trained.js';
import { createMemoryStore } from '../../../../src/storage/memory.js';
import { createTrainer } from '../../../../src/train/create.js';
import { modelsContext } from '../../../../src/ui/contexts/services.js';
import { Toasts, toastsContext } from '../../../../src/ui/contexts/toasts.js';
import { expectAccessible } from '../accessible.js';
import { mount } from '../mount.js';
import '../../../../src/ui/panels/model/export-card.js';

const store = createMemoryStore();
const readBuiltin = () => Promise.reject(new Error('There are none here.'));
const devices = createDeviceOwner({ recall: async () => undefined, remember: async () => undefined });
const models = createModels({ store, devices, readBuiltin });
const datasets = createDatasets({ store, readBuiltin });
const trainer = createTrainer({ store, devices, readBuiltin, defaultDevice: 'wasm' });
let model: ModelRecord;

async function finish<Result>(work: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (let next = await work.next(); ; next = await work.next()) if (next.done) return next.value;
}

beforeAll(async () => {
  const rows = Array.from({ length: 60 }, (_, row) => `${row % 2 ? 'good food' : 'slow food'},${row % 7},${row % 2 ? 'yes' : 'no'}`);
  const dataset = await finish(datasets.import({ kind: 'text', name: 'visits.csv', text: `text,stars,again\n${rows.join('\n')}\n` }));
  const pipeline = { types: [{ type: 'category' as const, step: { as: 'words' as const } }] };
  const run = await finish(trainer.train({ dataset: dataset.id, spec: { target: 'again', preset: 'linear', epochs: 1, pipeline } }));
  model = await models.get(run.modelId ?? '');
}, 60_000);
afterEach(() => vi.restoreAllMocks());

class Frame extends LitElement {
  readonly contexts = [
    new ContextProvider(this, { context: modelsContext, initialValue: models }),
    new ContextProvider(this, { context: toastsContext, initialValue: new Toasts() }),
  ];
  override render() {
    return html`<bw-export-card .model=${model}></bw-export-card>`;
  }
}
customElements.define('test-export-frame', Frame);

const frame = () => mount<Frame>(html`<test-export-frame></test-export-frame>`);
const download = page.getByRole('button', { name: 'Download' });

test('it is accessible before and after, and tells what a format cannot say', async () => {
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  await expectAccessible(async () => {
    const element = await frame();
    await expect.element(download).toBeEnabled();
    return element;
  });
  await expectAccessible(async () => {
    const element = await frame();
    (download.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('ONNX cannot say the step "words"')).toBeVisible();
    return element;
  });
});

test.each([
  ['onnx', '.zip'],
  ['tfjs', '.zip'],
  ['safetensors', '.safetensors'],
  ['serving', '.zip'],
  ['card', '.md'],
  ['card-html', '.html'],
])('%s is downloaded as a file that ends in %s', async (format, ending) => {
  const names: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  const element = await frame();
  await userEvent.selectOptions(page.getByLabelText('As'), format);
  await download.click();
  await expect.poll(() => names).toHaveLength(1);
  expect(names[0]).toContain('visits');
  expect(names[0].endsWith(ending)).toBe(true);
  element.parentElement?.remove();
});

test('what cannot be written is said, and the card stays of use', async () => {
  vi.spyOn(models, 'export').mockRejectedValueOnce(new Error('Layer 1 ("gru") cannot be written.'));
  await frame();
  await download.click();
  await expect.element(page.getByText('Layer 1 ("gru") cannot be written.')).toBeVisible();
  await expect.element(download).toBeEnabled();
});
