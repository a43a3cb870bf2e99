/** How long opened models stay open: those used last, until they are deleted. */
import { beforeEach, expect, test } from 'vitest';
import type { DeviceOwner } from '../../../../src/compute/devices.js';
import { importBytes } from '../../../../src/infer/import/import-model.js';
import type { OpenOnnx } from '../../../../src/infer/onnx/open.js';
import { createTensorModels } from '../../../../src/infer/tensors/create.js';
import type { NamedTensor } from '../../../../src/infer/tensors/tensor.js';
import { createMemoryStore } from '../../../../src/storage/memory.js';
import type { Store } from '../../../../src/storage/store.js';
import { graph, model, node, value } from '../onnx/build.js';

let store: Store;
let told: string[];
beforeEach(() => {
  store = createMemoryStore();
  told = [];
});

const given: NamedTensor = { name: 'x', type: 'float32', shape: [1], data: Float32Array.of(1) };

/** Called by the name of its graph's output. */
async function kept(name: string): Promise<string> {
  const bytes = model(graph({ nodes: [node('Relu', ['x'], [name])], inputs: [value('x', 1, [1])], outputs: [value(name, 1, [1])] }));
  return (await importBytes(store, bytes, { kind: 'file', name })).id;
}

/** @param until what running waits for */
function modelsOf({ opened = Promise.resolve(), until = Promise.resolve() }: { opened?: Promise<unknown>; until?: Promise<unknown> } = {}) {
  const openOnnx: OpenOnnx = async (file) => {
    const { inputs, outputs } = file.model;
    const [{ name }] = outputs;
    told.push(`${name} opened`);
    await opened;
    return {
      inputs,
      outputs,
      async run() {
        await until;
        return [{ ...given, name }];
      },
      async dispose() {
        told.push(`${name} closed`);
      },
    };
  };
  return createTensorModels({ store, devices: {} as DeviceOwner, openOnnx });
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 10));

test('two stay open; what was used longest ago is closed for a third', async () => {
  const models = modelsOf();
  const ids = [await kept('a'), await kept('b'), await kept('c')];
  for (const id of [ids[0], ids[1], ids[0], ids[2]]) await models.run(id, [given], { provider: 'wasm' });
  await settled();
  expect(told).toEqual(['a opened', 'b opened', 'c opened', 'b closed']);
  await models.dispose();
  expect(told.slice(4).sort()).toEqual(['a closed', 'c closed']);
});

test('one that is deleted is closed, once who uses it has an answer', async () => {
  let resolve = (): void => undefined;
  const models = modelsOf({ until: new Promise<void>((done) => (resolve = done)) });
  const id = await kept('a');
  const running = models.run(id, [given], { provider: 'wasm' });
  await settled();
  await models.remove(id);
  await settled();
  expect(told).toEqual(['a opened']);
  resolve();
  expect((await running).outputs[0].data).toEqual(given.data);
  await settled();
  expect(told).toEqual(['a opened', 'a closed']);
  await models.restore(id);
  await models.run(id, [given], { provider: 'wasm' });
  await models.remove(id);
  await settled();
  expect(told.slice(2)).toEqual(['a opened', 'a closed']);
});

test('who calls off while it is opened is told at once', async () => {
  const models = modelsOf({ opened: new Promise(() => undefined) });
  const stop = new AbortController();
  const running = models.run(await kept('a'), [given], { provider: 'wasm', signal: stop.signal });
  const failed = expect(running).rejects.toMatchObject({ name: 'AbortError' });
  await settled();
  stop.abort();
  await failed;
});
