/** Where a training stands, apart from what the network itself holds: enough, with those, to go on exactly. */

import type { OptimizerSpec } from '../compute/engine.js';
import { initialWeights } from '../compute/plan/initial-weights.js';
import { packOptimizerState, slotCount } from '../compute/plan/optimizer-state.js';
import type { RunInsight } from '../spec/insight.js';
import type { ModelSpec } from '../spec/model.js';
import type { CurvePoint } from '../spec/run.js';

export interface Best {
  /** From 1; 0 are the weights to start from. */
  epoch: number;
  loss: number;
  weights: Float32Array;
}

export interface TrainingState {
  /** Epochs completed. */
  epoch: number;
  /** Steps completed, those of the unfinished epoch too. */
  steps: number;
  /** Sum over the examples seen in the unfinished epoch. */
  lossSum: number;
  examples: number;
  curve: CurvePoint[];
  best: Best;
  /** Seconds of work; pauses do not count. */
  seconds: number;
  /** What was seen of it, where it is watched. */
  insight?: RunInsight;
}

export const initialState = (weights: Float32Array): TrainingState => ({
  epoch: 0,
  steps: 0,
  lossSum: 0,
  examples: 0,
  curve: [],
  best: { epoch: 0, loss: Number.POSITIVE_INFINITY, weights },
  seconds: 0,
});

/** A training to go on with: all that it is at one moment. */
export interface Resumption {
  state: TrainingState;
  weights: Float32Array;
  optimizer: Float32Array;
}

export function beginning(model: ModelSpec, optimizer: OptimizerSpec, seed: number): Resumption {
  const weights = initialWeights(model, seed);
  const slots = Array.from({ length: slotCount(optimizer) }, () => new Float32Array(weights.length));
  return { state: initialState(weights), weights, optimizer: packOptimizerState({ slots, step: 0 }) };
}

/** A state that can be brought forward while the other stays. */
export const copyOf = ({ insight, ...state }: TrainingState): TrainingState => ({
  ...state,
  curve: [...state.curve],
  ...(insight ? { insight: { ...insight, epochs: [...insight.epochs] } } : {}),
});
