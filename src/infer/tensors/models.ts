/** Models of other programs that are kept: list, use by tensors, rename, delete, restore. They come in by `Models.import`. */
import type { TensorModelRecord, TensorSpec } from '../../spec/tensor-model.js';
import type { NamedTensor } from './tensor.js';

export interface TensorRunOptions {
  signal?: AbortSignal;
  /** Left out: chosen by measuring, once for each model while it is open. */
  provider?: 'wasm' | 'webgpu';
}

export interface TensorAnswer {
  /** In the order of the model's outputs. */
  outputs: NamedTensor[];
  /** What has computed it, and why it was chosen. */
  provider: 'wasm' | 'webgpu';
  reason: string;
}

export interface TensorModels {
  list(): Promise<TensorModelRecord[]>;
  /** @throws InputError `unknown-model` */
  get(id: string): Promise<TensorModelRecord>;
  /** What it takes and gives; of a model of ours a tensor for each column, with a value for each row. */
  describe(id: string): Promise<{ inputs: TensorSpec[]; outputs: TensorSpec[] }>;
  /**
   * @param id of a model of another program, or of ours
   * @throws InputError `wrong-input`, `missing-input` or `unknown-input`, naming the tensor, what was expected and what was given;
   * `unsupported-operator` naming the operator, `unsupported-tensor`, `model-not-runnable` or `run-failed`; StorageError where the file is damaged
   */
  run(id: string, tensors: readonly NamedTensor[], options?: TensorRunOptions): Promise<TensorAnswer>;
  rename(id: string, name: string): Promise<TensorModelRecord>;
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
}
