/** The browser drops every connection again and again, in the midst of an import and of saving a model: the work goes on on new ones. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadDecoder } from '../../../src/host/browser/load-decoder.js';
import { inlineWorkbench } from '../../../src/host/inline.js';
import { openNowhere } from '../../../src/infer/onnx/open.js';
import { openBrowserStore } from '../../../src/storage/indexeddb.js';
import { deletePlace, freshName } from './place.js';

const { open } = IDBFactory.prototype;
let databases: IDBDatabase[];
let name: string;
beforeEach(() => {
  name = freshName();
  databases = [];
  IDBFactory.prototype.open = function (...given) {
    const request = open.apply(this, given);
    request.addEventListener('success', () => databases.push(request.result));
    return request;
  };
});
afterEach(async () => {
  IDBFactory.prototype.open = open;
  await deletePlace(name);
});

/** Drives work to its end with no connection left at any step. */
async function dropping<Event, Result>(work: AsyncGenerator<Event, Result>): Promise<Result> {
  for (;;) {
    databases[databases.length - 1].close();
    const next = await work.next();
    if (next.done) return next.value;
  }
}

it('an import and a training come to their ends', { timeout: 60_000 }, async () => {
  const readBuiltin = () => Promise.reject(new Error('None is needed.'));
  const workbench = inlineWorkbench({
    store: await openBrowserStore({ name }),
    readBuiltin,
    loadDecoder,
    openOnnx: openNowhere,
    device: 'wasm',
  });
  const rows = Array.from({ length: 30_000 }, (_, row) => `${row % 97},${row % 2 === 0 ? 'even' : 'odd'}`).join('\n');
  const dataset = await dropping(workbench.datasets.import({ kind: 'text', name: 'Parity', text: `number,parity\n${rows}` }));
  const spec = { target: 'parity', preset: 'mlp', epochs: 2, seed: 1 } as const;
  const run = await dropping(workbench.trainer.train({ dataset: dataset.id, spec }));
  expect(databases.length).toBeGreaterThan(5);
  expect((await workbench.datasets.preview(dataset.id, 29_990, 20)).rows).toBe(10);
  expect(await workbench.models.predict(String(run.modelId), [{ number: 4 }])).toHaveLength(1);
  await workbench.close();
});
