/**
 * k-fold cross-validation: each fold tests what was trained on the others, of whose rows a share validates. Every fold has
 * a pipeline, a linear model and a baseline of its own; nothing is kept.
 */
import { throwIfAborted } from '../base/abort.js';
import { newIdentifier } from '../base/identifier.js';
import { asVersion } from '../data/versions/history.js';
import { openInferenceEngine } from '../infer/engine.js';
import type { Metrics } from '../spec/metrics.js';
import type { CrossValidationReport } from '../spec/report.js';
import type { Scores } from '../spec/run.js';
import { TrainingSpec } from '../spec/training.js';
import { validate } from '../spec/validate.js';
import type { CandidateEvent } from './candidate.js';
import { chooseDevice } from './device.js';
import { datasetRecord } from './load.js';
import { openFolds } from './open-subject.js';
import { recipesFor } from './presets/auto.js';
import { relay } from './relay.js';
import { type Session, scoresOf, trainLinear, trainMain, winner } from './session.js';
import { meanOf, standardErrorOf } from './summary.js';
import { baselineOf } from './tasks/table.js';
import type { TrainerParts } from './train-run.js';
import type { TrainingEvent, TrainingRequest, TrainingSignals } from './trainer.js';
import { TrainingDevice } from './training-device.js';

interface FoldOutcome {
  scores: Scores;
  baseline: Metrics;
  linear: Metrics;
  epochs: number;
  steps: number;
  seconds: number;
}

/** `signals.stop` ends it after the fold at work; the report then has fewer folds. */
export async function* crossValidation(
  { store, devices, readBuiltin, defaultDevice, limits }: TrainerParts,
  request: TrainingRequest,
  folds: number,
  signals?: TrainingSignals,
): AsyncGenerator<TrainingEvent, CrossValidationReport> {
  const run = newIdentifier();
  const spec = validate(TrainingSpec, request.spec, 'training-spec');
  const seed = spec.seed ?? 0;
  yield { kind: 'stage', stage: 'reading', run };
  const record = asVersion(await datasetRecord(store, request.dataset), request.version);
  const { subject, folds: divisions } = await openFolds(
    { store, devices, readBuiltin },
    { record, spec, seed, limits, folds },
    signals?.signal,
  );
  yield { kind: 'stage', stage: 'preparing', run };
  const first = yield* divisions[0](signals?.signal);
  const preset = recipesFor(spec, first.facts);
  yield { kind: 'stage', stage: 'choosing-device', run };
  const device = await chooseDevice(devices, preset.main, spec.device ?? defaultDevice);
  yield { kind: 'device', choice: device };
  const engines = {
    device: new TrainingDevice(await devices.engine(device.device), devices),
    besideEngine: await openInferenceEngine(devices),
  };
  yield { kind: 'stage', stage: 'training', run };
  const outcomes: FoldOutcome[] = [];
  for (const prepare of divisions) {
    throwIfAborted(signals?.signal);
    if (signals?.stop?.aborted && outcomes.length > 0) break;
    const prepared = outcomes.length === 0 ? first : yield* prepare(signals?.signal);
    const recipes = recipesFor(spec, prepared.facts);
    const session: Session = { ...engines, prepared, recipes, seed, signals: { signal: signals?.signal } };
    const outcome = yield* trainFold(session);
    outcomes.push(outcome);
    yield { kind: 'fold', fold: outcomes.length, folds: divisions.length, scores: outcome.scores };
  }
  const tested = outcomes.map(({ scores }) => scores.test);
  const total = (figure: (outcome: FoldOutcome) => number): number => outcomes.reduce((sum, outcome) => sum + figure(outcome), 0);
  return {
    task: subject.task,
    preset: preset.compete ? 'auto' : preset.main.preset,
    device: engines.device.engine.device,
    folds: tested,
    mean: meanOf(tested),
    standardError: standardErrorOf(tested),
    baseline: meanOf(outcomes.map(({ baseline }) => baseline)),
    linear: meanOf(outcomes.map(({ linear }) => linear)),
    rows: first.rows,
    epochs: Math.round(total(({ epochs }) => epochs) / outcomes.length),
    steps: total(({ steps }) => steps),
    seconds: total(({ seconds }) => seconds),
  };
}

async function* trainFold(session: Session): AsyncGenerator<TrainingEvent, FoldOutcome> {
  const { device, prepared } = session;
  const progressOnly = (event: CandidateEvent): TrainingEvent | undefined => {
    if (event.kind === 'epoch') return undefined;
    return event.kind === 'progress' ? { ...event, ...device.engine.counters() } : event;
  };
  const linear = yield* relay(trainLinear(session), progressOnly);
  const main = yield* relay(trainMain(session), progressOnly);
  const kept = await winner(session, main, linear);
  const { scores } = await scoresOf(session, kept);
  const { decided } = await baselineOf(prepared.trivial, prepared.validation);
  const { epoch, steps, seconds } = kept.state;
  return {
    scores,
    baseline: (await baselineOf(prepared.trivial, prepared.test, decided)).metrics,
    linear: linear && linear !== kept ? (await scoresOf(session, linear)).scores.test : scores.test,
    epochs: epoch,
    steps,
    seconds,
  };
}
