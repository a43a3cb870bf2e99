/** A job that leaves something which only this browser has says so once it has finished: storage is asked to stay from then on. */
import { expect, test, vi } from 'vitest';
import type { AnyModelRecord, Models } from '../../../src/infer/models.js';
import { Jobs } from '../../../src/ui/jobs/jobs.js';
import { ModelImportJob } from '../../../src/ui/jobs/model-import-job.js';

const importing = (read: () => Promise<AnyModelRecord>): ModelImportJob =>
  new ModelImportJob({ import: read } as unknown as Models, { files: [new File([], 'a.onnx')] });

test('a model that came in is such a thing, one that did not is none', async () => {
  const madeOwn = vi.fn();
  const jobs = new Jobs(() => () => undefined, madeOwn);
  await jobs.run(importing(() => Promise.reject(new Error('It is no model.'))));
  expect(madeOwn).not.toHaveBeenCalled();
  const { route } = await jobs.run(importing(() => Promise.resolve({ kind: 'tensor-model', id: 'a' } as AnyModelRecord)));
  expect([madeOwn.mock.calls.length, route]).toEqual([1, '#/tensors/a']);
});
