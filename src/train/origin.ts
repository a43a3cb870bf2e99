/** Where a loss that is no number came from: the last steps are taken once more, from the last good state, and looked at layer by layer. */
import { throwIfAborted, yieldToEventLoop } from '../base/abort.js';
import { milliseconds } from '../base/clock.js';
import type { Network } from '../compute/engine.js';
import { lowerInference } from '../compute/plan/lower.js';
import type { Operation } from '../compute/plan/operation.js';
import { type Parameter, parametersOf } from '../compute/plan/parameters.js';
import { referenceOutputs } from '../compute/plan/reference.js';
import { multiplyAdds } from '../compute/plan/work.js';
import type { ModelSpec } from '../spec/model.js';
import { type Batch, stepsPerEpoch, type TrainingRows } from './batches.js';
import type { Recipe } from './recipe.js';
import { ratesAfter, scheduleFor } from './schedule.js';
import type { Resumption, TrainingState } from './state.js';

/** Milliseconds that looking may take. */
const patience = 15_000;
/** Multiplications of a batch, each with its addition, that are done in plain JavaScript: some seconds. */
const mostWork = 5e8;

export interface Origin {
  /** From 1. */
  step: number;
  batch: number;
  batches: number;
  /** In `model.layers`. */
  layer: number;
  /** `loss`: the outputs are numbers, and too large for it. */
  what: 'activations' | 'gradients' | 'weights' | 'loss';
}

export interface OriginRequest {
  recipe: Recipe;
  seed: number;
  training: TrainingRows;
  signals?: { signal?: AbortSignal | undefined } | undefined;
}

/**
 * Uses the network up.
 * @param from a whole state from before
 * @param reached what the training had come to: its curve decides learning rates
 * @param failed the step whose loss was no number, from 1
 */
export async function findOrigin(
  { recipe, seed, training, signals }: OriginRequest,
  network: Network,
  from: Resumption,
  reached: TrainingState,
  failed: number,
): Promise<Origin | undefined> {
  const batches = stepsPerEpoch(training.rows, recipe.batchSize);
  const schedule = scheduleFor(recipe, batches);
  const source = training.open(recipe.batchSize, seed);
  const deadline = milliseconds() + patience;
  try {
    network.setWeights(from.weights);
    network.setOptimizerState(from.optimizer);
    for (let step = from.state.steps; step < failed && milliseconds() < deadline; step++) {
      throwIfAborted(signals?.signal);
      const epoch = Math.floor(step / batches);
      const batch = await source.read(epoch, step - epoch * batches);
      const rate = ratesAfter(schedule, reached.curve.slice(0, epoch))(step);
      // The step before may have left weights that are no numbers: its own loss was one.
      const found =
        step < failed - 2
          ? void network.step(batch.inputs, batch.targets, batch.rows, rate)
          : await look(network, recipe.model, batch, rate);
      if (found) return { step: step + 1, batch: step - epoch * batches + 1, batches, ...found };
      if (step === failed - 1)
        return { step: step + 1, batch: step - epoch * batches + 1, batches, layer: recipe.model.layers.length - 1, what: 'loss' };
      if (step % 64 === 0) await network.losses().then(yieldToEventLoop);
    }
    return undefined;
  } finally {
    source.close();
  }
}

type Found = Pick<Origin, 'layer' | 'what'>;

/** Takes one step. */
async function look(network: Network, model: ModelSpec, { inputs, targets, rows }: Batch, rate: number): Promise<Found | undefined> {
  const activations = activationLayer(model, await network.weights(), inputs, rows);
  if (activations !== undefined) return { what: 'activations', layer: activations };
  network.step(inputs, targets, rows, rate);
  const parameters = parametersOf(model);
  const gradients = await network.gradients();
  // Gradients come from the end: the last layer that has none was the first to lose them.
  const backward = gradients && parameters.findLast((parameter) => !isWhole(parameter, gradients));
  if (backward) return { what: 'gradients', layer: backward.layer };
  const weights = await network.weights();
  const updated = parameters.find((parameter) => !isWhole(parameter, weights));
  return updated && { what: 'weights', layer: updated.layer };
}

const isWhole = ({ offset, size }: Parameter, values: Float32Array): boolean =>
  values.subarray(offset, offset + size).every(Number.isFinite);

/** The first layer whose outputs are beyond single precision, or no numbers. One without weights is told by the one before it that has some. */
function activationLayer(model: ModelSpec, weights: Float32Array, inputs: Float32Array, rows: number): number | undefined {
  if (multiplyAdds(model) * rows > mostWork) return undefined;
  let layer = 0;
  let found: number | undefined;
  referenceOutputs(lowerInference(model, rows), weights, inputs, rows, (operation, output) => {
    layer = ownLayer(operation) ?? layer;
    if (found === undefined && !output.every((value) => Number.isFinite(Math.fround(value)))) found = layer;
  });
  return found;
}

function ownLayer(operation: Operation): number | undefined {
  if ('weights' in operation) return operation.weights.layer;
  return 'parameters' in operation ? Object.values(operation.parameters)[0].layer : undefined;
}
