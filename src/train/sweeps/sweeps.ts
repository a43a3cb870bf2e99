/** Sweeps as a service: many trainings that differ in chosen fields, compared on validation rows, and the best trained anew and tested. */
import type { DeviceChoice } from '../../spec/device.js';
import type { Incident } from '../../spec/incident.js';
import type { CurvePoint, RunRecord } from '../../spec/run.js';
import type { SweepSpec } from '../../spec/sweep.js';
import type { SweepRecord, TrialRecord } from '../../spec/sweep-record.js';
import type { TrainingSpec } from '../../spec/training.js';
import type { TrainingEvent, TrainingSignals } from '../trainer.js';
import type { FeatureProgress } from '../transfer/features.js';

export interface SweepRequest {
  dataset: string;
  /** What all trials share. */
  spec: TrainingSpec;
  sweep: SweepSpec;
  /** Another dataset with the same columns that is the test set. */
  testDataset?: string;
  name?: string;
  /** Goes on with this sweep; `spec` and `sweep` are then its own. */
  resume?: string;
  /**
   * Trials at work at once, which changes neither trials nor winner. They share a thread: more than one helps only where a device is waited
   * for. Default: 1.
   */
  parallel?: number;
}

export type SweepStage = 'reading' | 'preparing' | 'choosing-device' | 'trials' | 'retraining';

export type SweepEvent =
  | { kind: 'stage'; stage: SweepStage; sweep: string }
  | FeatureProgress
  | { kind: 'device'; choice: DeviceChoice }
  /** Before the first trial: everything as it stands. */
  | { kind: 'trials'; record: SweepRecord; trials: TrialRecord[] }
  /** At most ten a second for each trial at work. */
  | { kind: 'progress'; trial: number; epoch: number; epochs: number; loss: number; share: number; secondsLeft: number }
  | { kind: 'epoch'; trial: number; point: CurvePoint }
  /** Something went wrong, and the trial goes on all the same. */
  | { kind: 'incident'; trial: number; incident: Incident }
  /** A trial began, reached a rung, ended or was dropped. `leader` is the best so far. */
  | { kind: 'trial'; trial: TrialRecord; leader: number | undefined }
  /** The winner is trained anew. */
  | { kind: 'training'; event: TrainingEvent };

export interface SweepOutcome {
  sweep: SweepRecord;
  trials: TrialRecord[];
  run: RunRecord;
}

export interface Sweeps {
  /**
   * `signals.signal` interrupts and keeps where every trial stands; `signals.stop` ends the search and takes the best so far. The test rows
   * are used once, for the winner. Pausing is not asking for the next event.
   * @throws InputError `invalid-sweep-spec`, `invalid-training-spec` and others that name the field; TrainingError `sweep-failed` when every
   * trial diverged; AbortError
   */
  run(request: SweepRequest, signals?: TrainingSignals): AsyncGenerator<SweepEvent, SweepOutcome>;
  /** Not deleted, newest first. */
  list(): Promise<SweepRecord[]>;
  get(id: string): Promise<SweepRecord>;
  /** By their numbers. */
  trials(id: string): Promise<TrialRecord[]>;
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
}
