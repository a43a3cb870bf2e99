/** Models of other programs in workers, which whoever opens one starts. */
import onnxWorker from '../../../../workers/onnx.worker.ts?worker&url';
import { inWorker } from '../../onnx/session-in-worker.js';
import { admitting } from '../trusted-types.js';

const url = new URL(onnxWorker, import.meta.url).href;
const trusted = admitting(() => [url]);

export const openInWorker = inWorker(() => new Worker(trusted(url), { type: 'module' }));
