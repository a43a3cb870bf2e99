/** A model as tensors in and tensors out, whatever wrote it: the one interface over models of ours and of other programs. */
import type { TensorSpec } from '../../spec/tensor-model.js';
import type { NamedTensor } from './tensor.js';

export interface TensorPredictor {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /**
   * Every output, in the order of `outputs`.
   * @param tensors one for each of the inputs, in any order
   * @throws InputError `wrong-input`, `missing-input` or `unknown-input`, naming the tensor, what was expected and what was given; AbortError
   */
  run(tensors: readonly NamedTensor[], options?: { signal?: AbortSignal | undefined }): Promise<NamedTensor[]>;
  /** Lets what is being computed be computed, then frees what it holds. */
  dispose(): Promise<void>;
}
