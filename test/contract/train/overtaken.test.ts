/** A tab that was frozen wakes after another has gone on with its run: what it writes is refused, and what the other wrote stands. */
import { expect, test } from 'vitest';
import type { RunRecord } from '../../../src/spec/run.js';
import { createTrainer } from '../../../src/train/create.js';
import { resultOf, workplace } from './workplace.js';

const spec = { target: 'species', preset: 'mlp', epochs: 6, patience: 0, seed: 3 } as const;

test('a training that was overtaken saves no model, and does not touch the run', async () => {
  const place = workplace();
  const iris = await place.builtin('iris');
  const frozen = place.trainer.train({ dataset: iris.id, spec });
  let event = await frozen.next();
  while (!event.done && event.value.kind !== 'epoch') event = await frozen.next();
  const [begun] = await place.store.list('run');
  // The other tab, which does not know of this one: as where the browser has taken the lock of a page that it froze.
  const other = createTrainer({ store: place.store, devices: place.devices, readBuiltin: place.readBuiltin, defaultDevice: 'wasm' });
  const locks = Object.getOwnPropertyDescriptor(globalThis.navigator ?? {}, 'locks');
  if (locks) Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
  const finished: RunRecord = await resultOf(other.train({ dataset: iris.id, spec, resume: begun.id }));
  if (locks) Object.defineProperty(navigator, 'locks', locks);
  expect(finished.status).toBe('finished');
  const kept = await place.store.get('run', begun.id);

  await expect(resultOf(frozen)).rejects.toMatchObject({ code: 'stale-write' });
  expect(await place.store.get('run', begun.id)).toEqual(kept);
  expect((await place.store.list('model')).map(({ id }) => id)).toEqual([finished.modelId]);
  expect(await place.store.collect()).toBe(0);
  await place.expectTidy();
});
