/** One network trained by one recipe: opened on a device, brought to its best weights, and let go of again. */
import { milliseconds } from '../base/clock.js';
import { AbortError } from '../base/errors.js';
import type { Engine, Network } from '../compute/engine.js';
import { initialWeights } from '../compute/plan/initial-weights.js';
import { forwardRowsOf } from '../infer/forward.js';
import type { TrainingRows } from './batches.js';
import type { Watch } from './insight/watch.js';
import { fit, type LoopEvent } from './loop.js';
import { optimizerFor } from './optimizers.js';
import type { Part } from './part.js';
import type { Recipe } from './recipe.js';
import { initialState, type Resumption, type TrainingState } from './state.js';
import { scoreOf } from './tasks/table.js';
import type { TrainingSignals } from './trainer.js';

/** Milliseconds: at most this much work is lost when everything stops without warning. */
const keepEvery = 8000;
/** Milliseconds to the first checkpoint: whoever reloads soon finds a run to go on with. */
const firstKept = 1000;

export interface CandidateRequest {
  engine: Engine;
  recipe: Recipe;
  seed: number;
  training: TrainingRows;
  validation: Part;
  resumption?: Resumption | undefined;
  watch?: Watch | undefined;
  /** Called every few seconds, and when the training is broken off. */
  keep?: (state: TrainingState, network: Network) => Promise<void>;
  signals?: TrainingSignals | undefined;
}

export interface Candidate {
  /** The device that it was trained on. */
  engine: Engine;
  recipe: Recipe;
  state: TrainingState;
}

/** Passes the loop's events on and answers the trained candidate. No network is left behind, however it ends. */
export async function* trainCandidate(request: CandidateRequest): AsyncGenerator<LoopEvent, Candidate> {
  const { engine, recipe, seed, training, validation, resumption, watch, keep, signals } = request;
  const weights = resumption?.weights ?? initialWeights(recipe.model, seed);
  const state = resumption?.state ?? initialState(weights);
  if (watch) state.insight = watch.insight;
  const capacity = Math.max(recipe.batchSize, forwardRowsOf(recipe.model));
  const network = await engine.prepare(recipe.model, {
    batchSize: capacity,
    seed,
    optimizer: optimizerFor(recipe.optimizer ?? 'adam', recipe),
    ...(recipe.labelSmoothing ? { labelSmoothing: recipe.labelSmoothing } : {}),
  });
  let brokenOff = true;
  try {
    network.setWeights(weights);
    if (resumption) network.setOptimizerState(resumption.optimizer);
    const score = (outputs: Float32Array): number => scoreOf(validation.truth, outputs);
    const events = fit({
      network,
      capacity,
      recipe,
      seed,
      training,
      validation: validation.examples,
      score,
      state,
      watch,
      ...(signals ? { signals } : {}),
    });
    let due = milliseconds() + firstKept;
    for await (const event of events) {
      if (keep && milliseconds() > due) {
        await keep(state, network);
        due = milliseconds() + keepEvery;
      }
      yield event;
    }
    brokenOff = false;
    return { engine, recipe, state };
  } catch (error) {
    // After a diverged step or on a lost device there is nothing worth keeping; what was kept before stays.
    brokenOff = error instanceof AbortError;
    throw error;
  } finally {
    try {
      if (brokenOff) await keep?.(state, network);
    } finally {
      network.dispose();
    }
  }
}
