/**
 * The networks trained on one division of rows: the linear model beside, then the main one; which of them is kept; and
 * their figures. Records and stores are its caller's.
 */
import type { Engine } from '../compute/engine.js';
import { answersOf } from '../infer/answers.js';
import type { Confusion, Scores } from '../spec/run.js';
import { type Candidate, type CandidateRequest, trainCandidate } from './candidate.js';
import { confusionOf, metricsOf } from './evaluation.js';
import type { LoopEvent } from './loop.js';
import type { Progress } from './pace.js';
import type { Part } from './part.js';
import type { Prepared } from './prepare.js';
import type { Recipes } from './presets/auto.js';
import { relay } from './relay.js';
import type { TrainingSignals } from './trainer.js';

export interface Session {
  /** Trains the main model. */
  engine: Engine;
  /** Trains the linear model beside: too small to be worth a GPU's time. */
  besideEngine: Engine;
  prepared: Prepared;
  recipes: Recipes;
  seed: number;
  signals?: TrainingSignals | undefined;
}

export type MainOptions = Pick<CandidateRequest, 'keep' | 'resumption'>;

/** Trains the linear model; tells its progress, not its curve. */
export async function* trainLinear(session: Session): AsyncGenerator<Progress, Candidate | undefined> {
  const { linear } = session.recipes;
  if (!linear) return undefined;
  return yield* relay(trainCandidate({ ...common(session), engine: session.besideEngine, recipe: linear }), (event) => (event.kind === 'progress' ? event : undefined));
}

export const trainMain = (session: Session, options: MainOptions = {}): AsyncGenerator<LoopEvent, Candidate> =>
  trainCandidate({ ...common(session), ...options, recipe: session.recipes.main });

const common = ({ engine, prepared, seed, signals }: Session) => ({ engine, seed, signals, training: prepared.training, validation: prepared.validation });

/** The candidate that becomes the model: the better one on validation rows where they compete, the simpler of two equals. */
export function winner({ recipes }: Session, main: Candidate, linear: Candidate | undefined): Candidate {
  return recipes.compete && linear && linear.state.best.loss <= main.state.best.loss ? linear : main;
}

/** A candidate's best weights on one part of the data. */
export async function judge(session: Session, candidate: Candidate, part: Part) {
  const outputs = await answersOf({
    engine: candidate.engine,
    model: candidate.recipe.model,
    weights: candidate.state.best.weights,
    inputs: part.examples.inputs,
    rows: part.examples.rows,
    signal: session.signals?.signal,
  });
  return { metrics: metricsOf(part.truth, outputs), confusion: confusionOf(part.truth, outputs) };
}

/** A candidate's figures on validation and test rows. */
export async function scoresOf(session: Session, candidate: Candidate): Promise<{ scores: Scores; confusion: Confusion | undefined }> {
  const validation = await judge(session, candidate, session.prepared.validation);
  const test = await judge(session, candidate, session.prepared.test);
  return { scores: { validation: validation.metrics, test: test.metrics }, confusion: test.confusion };
}
