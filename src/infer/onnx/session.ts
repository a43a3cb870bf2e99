/** An ONNX file at work on one provider. */
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { throwIfAborted } from '../../base/abort.js';
import { InputError } from '../../base/errors.js';
import type { ElementType } from '../../spec/tensor-model.js';
import { checkTensors } from '../tensors/check.js';
import type { TensorPredictor } from '../tensors/predictor.js';
import { arrayClass, canBeGiven, elementsIn, type NamedTensor, type TensorData } from '../tensors/tensor.js';
import { requireTensors, runtimeFailure } from './failures.js';
import type { InspectedModel } from './inspect.js';
import { inTurn, type LoadOnnxRuntime, type OnnxRuntime, type Provider } from './runtime.js';

/**
 * @param bytes of the file that was inspected
 * @throws InputError `unsupported-operator`, `unsupported-tensor` or `model-not-runnable`; `no-runtime`
 */
export async function openSession(
  bytes: Uint8Array,
  model: InspectedModel,
  provider: Provider,
  load: LoadOnnxRuntime,
): Promise<TensorPredictor> {
  requireTensors('input', model.inputs, canBeGiven);
  requireTensors('output', model.outputs, (type) => canBeGiven(type) || type === 'unknown');
  const runtime = await load(provider);
  try {
    const options: InferenceSession.SessionOptions = { executionProviders: [provider], logSeverityLevel: 4 };
    return new Session(await inTurn(provider, () => runtime.InferenceSession.create(bytes, options)), runtime, model, provider);
  } catch (thrown) {
    throw runtimeFailure(thrown, 'opened', model.inspection);
  }
}

class Session implements TensorPredictor {
  readonly inputs;
  readonly outputs;
  readonly #provider: Provider;
  readonly #session: InferenceSession;
  readonly #runtime: OnnxRuntime;
  readonly #model: InspectedModel;
  #isDisposed = false;

  constructor(session: InferenceSession, runtime: OnnxRuntime, model: InspectedModel, provider: Provider) {
    this.#session = session;
    this.#runtime = runtime;
    this.#model = model;
    this.inputs = model.inputs;
    this.outputs = model.outputs;
    this.#provider = provider;
  }

  async run(tensors: readonly NamedTensor[], { signal }: { signal?: AbortSignal | undefined } = {}): Promise<NamedTensor[]> {
    checkTensors(this.inputs, tensors);
    const feeds = Object.fromEntries(tensors.map((tensor) => [tensor.name, this.#tensor(tensor)]));
    const results = await inTurn(this.#provider, async () => {
      throwIfAborted(signal);
      if (this.#isDisposed) throw modelClosed();
      try {
        // What was wrong is thrown: the runtime would write it to the console as well, with what was sent.
        return await this.#session.run(feeds, { logSeverityLevel: 4 });
      } catch (thrown) {
        throw runtimeFailure(thrown, 'run', this.#model.inspection);
      }
    });
    throwIfAborted(signal);
    return this.outputs.map(({ name }) => named(name, results[name]));
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    await inTurn(this.#provider, () => this.#session.release());
  }

  #tensor({ type, shape, data }: NamedTensor): Tensor {
    const { Tensor } = this.#runtime;
    const values = type === 'float16' ? halves(data as Uint16Array) : data;
    return new Tensor(type as Tensor.Type, values as Float32Array, shape);
  }
}

interface HalfArrays {
  Float16Array?: new (buffer: ArrayBufferLike, start: number, length: number) => ArrayBufferView;
}

/** Where a host has an array for them, the runtime wants it. */
function halves(bits: Uint16Array): Uint16Array | ArrayBufferView {
  const { Float16Array } = globalThis as HalfArrays;
  return Float16Array ? new Float16Array(bits.buffer, bits.byteOffset, bits.length) : bits;
}

function named(name: string, result: Tensor | undefined): NamedTensor {
  const type = result?.type as ElementType | undefined;
  if (!result || !type || !canBeGiven(type)) throw noTensor(name);
  return { name, type, shape: [...result.dims], data: owned(type, result) };
}

/** What an optional or a sequence is, is known only when it comes out. */
const noTensor = (name: string): InputError =>
  new InputError('unsupported-tensor', `The output "${name}" is no tensor.`, {
    advice: 'Export the model with tensors as outputs.',
    place: { tensor: name },
  });

/** Without the runtime's memory behind it, which is used again. */
function owned(type: ElementType, { data, dims }: Tensor): TensorData {
  const Class = arrayClass(type);
  if (!Class) return [...(data as string[])];
  const view = data as Uint8Array;
  const copy = new Class(elementsIn(dims));
  new Uint8Array(copy.buffer).set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  return copy;
}

export const modelClosed = (): InputError => new InputError('model-closed', 'The model has been closed.', { advice: 'Open it again.' });
