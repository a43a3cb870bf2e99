/** A worker of somebody else's that uses the library: takes a file all the way and says what came of it. */
import { createWorkbench } from '../../../src/host/browser/workbench.js';
import type { WorkbenchOptions } from '../../../src/host/workbench.js';
import { setosa, trainIris } from '../../contract/host/main-job.js';

self.addEventListener('message', async ({ data }: MessageEvent<{ options: WorkbenchOptions; file: File }>) => {
  const workbench = await createWorkbench(data.options);
  const { model } = await trainIris(workbench, { kind: 'file', name: data.file.name, file: data.file });
  const [{ probabilities = [] }] = await workbench.models.predict(model.id, [setosa]);
  await workbench.close();
  self.postMessage(probabilities.map(({ value }) => value));
});
