/** The library in Node, over memory and over a folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWorkbench } from '../../../src/host/node/workbench.js';
import type { WorkbenchOptions } from '../../../src/host/workbench.js';
import { setosa, trainIris } from './main-job.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'benchwright-'));
});
afterEach(() => rm(folder, { recursive: true }));

const kinds: [string, () => WorkbenchOptions][] = [
  ['memory', () => ({ storage: 'memory' })],
  ['files', () => ({ storage: 'files', path: join(folder, 'kept') })],
];

describe.each(kinds)('over %s', (_kind, options) => {
  test('a table is imported, learnt and predicted', async () => {
    const workbench = await createWorkbench(options());
    try {
      const { model, events } = await trainIris(workbench);
      expect(events.filter(({ kind }) => kind === 'epoch')).toHaveLength(3);
      const [{ probabilities = [] }] = await workbench.models.predict(model.id, [setosa]);
      expect(probabilities.map(({ value }) => value)).toEqual(['setosa', 'versicolor', 'virginica']);
      expect(probabilities.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
    } finally {
      await workbench.close();
    }
  });

  test('listeners hear of commits until they stop listening', async () => {
    const workbench = await createWorkbench(options());
    try {
      const heard: string[] = [];
      const stop = workbench.watch((kinds) => heard.push(...kinds));
      const { dataset } = await trainIris(workbench);
      expect(new Set(heard)).toEqual(new Set(['dataset', 'run', 'model']));
      stop();
      heard.length = 0;
      await workbench.datasets.rename(dataset, 'flowers');
      expect(heard).toEqual([]);
    } finally {
      await workbench.close();
    }
  });
});

test('what was kept in a folder is there when it is opened again', async () => {
  const options = { storage: 'files', path: join(folder, 'kept') } as const;
  const first = await createWorkbench(options);
  const { model } = await trainIris(first);
  const [before] = await first.models.predict(model.id, [setosa]);
  await first.close();

  const second = await createWorkbench(options);
  expect(await second.models.list()).toEqual([model]);
  expect(await second.models.predict(model.id, [setosa])).toEqual([before]);
  await second.close();
});

test('the storage of a browser is refused, with what to use instead', async () => {
  await expect(createWorkbench({ storage: 'indexeddb' })).rejects.toMatchObject({
    name: 'InputError',
    code: 'invalid-options',
    advice: expect.stringContaining('"memory" or "files"'),
  });
});
