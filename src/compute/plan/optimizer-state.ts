/** The optimizer's state as one array, the same on every device: its slots one after the other, then the number of steps taken. */
import { InputError } from '../../base/errors.js';
import type { OptimizerSpec } from '../engine.js';

/** A float holds integers up to 2^24 exactly; two hold any step count. */
const stepBase = 2 ** 20;
const stepNumbers = 2;

export interface OptimizerState {
  /** [parameters] each; those of Adam are the running means of the gradients and of their squares. */
  slots: Float32Array[];
  step: number;
}

/** How many numbers an optimizer keeps for each that it changes. */
export const slotCount = ({ kind }: Pick<OptimizerSpec, 'kind'>): number => (kind === 'adam' ? 2 : 1);

export function packOptimizerState({ slots, step }: OptimizerState): Float32Array {
  const length = slots.reduce((sum, slot) => sum + slot.length, 0);
  const state = new Float32Array(length + stepNumbers);
  let offset = 0;
  for (const slot of slots) {
    state.set(slot, offset);
    offset += slot.length;
  }
  state.set([step % stepBase, Math.floor(step / stepBase)], length);
  return state;
}

/** @throws InputError `optimizer-state` when the length does not fit the network */
export function unpackOptimizerState(state: Float32Array, slots: number, parameters: number): OptimizerState {
  const length = slots * parameters + stepNumbers;
  if (state.length !== length) {
    throw new InputError('optimizer-state', `The optimizer state has ${state.length} numbers; this network needs ${length}.`, {
      advice: 'Give the state that belongs to this model and optimizer.',
    });
  }
  const [low, high] = state.subarray(slots * parameters);
  return {
    slots: Array.from({ length: slots }, (_, slot) => state.subarray(slot * parameters, (slot + 1) * parameters)),
    step: high * stepBase + low,
  };
}
