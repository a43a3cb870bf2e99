/** Owns one model of another program and the runtime that computes it, so that it may take as long as it likes, and can be ended. */
import { loadOnnxRuntime } from '../src/host/browser/onnx/runtime.js';
import { createSession } from '../src/host/onnx/service.js';
import { expose } from '../src/remote/expose.js';

expose(async () => createSession(loadOnnxRuntime));
