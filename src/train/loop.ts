/**
 * The training loop: epochs of seeded batches, a validation after each, early stopping with the best weights kept. It
 * knows networks and arrays only; tables, records and checkpoints are its caller's.
 */
import { throwIfAborted, yieldToEventLoop } from '../base/abort.js';
import { milliseconds } from '../base/clock.js';
import { TrainingError } from '../base/errors.js';
import type { Network } from '../compute/engine.js';
import { outputWidth } from '../compute/plan/parameters.js';
import { forwardAll } from '../infer/forward.js';
import type { InsightEpoch } from '../spec/insight.js';
import type { CurvePoint } from '../spec/run.js';
import { type BatchSource, type Examples, stepsPerEpoch, type TrainingRows } from './batches.js';
import type { Watch } from './insight/watch.js';
import { meanLoss } from './losses.js';
import { Pace, type Progress } from './pace.js';
import type { Recipe } from './recipe.js';
import { RunawayLoss } from './runaway.js';
import { ratesAfter, type Schedule, scheduleFor } from './schedule.js';
import { Slices } from './slices.js';
import type { TrainingState } from './state.js';
import type { TrainingSignals } from './trainer.js';

export interface LoopRequest {
  /** Its weights and optimizer state stand where `state` does. */
  network: Network;
  /** The most rows that the network was prepared for. */
  capacity: number;
  recipe: Recipe;
  seed: number;
  training: TrainingRows;
  validation: Examples;
  /** Accuracy or r2 of outputs on the validation rows. */
  score: (outputs: Float32Array) => number;
  /** Brought forward in place; consistent at every event and after every error, so that it can be kept then. */
  state: TrainingState;
  /** Looks at the network as each epoch ends. */
  watch?: Watch | undefined;
  signals?: TrainingSignals;
}

export type LoopEvent = Progress | { kind: 'epoch'; point: CurvePoint; best: boolean; seen?: InsightEpoch };

/**
 * Trains until the recipe's epochs are over, its patience is at an end or `signals.stop` is aborted. `state.best` then
 * holds the best weights of at least one epoch, be it a shortened one. Nothing is computed between two requests for an event.
 * @throws AbortError after `signals.signal`; TrainingError `loss-not-finite` or `loss-diverged`
 */
export async function* fit(request: LoopRequest): AsyncGenerator<LoopEvent, void> {
  const batches = request.training.open(request.recipe.batchSize, request.seed);
  try {
    yield* learn(request, batches);
  } finally {
    batches.close();
  }
}

async function* learn(request: LoopRequest, batches: BatchSource): AsyncGenerator<LoopEvent, void> {
  const { recipe, training, state, signals } = request;
  const perEpoch = stepsPerEpoch(training.rows, recipe.batchSize);
  const schedule = scheduleFor(recipe, perEpoch);
  const slices = new Slices();
  const runaway = new RunawayLoss(recipe.model);
  const pace = new Pace(state, { epochs: recipe.epochs, stepsPerEpoch: perEpoch, rows: training.rows });
  const stopped = (): boolean => signals?.stop?.aborted === true;

  while (state.epoch < recipe.epochs && !patienceIsOver(recipe, state) && !(stopped() && state.curve.length > 0)) {
    const epochEnd = (state.epoch + 1) * perEpoch;
    while (state.steps < epochEnd && !stopped()) {
      throwIfAborted(signals?.signal);
      const started = milliseconds();
      const count = Math.min(slices.steps, epochEnd - state.steps);
      const losses = await takeSteps(request, schedule, count, (step) => batches.read(state.epoch, step - state.epoch * perEpoch));
      const loss = losses[count - 1];
      if (runaway.record(losses)) throw lossDiverged(state.epoch + 1, state.steps, loss);
      slices.record(count, milliseconds() - started);
      pace.record(milliseconds() - started);
      await yieldToEventLoop();
      if (pace.due()) yield pace.progress(loss);
    }
    throwIfAborted(signals?.signal);
    const started = milliseconds();
    const event = await closeEpoch(request, ratesAfter(schedule, state.curve)(state.steps - 1));
    pace.record(milliseconds() - started);
    yield event;
  }
}

const patienceIsOver = ({ patience }: Recipe, { epoch, best }: TrainingState): boolean => patience > 0 && epoch - best.epoch >= patience;

type ReadBatch = (step: number) => ReturnType<BatchSource['read']>;

/** Queues some steps, waits for their losses and answers them. */
async function takeSteps({ network, state }: LoopRequest, schedule: Schedule, count: number, read: ReadBatch): Promise<Float32Array> {
  const rows = new Float64Array(count);
  const rateAt = ratesAfter(schedule, state.curve);
  for (let index = 0; index < count; index++) {
    const asked = read(state.steps + index);
    const batch = asked instanceof Promise ? await asked : asked;
    network.step(batch.inputs, batch.targets, batch.rows, rateAt(state.steps + index));
    rows[index] = batch.rows;
  }
  const losses = await network.losses();
  for (let index = 0; index < count; index++) {
    if (!Number.isFinite(losses[index])) {
      throw lossNotFinite(state.epoch + 1, state.steps + index + 1, rateAt(state.steps + index));
    }
    state.lossSum += losses[index] * rows[index];
    state.examples += rows[index];
  }
  state.steps += count;
  return losses;
}

/** Validates, keeps the weights when they are the best so far, and writes the epoch on the curve. */
async function closeEpoch(request: LoopRequest, learningRate: number): Promise<LoopEvent> {
  const { network, capacity, recipe, validation, score, state, watch, signals } = request;
  const { inputs, reduction } = validation;
  const outputs = await forwardAll({ network, inputs, outputs: outputWidth(recipe.model), capacity, reduction, signal: signals?.signal });
  const validationLoss = meanLoss(recipe.model, outputs, validation);
  if (!Number.isFinite(validationLoss)) throw lossNotFinite(state.epoch + 1, state.steps, learningRate);
  const best = validationLoss < state.best.loss;
  const weights = best ? await network.weights() : undefined;
  const seen = await watch?.look(state.epoch + 1, network, outputs);
  const point: CurvePoint = {
    epoch: ++state.epoch,
    // Stopped before the first step there is no training loss; the validation loss stands in.
    trainingLoss: state.examples > 0 ? state.lossSum / state.examples : validationLoss,
    validationLoss,
    validationScore: score(outputs),
    learningRate,
  };
  if (weights) state.best = { epoch: point.epoch, loss: validationLoss, weights };
  state.curve.push(point);
  state.lossSum = 0;
  state.examples = 0;
  return { kind: 'epoch', point, best, ...(seen ? { seen } : {}) };
}

const lossNotFinite = (epoch: number, step: number, learningRate: number): TrainingError =>
  new TrainingError(
    'loss-not-finite',
    `The loss stopped being a finite number in epoch ${epoch} at step ${step}, at a learning rate of ${learningRate}.`,
    {
      advice: 'Train again with a smaller learning rate, for example a tenth of it.',
      place: { epoch, step },
    },
  );

const lossDiverged = (epoch: number, step: number, loss: number): TrainingError =>
  new TrainingError(
    'loss-diverged',
    `The training diverges: in epoch ${epoch} at step ${step} the loss is ${loss}, far above where it began.`,
    {
      advice: 'Train again with a smaller learning rate, for example a tenth of it, or with gradients clipped.',
      place: { epoch, step },
    },
  );
