/** The part of `train`'s answer that tells of a sweep. */
import { smallerIsBetter } from '../spec/smaller-is-better.js';
import type { SweepOutcome } from '../train/sweeps/sweeps.js';
import type { TrainAnswer } from './answers.js';
import { aligned, figure } from './table-text.js';

export function sweepAnswer({ sweep, trials }: SweepOutcome): NonNullable<TrainAnswer['sweep']> {
  return {
    method: sweep.sweep.method,
    metric: sweep.metric,
    seed: sweep.seed,
    rungs: sweep.rungs,
    status: sweep.status === 'stopped' ? 'stopped' : 'finished',
    trials: trials.map(({ number, values, status, curve, rungs, seconds, problem }) => ({
      trial: number,
      values,
      status,
      epochs: curve.length,
      metric: rungs.at(-1)?.metric ?? null,
      seconds,
      ...(problem === undefined ? {} : { problem }),
    })),
    winner: sweep.winner as number,
    spec: trials[(sweep.winner as number) - 1].spec,
    seconds: trials.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

/** More are told in JSON. */
const mostTold = 10;

/** The winner and those behind it. */
export function sweepText({ metric, trials, winner, rungs }: NonNullable<TrainAnswer['sweep']>): string[] {
  const names = Object.keys(trials[0].values);
  const order = (value: number | null): number => (value === null ? Number.POSITIVE_INFINITY : smallerIsBetter(metric) ? value : -value);
  // One that diverged may have come further than others, and is nowhere.
  const place = ({ trial, status }: { trial: number; status: string }): number => (trial === winner ? 0 : status === 'diverged' ? 2 : 1);
  const ranked = trials.toSorted(
    (one, other) => place(one) - place(other) || other.epochs - one.epochs || order(one.metric) - order(other.metric),
  );
  const rows = ranked
    .slice(0, mostTold)
    .map(({ trial, values, metric: value, epochs, status }) => [
      `${trial}${trial === winner ? ' *' : ''}`,
      figure(value),
      `${epochs}`,
      status,
      ...names.map((name) => String((values as Record<string, unknown>)[name])),
    ]);
  return [
    `${trials.length} trials by ${metric} on validation rows${rungs.length > 1 ? `, rungs at ${rungs.join(', ')} epochs` : ''}:`,
    aligned([['trial', metric, 'epochs', '', ...names], ...rows]),
    ...(trials.length > mostTold ? [`${trials.length - mostTold} more are in the answer of --json.`] : []),
  ];
}
