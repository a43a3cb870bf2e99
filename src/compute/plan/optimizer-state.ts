/** The optimizer's state as one array, the same on every device: both moments, then the number of steps taken. */
import { InputError } from '../../base/errors.js';

/** A float holds integers up to 2^24 exactly; two hold any step count. */
const stepBase = 2 ** 20;
const stepNumbers = 2;

export interface OptimizerState {
  /** [parameters] each: running means of the gradients and of their squares. */
  means: Float32Array;
  variances: Float32Array;
  step: number;
}

export function packOptimizerState({ means, variances, step }: OptimizerState): Float32Array {
  const state = new Float32Array(2 * means.length + stepNumbers);
  state.set(means);
  state.set(variances, means.length);
  state.set([step % stepBase, Math.floor(step / stepBase)], 2 * means.length);
  return state;
}

/** @throws InputError `optimizer-state` when the length does not fit the network */
export function unpackOptimizerState(state: Float32Array, parameters: number): OptimizerState {
  if (state.length !== 2 * parameters + stepNumbers) {
    throw new InputError(
      'optimizer-state',
      `The optimizer state has ${state.length} numbers; this network needs ${2 * parameters + stepNumbers}.`,
      {
        advice: 'Give the state that belongs to this model.',
      },
    );
  }
  const [low, high] = state.subarray(2 * parameters);
  return { means: state.subarray(0, parameters), variances: state.subarray(parameters, 2 * parameters), step: high * stepBase + low };
}
