/** Outputs of known weights on some rows, from a network opened for just that. */
import type { Engine } from '../compute/engine.js';
import type { ModelSpec } from '../spec/model.js';
import { forwardAll, forwardRows, outputsOf } from './forward.js';

export interface AnswersRequest {
  engine: Engine;
  model: ModelSpec;
  weights: Float32Array;
  /** [rows, inputs] */
  inputs: Float32Array;
  rows: number;
  signal?: AbortSignal | undefined;
}

/** [rows, outputs]: probabilities or scaled values. No network is left behind. */
export async function answersOf({ engine, model, weights, inputs, rows, signal }: AnswersRequest): Promise<Float32Array> {
  const network = await engine.prepare(model, { batchSize: forwardRows, seed: 0 });
  try {
    network.setWeights(weights);
    return await forwardAll({ network, inputs, rows, outputs: outputsOf(model), capacity: forwardRows, signal });
  } finally {
    network.dispose();
  }
}
