/** Models that are unloaded and loaded while they are asked. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDecoder } from '../../../src/host/node/decoder.js';
import { usualBatches } from '../../../src/serve/batcher.js';
import { usualLimits } from '../../../src/serve/limits.js';
import { Metrics } from '../../../src/serve/metrics.js';
import { Registry } from '../../../src/serve/registry.js';
import { createRouter } from '../../../src/serve/router.js';
import { workplace } from '../train/workplace.js';
import { row } from './requests.js';

const place = workplace();
const registry = new Registry();
const handle = createRouter({ registry, metrics: new Metrics(), limits: usualLimits, loadDecoder, management: true });
const stateOf = (): string => registry.version('species').state;
const ask = async (body: BodyInit): Promise<number> => {
  const request = new Request('http://localhost/v1/models/species:predict', { method: 'POST', body, duplex: 'half' } as RequestInit);
  return (await handle(request)).status;
};
const instances = JSON.stringify({ instances: [row] });

beforeAll(async () => {
  const { run } = await place.train(await place.builtin('penguins'), { target: 'species', preset: 'linear', epochs: 5 });
  const record = await place.models.get(run.modelId ?? '');
  registry.add('species', 1, record, { store: place.store, devices: place.devices, limits: usualLimits, batches: usualBatches });
  await registry.load('species', 1);
});
afterAll(async () => {
  await registry.close();
  await place.expectTidy();
});

test('whoever has asked is answered; whose request is still on its way is told that the model is not there', async () => {
  let send: (text: string) => void = () => undefined;
  const late = new ReadableStream<Uint8Array>({
    start(controller) {
      send = (text) => {
        controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      };
    },
  });
  const [early, waiting] = [ask(instances), ask(late)];
  await new Promise((resolve) => setTimeout(resolve, 20));
  await registry.unload('species', 1);
  send(instances);
  expect([await early, await waiting]).toEqual([200, 404]);
  await registry.load('species', 1);
  expect(await ask(instances)).toBe(200);
});

test('a load waits for an unload, and an unload for a load', async () => {
  await Promise.all([registry.unload('species', 1), registry.load('species', 1)]);
  expect([stateOf(), await ask(instances)]).toEqual(['AVAILABLE', 200]);
  await Promise.all([registry.unload('species', 1), registry.load('species', 1), registry.unload('species', 1)]);
  expect([stateOf(), await ask(instances)]).toEqual(['END', 404]);
  const loads = [registry.load('species', 1), registry.load('species', 1)];
  await loads[1];
  expect(stateOf()).toBe('AVAILABLE');
  await loads[0];
});
