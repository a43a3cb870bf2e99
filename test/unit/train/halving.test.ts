/** Successive halving against the published algorithm, written down once more and plainly. */
import { expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import { Halving, type HalvingPlan, type Job } from '../../../src/train/sweeps/halving.js';
import { expectedEpochs, rungsFor } from '../../../src/train/sweeps/rungs.js';

type Figure = (job: Job) => number | null;

const plan = (trials: number, rungs: number, factor: number): HalvingPlan => ({
  trials,
  rungs,
  factor,
  isBetter: (one, other) => one !== null && (other === null || one < other),
});

/** 1810.05934, algorithm 2, for one worker: `get_job` scans rungs from the top for a candidate, or grows the bottom rung. */
function published(trials: number, rungs: number, factor: number, figure: Figure): Job[] {
  const jobs: Job[] = [];
  const results: { trial: number; loss: number }[][] = Array.from({ length: rungs }, () => []);
  const promoted: Set<number>[] = Array.from({ length: rungs }, () => new Set());
  let begun = 0;
  for (;;) {
    let job: Job | undefined;
    for (let rung = rungs - 2; rung >= 0 && !job; rung--) {
      const sorted = [...results[rung]].sort((one, other) => one.loss - other.loss || one.trial - other.trial);
      const candidate = sorted.slice(0, Math.floor(sorted.length / factor)).find(({ trial }) => !promoted[rung].has(trial));
      if (candidate) {
        promoted[rung].add(candidate.trial);
        job = { trial: candidate.trial, rung: rung + 1 };
      }
    }
    job ??= begun < trials ? { trial: begun++, rung: 0 } : undefined;
    if (!job) return jobs;
    jobs.push(job);
    results[job.rung].push({ trial: job.trial, loss: figure(job) as number });
  }
}

function carriedOut(halving: Halving, figure: Figure): Job[] {
  const jobs: Job[] = [];
  for (let job = halving.next(); job; job = halving.next()) {
    jobs.push(job);
    halving.absorb(job, figure(job));
  }
  return jobs;
}

const figures = (seed: number): Figure => {
  const random = new Random(seed, 'figures');
  const table = Array.from({ length: 1000 }, () => random.uniform());
  return ({ trial, rung }) => Math.round(20 * table[trial * 7 + rung]) / 20;
};

test('asks for the jobs of the published algorithm, in its order', () => {
  for (let seed = 0; seed < 40; seed++) {
    const [trials, rungs, factor] = [9 + (seed % 5) * 9, 1 + (seed % 4), 2 + (seed % 3)];
    const jobs = carriedOut(new Halving(plan(trials, rungs, factor)), figures(seed));
    const expected = published(trials, rungs, factor, figures(seed));
    expect(jobs.slice(0, expected.length)).toEqual(expected);
    // Where too few are left for a promotion, the best goes on all the same.
    const top = Math.max(...expected.map(({ rung }) => rung));
    expect(jobs.slice(expected.length).map(({ rung }) => rung)).toEqual(
      Array.from({ length: rungs - 1 - top }, (_, index) => top + 1 + index),
    );
    expect(Math.max(...jobs.map(({ rung }) => rung))).toBe(rungs - 1);
  }
});

test('workers that run ahead in any order change nothing, and do nothing in vain', () => {
  for (let seed = 0; seed < 60; seed++) {
    const figure = figures(seed);
    const alone = new Halving(plan(20, 3, 3));
    const jobs = carriedOut(alone, figure);
    const crowd = new Halving(plan(20, 3, 3));
    const random = new Random(seed, 'order');
    const done = new Map<string, number | null>();
    const running: Job[] = [];
    const absorbed: Job[] = [];
    const key = ({ trial, rung }: Job): string => `${trial}/${rung}`;
    for (;;) {
      for (let job = crowd.next(); job && done.has(key(job)); job = crowd.next()) {
        absorbed.push(job);
        crowd.absorb(job, done.get(key(job)) as number);
      }
      const next = crowd.next();
      if (!next) break;
      const wanted = [next, ...crowd.certain()].filter((job) => !done.has(key(job)) && !running.some((other) => key(other) === key(job)));
      while (running.length < 4 && wanted.length > 0) running.push(wanted.shift() as Job);
      const [job] = running.splice(random.integer(running.length), 1);
      done.set(key(job), figure(job));
    }
    expect(absorbed).toEqual(jobs);
    expect(done.size).toBe(jobs.length);
    expect(crowd.winner()).toBe(alone.winner());
  }
});

test('a trial that diverges is not taken further, and does not win by what it had before', () => {
  const halving = new Halving(plan(3, 2, 3));
  const figure: Figure = ({ trial, rung }) => (trial === 0 ? (rung === 0 ? 0.1 : null) : 0.5 + trial / 10);
  expect(carriedOut(halving, figure)).toEqual([
    { trial: 0, rung: 0 },
    { trial: 1, rung: 0 },
    { trial: 2, rung: 0 },
    { trial: 0, rung: 1 },
    { trial: 1, rung: 1 },
  ]);
  expect(halving.winner()).toBe(1);
  const lost = new Halving(plan(2, 2, 2));
  carriedOut(lost, () => null);
  expect(lost.winner()).toBeUndefined();
});

test('whoever is said not to go on never does', () => {
  for (let seed = 0; seed < 40; seed++) {
    const figure = figures(seed);
    const halving = new Halving(plan(27, 3, 3));
    const hopeless = new Set<string>();
    for (let job = halving.next(); job; job = halving.next()) {
      expect(hopeless.has(`${job.trial}/${job.rung - 1}`)).toBe(false);
      halving.absorb(job, figure(job));
      for (let trial = 0; trial < 27; trial++)
        for (let rung = 0; rung < 3; rung++) if (!halving.mayGoOn({ trial, rung })) hopeless.add(`${trial}/${rung}`);
    }
    expect(halving.mayGoOn({ trial: halving.winner() as number, rung: 2 })).toBe(false);
  }
});

test('rungs grow by the factor, and the last are all epochs', () => {
  const fields = [{ kind: 'choice' as const, field: 'learningRate' as const, values: [0.1] }];
  const halving = { method: 'successiveHalving' as const, trials: 9, fields };
  expect(rungsFor({ ...halving, firstRung: 2 }, 60)).toEqual([2, 6, 18, 60]);
  expect(rungsFor({ ...halving, firstRung: 2, reductionFactor: 4 }, 31)).toEqual([2, 31]);
  expect(rungsFor(halving, 81)).toEqual([3, 9, 27, 81]);
  expect(rungsFor(halving, 1)).toEqual([1]);
  expect(rungsFor({ ...halving, firstRung: 50 }, 20)).toEqual([20]);
  expect(rungsFor({ method: 'grid', fields }, 40)).toEqual([40]);
  expect(expectedEpochs([27, 27, 27, 27, 27, 27, 27, 27, 27], [3, 9, 27], 3)).toBe(9 * 3 + 3 * 6 + 18);
});
