/**
 * onnxruntime-web as it is used here: opening a file and computing with it, one thing at a time. A host says how it is loaded, since its
 * WebAssembly lies somewhere else in each.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-web';

/** What computes: processor or graphics processor. */
export type Provider = 'wasm' | 'webgpu';

export interface OnnxRuntime {
  InferenceSession: { create(bytes: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession> };
  Tensor: typeof Tensor;
}

/** @throws InputError `no-runtime` */
export type LoadOnnxRuntime = (provider: Provider) => Promise<OnnxRuntime>;

const last = new Map<Provider, Promise<unknown>>();

/** The runtime of a provider is one for all of a thread, and is not entered while it works. */
export function inTurn<Result>(provider: Provider, work: () => Promise<Result>): Promise<Result> {
  const turn = (last.get(provider) ?? Promise.resolve()).then(work);
  last.set(
    provider,
    turn.catch(() => undefined),
  );
  return turn;
}
