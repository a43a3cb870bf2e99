/** The main job on a graphics processor, small: table, training, saved model, prediction, through the real workers. */
import { expect } from 'vitest';
import { newIdentifier } from '../../../src/base/identifier.js';
import { createWorkbench } from '../../../src/host/browser/workbench.js';
import { finish, setosa } from '../../contract/host/main-job.js';

export async function trainsAndPredictsAsWasmDoes(graphics: 'webgpu' | 'webgl'): Promise<void> {
  const base = Object.assign(document.createElement('base'), { href: '/' });
  document.head.append(base);
  const path = `${graphics}-${newIdentifier()}`;
  const workbench = await createWorkbench({ path });
  const { result: iris } = await finish(workbench.datasets.import({ kind: 'builtin', name: 'iris' }));
  const trained = async (device: typeof graphics | 'wasm') => {
    const spec = { target: 'species', preset: 'mlp', epochs: 2, batchSize: 64, seed: 1, device } as const;
    const { result: run, events } = await finish(workbench.trainer.train({ dataset: iris.id, spec }));
    const [answer] = await workbench.models.predict(run.modelId as string, [setosa]);
    return { run, events, answer };
  };
  const tried = await trained(graphics);
  const wasm = await trained('wasm');
  expect(tried.run).toMatchObject({ status: 'finished', device: { device: graphics } });
  expect(tried.events.filter(({ kind }) => kind === 'epoch')).toHaveLength(2);
  for (const [index, { validationLoss }] of tried.run.curve.entries()) {
    expect(Math.abs(validationLoss - wasm.run.curve[index].validationLoss)).toBeLessThan(1e-4);
  }
  expect(tried.answer.prediction).toBe(wasm.answer.prediction);
  expect(await workbench.devices.counters()).toEqual({ tensors: 0, bytes: 0 });
  await workbench.close();
  base.remove();
  indexedDB.deleteDatabase(path);
}
