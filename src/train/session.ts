/**
 * The networks trained on one division of rows: the linear model beside, then the main one; which of them is kept; and
 * their figures. Records and stores are its caller's.
 */
import type { Engine } from '../compute/engine.js';
import { answersOf } from '../infer/answers.js';
import type { AnomalyReport } from '../spec/anomaly.js';
import type { Backtest } from '../spec/backtest.js';
import type { RunInsight } from '../spec/insight.js';
import type { Metrics } from '../spec/metrics.js';
import type { Confusion, Mistake, Scores } from '../spec/run.js';
import { stepsPerEpoch } from './batches.js';
import { type Candidate, type CandidateEvent, type CandidateRequest, trainCandidate } from './candidate.js';
import { backtestOf } from './forecast/backtest.js';
import { Watch } from './insight/watch.js';
import { clearlySmaller, examplesLosses } from './losses.js';
import type { Progress } from './pace.js';
import type { Part } from './part.js';
import type { Prepared } from './prepare.js';
import type { Recipes } from './presets/auto.js';
import type { Recipe } from './recipe.js';
import { relay } from './relay.js';
import type { Decision } from './tasks/judge.js';
import { anomaliesOf, confusionOf, decisionOf, metricsOf, mistakesOf } from './tasks/table.js';
import type { TrainingSignals } from './trainer.js';
import { TrainingDevice } from './training-device.js';

export interface Session {
  /** Trains the main model. */
  device: TrainingDevice;
  /** Trains the linear model beside: too small to be worth a GPU's time. */
  besideEngine: Engine;
  prepared: Prepared;
  recipes: Recipes;
  seed: number;
  signals?: TrainingSignals | undefined;
}

export type MainOptions = Pick<CandidateRequest, 'keep' | 'resumption' | 'watch'>;

/** Trains the linear model; tells its progress, not its curve. */
export async function* trainLinear(
  session: Session,
  options: Pick<CandidateRequest, 'watch'> = {},
): AsyncGenerator<Progress, Candidate | undefined> {
  const { linear } = session.recipes;
  if (!linear) return undefined;
  const request = { ...common(session), ...options, device: new TrainingDevice(session.besideEngine), recipe: linear };
  return yield* relay(trainCandidate(request), (event) => (event.kind === 'progress' ? event : undefined));
}

export const trainMain = (session: Session, options: MainOptions = {}): AsyncGenerator<CandidateEvent, Candidate> =>
  trainCandidate({ ...common(session), ...options, recipe: session.recipes.main });

/** @param earlier what was seen before it was cut off */
export function watchOver({ prepared, seed }: Session, { model, epochs, batchSize }: Recipe, earlier?: RunInsight): Watch {
  const { training, validation, validationRows } = prepared;
  return new Watch({
    model,
    validation,
    rows: validationRows,
    seed,
    epochs,
    stepsPerEpoch: stepsPerEpoch(training.rows, batchSize),
    earlier,
  });
}

const common = ({ device, prepared, seed, signals }: Session) => ({
  device,
  seed,
  signals,
  training: prepared.training,
  validation: prepared.validation,
});

/**
 * The candidate that becomes the model. Where they compete, the linear one is kept only when validation rows say clearly
 * that it is better: by more than a standard error of the rows' differences in loss. On a small validation set the smaller
 * mean alone is a coin's toss: over ten folds of breast-cancer it cost up to .007 of accuracy.
 */
export async function winner(session: Session, main: Candidate, linear: Candidate | undefined): Promise<Candidate> {
  if (!session.recipes.compete || !linear) return main;
  const { examples } = session.prepared.validation;
  const lossesOf = async (candidate: Candidate): Promise<Float64Array> => {
    const outputs = await outputsOn(session, candidate, session.prepared.validation);
    return examplesLosses(candidate.recipe.model, outputs, examples).map((loss, row) => loss * (examples.weights?.[row] ?? 1));
  };
  const [mainLosses, linearLosses] = [await lossesOf(main), await lossesOf(linear)];
  return clearlySmaller(linearLosses, mainLosses) ? linear : main;
}

/** A candidate's best weights on one part of the data. */
export async function judge(session: Session, candidate: Candidate, part: Part): Promise<{ metrics: Metrics }> {
  return { metrics: metricsOf(part.truth, await outputsOn(session, candidate, part)) };
}

/** What a candidate's best weights answer about a part's rows. */
export function outputsOn(
  { signals }: Pick<Session, 'signals'>,
  { device, recipe, state }: Candidate,
  { examples }: Part,
): Promise<Float32Array> {
  const { inputs, reduction } = examples;
  const answer = (engine: Engine): Promise<Float32Array> =>
    answersOf({ engine, model: recipe.model, weights: state.best.weights, inputs, reduction, signal: signals?.signal });
  return device.compute(answer, { recipe, state });
}

export interface Verdict {
  scores: Scores;
  confusion: Confusion | undefined;
  mistakes: Mistake[] | undefined;
  backtest: Backtest | undefined;
  /** By validation rows. */
  decided: Decision | undefined;
  anomalies: AnomalyReport | undefined;
}

/** A candidate's figures on validation and test rows. */
export async function scoresOf(session: Session, candidate: Candidate): Promise<Verdict> {
  const { validation, test, testRows, pipeline } = session.prepared;
  const answered = await outputsOn(session, candidate, validation);
  const decided = decisionOf(validation.truth, answered);
  const outputs = await outputsOn(session, candidate, test);
  return {
    scores: { validation: metricsOf(validation.truth, answered, decided), test: metricsOf(test.truth, outputs, decided) },
    decided,
    anomalies: anomaliesOf(test.truth, outputs, { decided, columns: pipeline.steps.map(({ column }) => column), rows: testRows }),
    confusion: confusionOf(test.truth, outputs),
    mistakes: mistakesOf(test.truth, outputs, testRows),
    backtest: backtestOf({ validation: validation.truth, test: test.truth, outputs }),
  };
}
