/** One trial brought to a rung: from where it stands, exactly as one that was never paused, and judged on validation rows alone. */
import { TrainingError } from '../../base/errors.js';
import type { Engine, Network } from '../../compute/engine.js';
import { answersOf } from '../../infer/answers.js';
import type { CurvePoint } from '../../spec/run.js';
import type { SweepMetric } from '../../spec/sweep.js';
import type { TrialRecord } from '../../spec/sweep-record.js';
import { trainCandidate } from '../candidate.js';
import { arraysOf, type NetworkArrays } from '../checkpoint.js';
import type { LoopEvent } from '../loop.js';
import type { Prepared } from '../prepare.js';
import type { Recipe } from '../recipe.js';
import type { TrainingState } from '../state.js';
import { metricsOf } from '../tasks/table.js';
import type { SweepLog } from './log.js';

export interface TrialWork {
  engine: Engine;
  prepared: Prepared;
  /** Of the training, the same for every trial. */
  seed: number;
  metric: SweepMetric;
  log: SweepLog;
  signal: AbortSignal | undefined;
}

interface Reached {
  state: TrainingState;
  /** Where it may go on; without, it has come to its end. */
  arrays?: NetworkArrays;
  /** The event that came with it: told once it is kept. */
  event?: LoopEvent;
}

/**
 * Passes the loop's events on and answers the trial as it is kept: one more rung, or `diverged`.
 * @param index of the trial, from 0
 * @param epoch of the rung; a trial with fewer epochs of its own ends before
 */
export async function* advanceTrial(work: TrialWork, index: number, recipe: Recipe, epoch: number): AsyncGenerator<LoopEvent, TrialRecord> {
  const { log } = work;
  const { rungs, status } = log.trial(index);
  if (status === 'finished') return log.keep(index, { rungs: [...rungs, { epoch, metric: rungs[rungs.length - 1].metric }] });
  const curve: CurvePoint[] = [];
  try {
    const reached = yield* trainTo(work, index, { recipe, epoch, curve });
    const { state, arrays } = reached;
    const found = await metricAt(work, recipe, state);
    const changes: Partial<TrialRecord> = {
      ...standing(state),
      status: arrays ? 'paused' : 'finished',
      rungs: [...rungs, { epoch, metric: found }],
    };
    const trial = await log.keep(index, changes, arrays && { state, arrays });
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

async function* trainTo(
  { engine, prepared, seed, log, signal }: TrialWork,
  index: number,
  { recipe, epoch, curve }: { recipe: Recipe; epoch: number; curve: CurvePoint[] },
): AsyncGenerator<LoopEvent, Reached> {
  const { training, validation } = prepared;
  const resumption = await log.resumption(index, recipe.model, seed);
  const mayGoOn = epoch < recipe.epochs;
  if (resumption && mayGoOn && resumption.state.epoch >= epoch) {
    return { state: resumption.state, arrays: { weights: resumption.weights, optimizer: resumption.optimizer } };
  }
  let paused: { state: TrainingState; arrays: NetworkArrays } | undefined;
  let isThere = false;
  const keep = async (state: TrainingState, network: Network): Promise<void> => {
    const arrays = await arraysOf(network);
    if (isThere) paused = { state, arrays };
    else await log.keep(index, { ...standing(state), status: 'running' }, { state, arrays });
  };
  const events = trainCandidate({ engine, recipe, seed, training, validation, resumption, keep, signals: { signal } });
  try {
    for (;;) {
      const next = await events.next();
      if (next.done) return { state: next.value.state };
      const event = next.value;
      if (event.kind === 'epoch') curve.push(event.point);
      if (event.kind === 'epoch' && mayGoOn && event.point.epoch >= epoch) {
        isThere = true;
        await events.return(undefined as never);
        if (paused) return { ...paused, event };
      }
      yield event;
    }
  } finally {
    await events.return(undefined as never);
  }
}

const standing = ({ curve, best, steps, seconds }: TrainingState): Pick<TrialRecord, 'curve' | 'bestEpoch' | 'steps' | 'seconds'> => ({
  curve: [...curve],
  bestEpoch: best.epoch,
  steps,
  seconds,
});

async function metricAt({ engine, prepared, metric, signal }: TrialWork, recipe: Recipe, state: TrainingState): Promise<number | null> {
  const { validation } = prepared;
  const { weights } = state.best;
  const outputs = await answersOf({ engine, model: recipe.model, weights, inputs: validation.examples.inputs, signal });
  const figures: Partial<Record<SweepMetric, number | null>> = metricsOf(validation.truth, outputs);
  const value = figures[metric];
  return value === undefined || value === null || !Number.isFinite(value) ? null : value;
}
