/** One trial brought to a rung: from where it stands, exactly as one that was never paused, and judged on validation rows alone. */
import { TrainingError } from '../../base/errors.js';
import type { Incident } from '../../spec/incident.js';
import type { CurvePoint } from '../../spec/run.js';
import type { SweepMetric } from '../../spec/sweep.js';
import type { TrialRecord } from '../../spec/sweep-record.js';
import { type CandidateEvent, trainCandidate } from '../candidate.js';
import type { Prepared } from '../prepare.js';
import type { Recipe } from '../recipe.js';
import { outputsOn } from '../session.js';
import type { Resumption, TrainingState } from '../state.js';
import { metricsOf } from '../tasks/table.js';
import type { TrainingDevice } from '../training-device.js';
import type { SweepLog } from './log.js';

export interface TrialWork {
  device: TrainingDevice;
  /** By trial. */
  prepared: readonly Prepared[];
  /** Of the training, the same for every trial. */
  seed: number;
  metric: SweepMetric;
  log: SweepLog;
  signal: AbortSignal | undefined;
}

interface Reached {
  state: TrainingState;
  /** What it may go on from; without, it has come to its end. */
  standing?: Resumption;
  /** The event that came with it: told once it is kept. */
  event?: CandidateEvent;
}

/**
 * Passes the loop's events on and answers the trial as it is kept: one more rung, or `diverged`.
 * @param index of the trial, from 0
 * @param epoch of the rung; a trial with fewer epochs of its own ends before
 */
export async function* advanceTrial(
  work: TrialWork,
  index: number,
  recipe: Recipe,
  epoch: number,
): AsyncGenerator<CandidateEvent, TrialRecord> {
  const { log } = work;
  const { rungs, status } = log.trial(index);
  if (status === 'finished') return log.keep(index, { rungs: [...rungs, { epoch, metric: rungs[rungs.length - 1].metric }] });
  const curve: CurvePoint[] = [];
  try {
    const reached = yield* trainTo(work, index, { recipe, epoch, curve });
    const { state, standing } = reached;
    const found = await metricAt(work, index, recipe, state);
    const changes: Partial<TrialRecord> = {
      ...told(state),
      status: standing ? 'paused' : 'finished',
      rungs: [...rungs, { epoch, metric: found }],
    };
    const trial = await log.keep(index, changes, standing);
    if (reached.event) yield reached.event;
    return trial;
  } catch (thrown) {
    if (!(thrown instanceof TrainingError)) throw thrown;
    const kept = log.trial(index).curve;
    const later = curve.filter((point) => point.epoch > (kept.at(-1)?.epoch ?? 0));
    return log.keep(index, {
      status: 'diverged',
      problem: thrown.message,
      curve: [...kept, ...later],
      rungs: [...rungs, { epoch, metric: null }],
    });
  }
}

interface Goal {
  recipe: Recipe;
  epoch: number;
  /** Receives every point. */
  curve: CurvePoint[];
}

async function* trainTo(work: TrialWork, index: number, goal: Goal): AsyncGenerator<CandidateEvent, Reached> {
  const { device, prepared, seed, log, signal } = work;
  const { recipe, epoch, curve } = goal;
  const { training, validation } = prepared[index];
  const resumption = await log.resumption(index, recipe.model, seed);
  const mayGoOn = epoch < recipe.epochs;
  if (resumption && mayGoOn && resumption.state.epoch >= epoch) {
    return { state: resumption.state, standing: resumption };
  }
  let paused: Resumption | undefined;
  let isThere = false;
  const keep = async (standing: Resumption): Promise<Incident | undefined> => {
    if (!isThere || standing.state.epoch < epoch) return log.checkpoint(index, { ...told(standing.state), status: 'running' }, standing);
    paused = standing;
    return undefined;
  };
  const events = trainCandidate({ device, recipe, seed, training, validation, resumption, keep, signals: { signal } });
  try {
    for (;;) {
      const next = await events.next();
      if (next.done) return { state: next.value.state };
      const event = next.value;
      if (event.kind === 'epoch') curve.push(event.point);
      if (event.kind === 'incident') log.note(index, event.incident);
      if (event.kind === 'epoch' && mayGoOn && event.point.epoch >= epoch) {
        isThere = true;
        await events.return(undefined as never);
        if (paused) return { state: paused.state, standing: paused, event };
        // The device was lost just there: once more, from what was kept before.
        return yield* trainTo(work, index, goal);
      }
      yield event;
    }
  } finally {
    await events.return(undefined as never);
  }
}

const told = ({ curve, best, steps, seconds }: TrainingState): Pick<TrialRecord, 'curve' | 'bestEpoch' | 'steps' | 'seconds'> => ({
  curve: [...curve],
  bestEpoch: best.epoch,
  steps,
  seconds,
});

async function metricAt(
  { device, prepared, metric, signal }: TrialWork,
  index: number,
  recipe: Recipe,
  state: TrainingState,
): Promise<number | null> {
  const { validation } = prepared[index];
  const outputs = await outputsOn({ signals: { signal } }, { device, recipe, state }, validation);
  const figures: Partial<Record<SweepMetric, number | null>> = metricsOf(validation.truth, outputs);
  const value = figures[metric];
  return value === undefined || value === null || !Number.isFinite(value) ? null : value;
}
