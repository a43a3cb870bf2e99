/** One network trained by one recipe: opened on a device, brought to its best weights, and let go of again. */
import { AbortError, TrainingError } from '../base/errors.js';
import type { Engine, Network } from '../compute/engine.js';
import { forwardRowsOf } from '../infer/forward.js';
import type { Incident } from '../spec/incident.js';
import type { TrainingRows } from './batches.js';
import type { Watch } from './insight/watch.js';
import { fit, type LoopEvent } from './loop.js';
import { learningOptions, optimizerOf } from './optimizers.js';
import { findOrigin } from './origin.js';
import type { Part } from './part.js';
import type { Recipe } from './recipe.js';
import { type Keep, Snapshots } from './snapshots.js';
import { beginning, copyOf, type Resumption, type TrainingState } from './state.js';
import { scoreOf } from './tasks/table.js';
import type { TrainingSignals } from './trainer.js';
import type { TrainingDevice } from './training-device.js';

export interface CandidateRequest {
  device: TrainingDevice;
  recipe: Recipe;
  seed: number;
  training: TrainingRows;
  validation: Part;
  resumption?: Resumption | undefined;
  watch?: Watch | undefined;
  /** Called every few seconds, and when the training is broken off. */
  keep?: Keep;
  signals?: TrainingSignals | undefined;
}

export interface Candidate {
  /** The device that it was trained on. */
  device: TrainingDevice;
  recipe: Recipe;
  state: TrainingState;
}

export type CandidateEvent = LoopEvent | { kind: 'incident'; incident: Incident };

/**
 * Passes the loop's events on and answers the trained candidate. A device that fails is the device's to mend; the training goes on from the
 * latest snapshot, and tells what came after it again. No network is left behind, however it ends.
 */
export async function* trainCandidate(request: CandidateRequest): AsyncGenerator<CandidateEvent, Candidate> {
  const { device, recipe, seed, resumption, watch, keep } = request;
  const snapshots = new Snapshots(resumption ?? beginning(recipe.model, optimizerOf(recipe), seed), keep);
  for (;;) {
    const { engine } = device;
    const state = copyOf(snapshots.latest.state);
    if (watch) state.insight = watch.insight;
    try {
      yield* train(request, engine, state, snapshots);
      return { device, recipe, state };
    } catch (error) {
      const incident = await device.recover({ error, engine, recipe, reached: state, from: snapshots.latest.state });
      yield { kind: 'incident', incident };
    }
  }
}

/** From the latest snapshot to the end. Brings `state` forward. */
async function* train(
  request: CandidateRequest,
  engine: Engine,
  state: TrainingState,
  snapshots: Snapshots,
): AsyncGenerator<CandidateEvent, void> {
  const { recipe, validation } = request;
  const capacity = Math.max(recipe.batchSize, forwardRowsOf(recipe.model));
  const network = await openNetwork(request, engine, capacity, snapshots.latest);
  const score = (outputs: Float32Array): number => scoreOf(validation.truth, outputs);
  let error: unknown = new AbortError();
  let isDone = false;
  try {
    for await (const event of fit({ ...request, network, capacity, validation: validation.examples, score, state })) {
      const incident = await snapshots.takeIfDue(state, network);
      if (incident) yield { kind: 'incident', incident };
      yield event;
    }
    isDone = true;
  } catch (thrown) {
    error = await explained(thrown, request, network, snapshots.latest, state);
    throw error;
  } finally {
    try {
      if (!isDone) await snapshots.breakOff(error, state, network);
    } finally {
      network.dispose();
    }
  }
}

/** A loss that is no number, with the layer where that began. */
async function explained(
  thrown: unknown,
  request: CandidateRequest,
  network: Network,
  from: Resumption,
  state: TrainingState,
): Promise<unknown> {
  if (!(thrown instanceof TrainingError) || thrown.code !== 'loss-not-finite') return thrown;
  const { message, advice, place } = thrown;
  const { layers } = request.recipe.model;
  try {
    const origin = await findOrigin(request, network, from, state, Number(place.step));
    if (!origin) return thrown;
    const { layer, what, step, batch, batches } = origin;
    const where = `It began with the ${what} of layer ${layer + 1} ("${layers[layer].kind}"), at step ${step}, batch ${batch} of ${batches}.`;
    return new TrainingError(thrown.code, `${message} ${where}`, { advice, place: { ...place, layer: layer + 1, batch } });
  } catch {
    // What was to be explained is the one to hear of.
    return thrown;
  }
}

async function openNetwork(
  { recipe, seed, device }: CandidateRequest,
  engine: Engine,
  capacity: number,
  { weights, optimizer }: Resumption,
): Promise<Network> {
  const network = await engine.prepare(recipe.model, {
    batchSize: capacity,
    microBatch: device.microBatch,
    ...learningOptions(recipe, seed),
  });
  try {
    network.setWeights(weights);
    network.setOptimizerState(optimizer);
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}
