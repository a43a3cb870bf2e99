/** Outputs of known weights on some rows, from a network opened for just that. */
import type { Engine } from '../compute/engine.js';
import { outputWidth } from '../compute/plan/parameters.js';
import type { InputBlocks, InputRows } from '../data/inputs.js';
import type { ModelSpec } from '../spec/model.js';
import { forwardAll, forwardRowsOf } from './forward.js';
import type { RowReduction } from './reconstruction.js';

export interface AnswersRequest {
  engine: Engine;
  model: ModelSpec;
  weights: Float32Array;
  inputs: InputRows | InputBlocks;
  reduction?: RowReduction | undefined;
  signal?: AbortSignal | undefined;
}

/** [rows, outputs]: probabilities or scaled values, or what is kept of them. No network is left behind. */
export async function answersOf({ engine, model, weights, inputs, reduction, signal }: AnswersRequest): Promise<Float32Array> {
  const capacity = forwardRowsOf(model);
  const network = await engine.prepare(model, { batchSize: capacity, seed: 0 });
  try {
    network.setWeights(weights);
    return await forwardAll({ network, inputs, outputs: outputWidth(model), capacity, reduction, signal });
  } finally {
    network.dispose();
  }
}
