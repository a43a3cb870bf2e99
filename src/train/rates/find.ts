/** A search for a learning rate (Smith, 1506.01186): the network of a training, with a rate that rises with every step. Nothing of it is kept. */
import { throwIfAborted, yieldToEventLoop } from '../../base/abort.js';
import { milliseconds } from '../../base/clock.js';
import { drained } from '../../base/drained.js';
import { TrainingError } from '../../base/errors.js';
import type { Network } from '../../compute/engine.js';
import { initialWeights } from '../../compute/plan/initial-weights.js';
import { type RateFinding, type RatePoint, RateSearch } from '../../spec/learning-rate.js';
import { TrainingSpec } from '../../spec/training.js';
import { validate } from '../../spec/validate.js';
import { type BatchSource, stepsPerEpoch } from '../batches.js';
import { chooseDevice } from '../device.js';
import { openRequest } from '../open-request.js';
import { learningOptions } from '../optimizers.js';
import { recipesFor } from '../presets/auto.js';
import { Slices } from '../slices.js';
import type { TrainerParts } from '../train-run.js';
import type { RateEvent, TrainingRequest, TrainingSignals } from '../trainer.js';
import { RateCurve, type RatePlan, rateOf, ratePlan, readRates } from './curve.js';

export async function* findLearningRate(
  parts: TrainerParts,
  request: TrainingRequest,
  search: RateSearch = {},
  signals?: TrainingSignals,
): AsyncGenerator<RateEvent, RateFinding> {
  const signal = signals?.signal;
  const { devices, defaultDevice } = parts;
  const spec = validate(TrainingSpec, request.spec, 'training-spec');
  const plan = ratePlan(validate(RateSearch, search, 'rate-search'));
  const seed = spec.seed ?? 0;
  yield { kind: 'stage', stage: 'reading' };
  const opened = await openRequest(parts, request, spec, signal);
  throwIfAborted(signal);
  yield { kind: 'stage', stage: 'preparing' };
  const { training, facts } = await drained(opened.prepare(signal));
  const { main } = recipesFor(spec, facts);
  throwIfAborted(signal);
  yield { kind: 'stage', stage: 'choosing-device' };
  const { device } = await chooseDevice(devices, main, spec.device ?? defaultDevice);
  const engine = await devices.engine(device);
  throwIfAborted(signal);
  yield { kind: 'stage', stage: 'training' };
  const network = await engine.prepare(main.model, { batchSize: main.batchSize, ...learningOptions(main, seed) });
  const batches = training.open(main.batchSize, seed);
  const curve = new RateCurve(plan);
  try {
    network.setWeights(initialWeights(main.model, seed));
    yield* rising({ network, batches, plan, curve, perEpoch: stepsPerEpoch(training.rows, main.batchSize), signals });
  } finally {
    batches.close();
    network.dispose();
  }
  const reading = readRates(curve.points);
  if (!reading) throw notFound(curve);
  const { task } = opened.subject;
  const { preset, batchSize, learningRate } = main;
  return {
    ...{ task, target: spec.target, device, preset, seed, batchSize, learningRate },
    ...reading,
    diverged: curve.diverged,
    curve: curve.points,
  };
}

interface Rising {
  network: Network;
  batches: BatchSource;
  plan: RatePlan;
  curve: RateCurve;
  perEpoch: number;
  signals: TrainingSignals | undefined;
}

/** Steps beyond the divergence that a slice has taken are not looked at: how long slices are changes nothing. */
async function* rising({ network, batches, plan, curve, perEpoch, signals }: Rising): AsyncGenerator<RateEvent, void> {
  const slices = new Slices();
  for (let step = 0; !curve.isOver && !signals?.stop?.aborted; ) {
    throwIfAborted(signals?.signal);
    const started = milliseconds();
    const count = Math.min(slices.steps, plan.steps - step);
    for (let index = step; index < step + count; index++) {
      const { inputs, targets, rows } = await batches.read(Math.floor(index / perEpoch), index % perEpoch);
      network.step(inputs, targets, rows, rateOf(plan, index));
    }
    const points: RatePoint[] = [];
    for (const loss of await network.losses()) {
      const point = curve.isOver ? undefined : curve.add(loss);
      if (point) points.push(point);
    }
    step += count;
    slices.record(count, milliseconds() - started);
    await yieldToEventLoop();
    yield { kind: 'rates', steps: plan.steps, points };
  }
}

const notFound = ({ points, diverged }: RateCurve): TrainingError =>
  new TrainingError(
    'rate-not-found',
    diverged
      ? `The loss grew from the beginning: it diverged after ${points.length} steps.`
      : `The loss did not fall at any rate up to ${points.at(-1)?.rate ?? 0}.`,
    { advice: 'Look at the data and the target first; or search between other rates.' },
  );
