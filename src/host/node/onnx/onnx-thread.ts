/** What a thread runs that holds a model of another program. */
import { parentPort } from 'node:worker_threads';
import { expose } from '../../../remote/expose.js';
import { createSession } from '../../onnx/service.js';
import { loadOnnxRuntime } from './runtime.js';

expose(async () => createSession(loadOnnxRuntime), parentPort as unknown as Parameters<typeof expose>[1]);
