/** What the methods of experiments do over many experiments whose truth is known. Used by the unit test, and by scripts/simulate-experiments.mjs. */
import { logarithm } from '../../../../src/base/elementary.js';
import { Random } from '../../../../src/base/random.js';
import { alwaysValidDifference } from '../../../../src/stats/experiment/always-valid.js';
import { banditWeights } from '../../../../src/stats/experiment/bandit.js';
import { cuped } from '../../../../src/stats/experiment/cuped.js';
import { meanDifference, relativeDifference, shareDifference } from '../../../../src/stats/experiment/difference.js';
import { planExperiment } from '../../../../src/stats/experiment/plan.js';
import { pairedSample, type Sample, sampleOf, sampleOfShare } from '../../../../src/stats/experiment/sample.js';
import { sampleRatio } from '../../../../src/stats/experiment/sample-ratio.js';
import type { Interval } from '../../../../src/stats/intervals.js';

/** A share of runs with the standard error that comes of their number. */
export interface Measured {
  share: number;
  error: number;
}

function measured(runs: number, seed: number, stream: string, happens: (random: Random) => boolean): Measured {
  const random = new Random(seed, stream);
  let count = 0;
  for (let run = 0; run < runs; run++) if (happens(random)) count += 1;
  const share = count / runs;
  return { share, error: Math.sqrt((share * (1 - share)) / runs) };
}

const holds = ({ lower, upper }: Interval, truth: number): boolean => lower <= truth && truth <= upper;

function successes(random: Random, units: number, share: number): number {
  let count = 0;
  for (let unit = 0; unit < units; unit++) if (random.uniform() < share) count += 1;
  return count;
}

const exponentials = (random: Random, units: number, mean: number): Float64Array =>
  Float64Array.from({ length: units }, () => -mean * logarithm(1 - random.uniform()));

/** How often the interval of a difference of shares holds it. */
export const shareCoverage = (runs: number, seed: number, units: number, from: number, to: number): Measured =>
  measured(runs, seed, `shares ${units}`, (random) => {
    const [a, b] = [from, to].map((share) => sampleOfShare(successes(random, units, share), units));
    return holds(shareDifference(a, b), to - from);
  });

/** Of means of exponential values, whose skewness is 2. */
export const meanCoverage = (runs: number, seed: number, units: number, from: number, to: number, relative: boolean): Measured =>
  measured(runs, seed, `means ${units}`, (random) => {
    const [a, b] = [from, to].map((mean) => sampleOf(exponentials(random, units, mean)));
    return holds(relative ? relativeDifference(a, b) : meanDifference(a, b), relative ? to / from - 1 : to - from);
  });

export interface Looks {
  /** Units of each arm between looks. */
  every: number;
  looks: number;
  from: number;
  to: number;
}

/** How often an interval misses the truth at any of many looks. */
export const missesAtAnyLook = (runs: number, seed: number, { every, looks, from, to }: Looks, kind: 'fixed' | 'always'): Measured =>
  measured(runs, seed, `looks ${every}`, (random) => {
    const counts = [0, 0];
    let misses = false;
    for (let look = 1; look <= looks; look++) {
      counts[0] += successes(random, every, from);
      counts[1] += successes(random, every, to);
      if (misses) continue;
      const [a, b] = counts.map((count) => sampleOfShare(count, look * every));
      misses = !holds(kind === 'fixed' ? shareDifference(a, b) : alwaysValidDifference(a, b), to - from);
    }
    return misses;
  });

/** How often a difference is found with the units that a plan says: by looking once, and at any look before the plan's `anytime`. */
export function plannedPower(
  runs: number,
  seed: number,
  baseline: number,
  effect: number,
): { once: Measured; anytime: Measured; units: number } {
  const plan = planExperiment({ metric: { kind: 'proportion', baseline }, effect, weights: [1, 1] });
  const [units] = plan.units;
  const arms = (random: Random, each: number): [Sample, Sample] => [
    sampleOfShare(successes(random, each, baseline), each),
    sampleOfShare(successes(random, each, baseline + effect), each),
  ];
  return {
    units,
    once: measured(runs, seed, 'power', (random) => !holds(shareDifference(...arms(random, units)), 0)),
    anytime: measured(runs, seed, 'anytime', (random) => !holds(alwaysValidDifference(...arms(random, Math.ceil(plan.anytime / 2))), 0)),
  };
}

/** How often any of three arms like the control is told from it. */
export const falseAlarmsOfMany = (runs: number, seed: number, units: number): Measured =>
  measured(runs, seed, 'many', (random) => {
    const [control, ...others] = Array.from({ length: 4 }, () => sampleOfShare(successes(random, units, 0.2), units));
    return others.some((other) => !holds(shareDifference(control, other, 0.05 / 3), 0));
  });

/** @param lost share of one arm's units that are never seen */
export const mismatchesFound = (runs: number, seed: number, units: number, lost: number): Measured =>
  measured(runs, seed, `mismatch ${lost}`, (random) => {
    const counts = [0, 0];
    for (let unit = 0; unit < units; unit++) {
      const arm = random.uniform() < 0.5 ? 0 : 1;
      if (arm === 0 || random.uniform() >= lost) counts[arm] += 1;
    }
    return sampleRatio(counts, [50, 50]).mismatch;
  });

/** With a covariate that has `correlation` to the outcome; `narrower`: the mean width against the interval without it. */
export function cupedCoverage(runs: number, seed: number, units: number, correlation: number): Measured & { narrower: number } {
  let [adjustedWidth, plainWidth] = [0, 0];
  const rest = Math.sqrt(1 - correlation * correlation);
  const coverage = measured(runs, seed, 'cuped', (random) => {
    const arms = [0, 0.2].map((effect) => {
      const before = Float64Array.from({ length: units }, () => random.normal());
      const after = before.map((value) => effect + correlation * value + rest * random.normal());
      return pairedSample(after, before);
    });
    const { samples } = cuped(arms);
    const [adjusted, plain] = [meanDifference(samples[0], samples[1]), meanDifference(arms[0].one, arms[1].one)];
    adjustedWidth += adjusted.upper - adjusted.lower;
    plainWidth += plain.upper - plain.lower;
    return holds(adjusted, 0.2);
  });
  return { ...coverage, narrower: adjustedWidth / plainWidth };
}

/** Of all units, how many the best arm got; and how often it has the largest weight at the end. */
export function bandit(
  runs: number,
  seed: number,
  shares: readonly number[],
  rounds: number,
  each: number,
): { best: Measured; got: number } {
  const bestArm = shares.indexOf(Math.max(...shares));
  let got = 0;
  const best = measured(runs, seed, 'bandit', (random) => {
    const seen = shares.map(() => ({ units: 0, successes: 0 }));
    let weights = shares.map(() => 1 / shares.length);
    for (let round = 0; round < rounds; round++) {
      for (const [arm, weight] of weights.entries()) {
        const units = Math.round(each * weight);
        seen[arm].units += units;
        seen[arm].successes += successes(random, units, shares[arm]);
      }
      const samples = seen.map((arm) => sampleOfShare(arm.successes, arm.units));
      weights = banditWeights(samples, { seed: random.nextUint32(), draws: 1_000 }).weights ?? weights;
    }
    got += seen[bestArm].units / (rounds * each) / runs;
    return weights.indexOf(Math.max(...weights)) === bestArm;
  });
  return { best, got };
}
