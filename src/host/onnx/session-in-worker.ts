/**
 * A model of another program in a worker of its own: whoever asks goes on while it computes, what is called off really stops, and its
 * memory, which the runtime never gives back, goes with the worker.
 */
import { throwIfAborted, untilAborted } from '../../base/abort.js';
import { milliseconds } from '../../base/clock.js';
import type { OnnxFile, OpenOnnx } from '../../infer/onnx/open.js';
import type { Provider } from '../../infer/onnx/runtime.js';
import { modelClosed } from '../../infer/onnx/session.js';
import { checkTensors } from '../../infer/tensors/check.js';
import type { TensorPredictor } from '../../infer/tensors/predictor.js';
import type { NamedTensor } from '../../infer/tensors/tensor.js';
import { type Connection, connect } from '../../remote/connect.js';
import type { WorkerLike } from '../../remote/worker-like.js';
import { type SessionServices, sessionShapes } from './service.js';

/** @param spawn a worker that exposes `createSession` */
export const inWorker =
  (spawn: () => WorkerLike): OpenOnnx =>
  async (file, provider) => {
    const session = new SessionInWorker(spawn, file, provider);
    await session.open();
    return session;
  };

class SessionInWorker implements TensorPredictor {
  readonly inputs;
  readonly outputs;
  readonly #provider: Provider;
  readonly #spawn: () => WorkerLike;
  readonly #file: OnnxFile;
  #worker: Connection<SessionServices> | undefined;
  /** Milliseconds that opening took. */
  #opening = 0;
  #last: Promise<unknown> = Promise.resolve();
  #isDisposed = false;

  constructor(spawn: () => WorkerLike, file: OnnxFile, provider: Provider) {
    this.#spawn = spawn;
    this.#file = file;
    this.inputs = file.model.inputs;
    this.outputs = file.model.outputs;
    this.#provider = provider;
  }

  /** Before it is run, and again by itself. @throws as `OpenOnnx` does */
  async open(): Promise<Connection<SessionServices>> {
    const began = milliseconds();
    const bytes = await this.#file.read();
    // A run may take as long as it likes: who waits for it can call it off.
    const worker = connect<SessionServices>(this.#spawn, sessionShapes, {
      hungAfter: Number.POSITIVE_INFINITY,
      ended: () => (this.#worker = undefined),
    });
    try {
      await worker.services.session.open(bytes, this.#file.model, this.#provider);
    } catch (thrown) {
      worker.close();
      throw thrown;
    }
    this.#opening = milliseconds() - began;
    this.#worker = worker;
    return worker;
  }

  /** Who calls off is told at once; what others asked is computed afterwards, by the model opened again where it had to be ended. */
  async run(tensors: readonly NamedTensor[], { signal }: { signal?: AbortSignal | undefined } = {}): Promise<NamedTensor[]> {
    checkTensors(this.inputs, tensors);
    const turn = this.#last.then(() => this.#compute(tensors, signal));
    this.#last = turn.catch(() => undefined);
    return untilAborted(signal, turn);
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#last;
    this.#worker?.close();
  }

  async #compute(tensors: readonly NamedTensor[], signal: AbortSignal | undefined): Promise<NamedTensor[]> {
    throwIfAborted(signal);
    if (this.#isDisposed) throw modelClosed();
    const worker = this.#worker ?? (await this.open());
    const done = new AbortController();
    // To open it again costs what it cost before: until then a run that is no longer wanted may come to its end.
    const callOff = (): void => {
      const late = setTimeout(() => worker.close(), this.#opening);
      done.signal.addEventListener('abort', () => clearTimeout(late));
    };
    if (signal?.aborted) callOff();
    signal?.addEventListener('abort', callOff, { signal: done.signal });
    try {
      return await worker.services.session.run(tensors);
    } finally {
      done.abort();
    }
  }
}
