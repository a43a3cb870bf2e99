/** The worker's side of a model of another program: it holds one, and does nothing else. */
import type { InspectedModel } from '../../infer/onnx/inspect.js';
import type { LoadOnnxRuntime, Provider } from '../../infer/onnx/runtime.js';
import { openSession } from '../../infer/onnx/session.js';
import type { TensorPredictor } from '../../infer/tensors/predictor.js';
import type { NamedTensor } from '../../infer/tensors/tensor.js';
import type { Shapes } from '../../remote/shape.js';

export interface SessionServices {
  session: {
    /** Before anything is run. @throws as `OpenOnnx` does */
    open(bytes: Uint8Array, model: InspectedModel, provider: Provider): Promise<void>;
    run(tensors: readonly NamedTensor[]): Promise<NamedTensor[]>;
  };
}

export const sessionShapes: Shapes<SessionServices> = { session: { open: 'value', run: 'fresh' } };

export function createSession(load: LoadOnnxRuntime): SessionServices {
  let opened: TensorPredictor;
  return {
    session: {
      async open(bytes, model, provider) {
        opened = await openSession(bytes, model, provider, load);
      },
      run: (tensors) => opened.run(tensors),
    },
  };
}
