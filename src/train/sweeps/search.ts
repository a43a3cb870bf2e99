/** Trials at work: one or several at once, in an order that depends on neither; answers the winner. */
import { milliseconds } from '../../base/clock.js';
import type { TrialRecord } from '../../spec/sweep-record.js';
import type { CandidateEvent } from '../candidate.js';
import type { Recipe } from '../recipe.js';
import { Halving, type Job } from './halving.js';
import { isBetter } from './metric.js';
import type { SweepEvent } from './sweeps.js';
import { TimeLeft } from './time-left.js';
import { advanceTrial, type TrialWork } from './trial.js';

export interface SearchPlan {
  recipes: readonly Recipe[];
  rungs: readonly number[];
  factor: number;
  parallel: number;
  /** Ends the search as soon as there is something to choose. */
  stop: AbortSignal | undefined;
}

interface Active {
  job: Job;
  events: AsyncGenerator<CandidateEvent, TrialRecord>;
  /** The answer that is waited for, with who gives it. */
  next?: Promise<{ active: Active; result: IteratorResult<CandidateEvent, TrialRecord> }>;
}

/** Undefined where no trial came to a figure. */
export async function* search(work: TrialWork, plan: SearchPlan): AsyncGenerator<SweepEvent, number | undefined> {
  const { log, metric } = work;
  const { recipes, rungs, factor, parallel, stop } = plan;
  const halving = new Halving({
    trials: recipes.length,
    rungs: rungs.length,
    factor,
    isBetter: (one, other) => isBetter(metric, one, other),
  });
  const results = new Results(log.trials);
  const active = new Map<string, Active>();
  const time = new TimeLeft(plan, log.trials);
  try {
    for (;;) {
      takeUp(halving, results);
      for (const trial of await log.mark(hopeless(log.trials, halving))) yield { kind: 'trial', trial, leader: leaderOf(halving) };
      if (stop?.aborted && halving.winner() !== undefined) break;
      for (const job of results.missing(halving)) {
        if (active.size >= parallel) break;
        if (active.has(keyOf(job))) continue;
        active.set(keyOf(job), { job, events: advanceTrial(work, job.trial, recipes[job.trial], rungs[job.rung]) });
        yield { kind: 'trial', trial: { ...log.trial(job.trial), status: 'running' }, leader: leaderOf(halving) };
      }
      if (active.size === 0) break;
      const started = milliseconds();
      for (const each of active.values()) each.next ??= asked(each);
      const { active: from, result } = await Promise.race([...active.values()].map((each) => each.next as NonNullable<Active['next']>));
      from.next = undefined;
      time.worked(milliseconds() - started);
      const { job } = from;
      if (result.done) {
        active.delete(keyOf(job));
        results.add(job, result.value);
        takeUp(halving, results);
        time.ended(job.trial, result.value, recipes[job.trial].epochs);
        yield { kind: 'trial', trial: result.value, leader: leaderOf(halving) };
      } else yield told(result.value, job.trial + 1, time);
    }
    return halving.winner();
  } finally {
    // Each keeps where it stands. Whoever is still waited for ends first.
    await Promise.allSettled([...active.values()].map(({ events }) => events.return(undefined as never)));
  }
}

/** Takes results in the order in which they are asked for. */
function takeUp(halving: Halving, results: Results): void {
  for (let job = halving.next(); job && results.has(job); job = halving.next()) halving.absorb(job, results.get(job));
}

function asked(each: Active): NonNullable<Active['next']> {
  const next = each.events.next().then((result) => ({ active: each, result }));
  // Of several that fail at once the first is told.
  next.catch(() => undefined);
  return next;
}

/** What jobs came to, be they needed already or not. */
class Results {
  readonly #metrics = new Map<string, number | null>();

  constructor(trials: readonly TrialRecord[]) {
    for (const [trial, { rungs }] of trials.entries())
      for (const [rung, { metric }] of rungs.entries()) this.#metrics.set(keyOf({ trial, rung }), metric);
  }

  has(job: Job): boolean {
    return this.#metrics.has(keyOf(job));
  }

  get(job: Job): number | null {
    return this.#metrics.get(keyOf(job)) ?? null;
  }

  add(job: Job, { rungs }: TrialRecord): void {
    this.#metrics.set(keyOf(job), rungs[job.rung]?.metric ?? null);
  }

  missing(halving: Halving): Job[] {
    const next = halving.next();
    const certain = halving.certain();
    return (certain.length > 0 ? certain : next ? [next] : []).filter((job) => !this.has(job));
  }
}

const keyOf = ({ trial, rung }: Job): string => `${trial}/${rung}`;

const leaderOf = (halving: Halving): number | undefined => {
  const winner = halving.winner();
  return winner === undefined ? undefined : winner + 1;
};

/** Paused trials that cannot be taken further whatever comes. */
const hopeless = (trials: readonly TrialRecord[], halving: Halving): { index: number; status: 'dropped' }[] =>
  trials.flatMap(({ status, rungs }, index) =>
    status === 'paused' && !halving.mayGoOn({ trial: index, rung: rungs.length - 1 }) ? [{ index, status: 'dropped' as const }] : [],
  );

function told(event: CandidateEvent, trial: number, time: TimeLeft): SweepEvent {
  if (event.kind === 'incident') return { ...event, trial };
  if (event.kind === 'epoch') {
    time.reached(trial - 1, event.point.epoch);
    return { kind: 'epoch', trial, point: event.point };
  }
  const { epoch, epochs, step, steps, loss } = event;
  time.reached(trial - 1, (step / steps) * epochs);
  return { kind: 'progress', trial, epoch, epochs, loss, ...time.figures() };
}
