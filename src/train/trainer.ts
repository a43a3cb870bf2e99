/** Training as a service: everything from stored rows to a saved model, as one stream of events. */

import type { Counters } from '../compute/engine.js';
import type { DeviceChoice } from '../spec/device.js';
import type { Incident } from '../spec/incident.js';
import type { InsightEpoch, RunInsight } from '../spec/insight.js';
import type { RateFinding, RatePoint, RateSearch } from '../spec/learning-rate.js';
import type { CrossValidationReport } from '../spec/report.js';
import type { CurvePoint, RunMarks, RunRecord, Scores } from '../spec/run.js';
import type { TrainingSpec } from '../spec/training.js';
import type { Progress } from './pace.js';
import type { RecipeFacts } from './recipe.js';
import type { FeatureProgress } from './transfer/features.js';

export interface TrainingRequest {
  dataset: string;
  /** The version of the data, by its hash. Left out: the one in use. */
  version?: string;
  spec: TrainingSpec;
  /** Another dataset with the same columns that is the test set. */
  testDataset?: string;
  name?: string;
  /** The trial of a sweep that this trains anew. */
  sweep?: { id: string; trial: number };
  /** Goes on from this run's checkpoint; `spec` is then the run's own. */
  resume?: string;
  /** What broke it off, for its record. */
  incident?: Incident;
}

export type TrainingStage = 'reading' | 'preparing' | 'choosing-device' | 'baseline' | 'linear' | 'training' | 'testing' | 'saving';

export type TrainingEvent =
  | { kind: 'stage'; stage: TrainingStage; run: string }
  /** While preparing, where an extractor reads pictures: at most ten a second. */
  | FeatureProgress
  | { kind: 'device'; choice: DeviceChoice }
  /** Scores of the trivial baseline or the linear model, on the validation rows (test scores come with the run). */
  | { kind: 'beside'; which: 'baseline' | 'linear'; scores: Pick<Scores, 'validation'> }
  /** At most ten a second, with what is alive on the device. */
  | (Progress & Counters)
  /** What is looked at, and what was seen before the run was cut off. */
  | { kind: 'watching'; insight: RunInsight }
  /** `seen` has answers for each epoch, how weights and gradients are spread for those that are kept. */
  | { kind: 'epoch'; point: CurvePoint; best: boolean; seen?: InsightEpoch }
  /** Something went wrong, and the training goes on all the same. */
  | { kind: 'incident'; incident: Incident }
  | { kind: 'fold'; fold: number; folds: number; scores: Scores };

/** Of a search for a learning rate: its stages, and the losses as the rate rises. */
export type RateEvent =
  | { kind: 'stage'; stage: Extract<TrainingStage, 'reading' | 'preparing' | 'choosing-device' | 'training'> }
  | { kind: 'rates'; steps: number; points: RatePoint[] };

/** What presets and layers of one's own are decided by. */
export interface TrainingPlan {
  facts: RecipeFacts;
  /** The columns of which the network looks up vectors that it learns: for each category, or for each word of a text. */
  lookedUp: { column: string; as: 'embedding' | 'tokens' }[];
}

/** `signal` cancels and keeps a checkpoint; `stop` ends early and keeps the best weights as the model. */
export interface TrainingSignals {
  signal?: AbortSignal | undefined;
  stop?: AbortSignal | undefined;
}

export interface Trainer {
  /**
   * Pausing is not asking for the next event: nothing is computed meanwhile.
   * @throws InputError `invalid-training-request` or `invalid-training-spec`, naming the field
   */
  train(request: TrainingRequest, signals?: TrainingSignals): AsyncGenerator<TrainingEvent, RunRecord>;
  crossValidate(request: TrainingRequest, folds: number, signals?: TrainingSignals): AsyncGenerator<TrainingEvent, CrossValidationReport>;
  /**
   * What learning rate suits a training (Smith, 1506.01186): a few hundred steps with a rate that rises by equal factors until the loss diverges.
   * Keeps nothing and changes nothing. The same request gives the same answer.
   * @throws InputError as `train` does, or `invalid-rate-search`; TrainingError `rate-not-found` where the loss never fell
   */
  findLearningRate(request: TrainingRequest, search?: RateSearch, signals?: TrainingSignals): AsyncGenerator<RateEvent, RateFinding>;
  /**
   * What a training of this would be given, found out by preparing its rows, without training.
   * @throws InputError as `train`; AbortError
   */
  plan(request: TrainingRequest, signal?: AbortSignal): Promise<TrainingPlan>;
  /** Runs not deleted, newest first. */
  runs(): Promise<RunRecord[]>;
  run(id: string): Promise<RunRecord>;
  /**
   * What was seen of a training by epoch; undefined where nothing was kept.
   * @throws InputError `unknown-run`; StorageError when it cannot be read
   */
  insight(id: string): Promise<RunInsight | undefined>;
  /**
   * Writes tags and notes on a run; those left out stay as they are.
   * @throws InputError `invalid-run-marks`; `run-active` while it is being trained
   */
  annotate(id: string, marks: RunMarks): Promise<RunRecord>;
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
}
