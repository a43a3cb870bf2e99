/** Models of other programs in workers, which whoever opens one starts. */
import onnxWorker from '../../../../workers/onnx.worker.ts?worker&url';
import type { OpenOnnx } from '../../../infer/onnx/open.js';
import { SessionInWorker } from '../../onnx/session-in-worker.js';
import { admitting } from '../trusted-types.js';

const url = new URL(onnxWorker, import.meta.url).href;
const trusted = admitting(() => [url]);
const spawn = (): Worker => new Worker(trusted(url), { type: 'module' });

export const openInWorker: OpenOnnx = async (file, provider) => {
  const session = new SessionInWorker(spawn, file, provider);
  await session.open();
  return session;
};
