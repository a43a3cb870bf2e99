/** onnxruntime-web on webgpu, loaded as a browser loads it: the same answers as on wasm. */
import { expect, test } from 'vitest';
import { loadOnnxRuntime } from '../../src/host/browser/onnx/runtime.js';
import { inspectOnnx } from '../../src/infer/onnx/inspect.js';
import { openSession } from '../../src/infer/onnx/session.js';
import { small } from '../unit/infer/onnx/build.js';

test.each(['wasm', 'webgpu'] as const)('a model answers on %s', async (provider) => {
  const predictor = await openSession(small(), inspectOnnx(small()), provider, loadOnnxRuntime);
  const [answer] = await predictor.run([{ name: 'x', type: 'float32', shape: [2, 2], data: Float32Array.of(1, -1, 2, 3) }]);
  expect(answer).toEqual({ name: 'y', type: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 14, 19, 24) });
  await predictor.dispose();
  await expect(predictor.run([{ name: 'x', type: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) }])).rejects.toMatchObject({
    code: 'model-closed',
  });
});
