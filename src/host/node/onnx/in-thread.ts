/** Models of other programs in threads. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openHere } from '../../../infer/onnx/open.js';
import { inWorker } from '../../onnx/session-in-worker.js';
import { loadOnnxRuntime } from './runtime.js';
import { Thread } from './thread.js';

/** Built from `onnx-thread.ts`, beside the file that this one becomes a part of. */
const script = new URL('./onnx-thread.js', import.meta.url);

/** Where the sources are run as they are, as tests do, there is no script for a thread. */
export const openInThread = existsSync(fileURLToPath(script)) ? inWorker(() => new Thread(script)) : openHere(loadOnnxRuntime);
