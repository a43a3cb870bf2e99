import { expect, test } from 'vitest';
import { banditWeights } from '../../../../src/stats/experiment/bandit.js';
import { planExperiment, powerOf } from '../../../../src/stats/experiment/plan.js';
import { sampleOfShare } from '../../../../src/stats/experiment/sample.js';

/** statsmodels 0.13.5: `NormalIndPower.solve_power` and `power_proportions_2indep`. */
test.each([
  [0.2, 0.05, 0.8, [1, 1], [393, 393]],
  // Three arms: each of two comparisons may go wrong half as often.
  [0.1, 0.05, 0.9, [1, 1, 1], [2_483, 2_483, 2_483]],
  [0.1, 0.05, 0.8, [4, 1], [3_925, 982]],
])('a mean that moves by %f deviations, α %f, power %f, weights %j', (effect, alpha, power, weights, units) => {
  expect(planExperiment({ metric: { kind: 'mean', deviation: 1 }, effect, alpha, power, weights }).units).toEqual(units);
});

test('a share: 3,840 units have not quite a power of 0.8, 3,841 have', () => {
  const plan = planExperiment({ metric: { kind: 'proportion', baseline: 0.1 }, effect: 0.02, weights: [50, 50], unitsPerDay: 1_000 });
  expect(plan).toEqual({ units: [3_841, 3_841], total: 7_682, anytime: expect.any(Number), days: 8 });
  // What may be looked at any time needs more than 1.5 times as many, and less than 4 times.
  expect(plan.anytime / plan.total).toBeGreaterThan(0.9);
  expect(plan.anytime / plan.total).toBeLessThan(4);
});

test('the power of a plan that is already there', () => {
  expect(powerOf({ count: 100, effect: 0.2, deviation: 1 })).toBeCloseTo(0.292988936448, 11);
});

test.each([
  ['effect', { effect: 0 }],
  ['effect', { effect: 0.95 }],
  ['weights', { weights: [100] }],
  ['weights', { weights: [100, 0] }],
  ['baseline', { metric: { kind: 'proportion', baseline: 1 } }],
  ['deviation', { metric: { kind: 'mean', deviation: 0 } }],
  ['alpha', { alpha: 0 }],
  ['power', { power: 0.4 }],
  ['effect', { effect: 1e-9 }],
] as const)('%s is refused by name', (field, wrong) => {
  const right = { metric: { kind: 'proportion' as const, baseline: 0.1 }, effect: 0.02, weights: [1, 1] };
  expect(() => planExperiment({ ...right, ...wrong })).toThrow(expect.objectContaining({ code: 'invalid-plan', place: { field } }));
});

test('a bandit of two arms: how often the better one is better, as the normal distribution says', () => {
  const arms = [sampleOfShare(100, 1_000), sampleOfShare(120, 1_000)];
  const { best, weights } = banditWeights(arms, { seed: 1 });
  // P(B > A) is 0.9236 by scipy.stats.norm; 10,000 draws are within 0.012 of it but once in 100,000.
  expect(Math.abs(best[1] - 0.9236)).toBeLessThan(0.012);
  expect(weights).toEqual(best);
  expect(banditWeights(arms, { seed: 1, smallerIsBetter: true }).best[0]).toBeCloseTo(best[1], 1);
  expect(banditWeights(arms, { seed: 1 })).toEqual({ best, weights });
  expect(banditWeights(arms, { seed: 2 }).best).not.toEqual(best);
});

test('of three arms the rivals at the top share the weight, and the worst keeps its floor', () => {
  const arms = [sampleOfShare(50, 1_000), sampleOfShare(298, 1_000), sampleOfShare(302, 1_000)];
  const { weights = [] } = banditWeights(arms, { seed: 1 });
  expect(weights[0]).toBeCloseTo(0.01 / 1.01, 6);
  expect(weights[1]).toBeCloseTo(0.5 / 1.01, 6);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
});

test('too few units leave the weights as they are', () => {
  expect(banditWeights([sampleOfShare(5, 99), sampleOfShare(50, 100)], { seed: 1 }).weights).toBeUndefined();
  expect(banditWeights([sampleOfShare(5, 100), sampleOfShare(50, 100)], { seed: 1 }).weights).toBeDefined();
  expect(banditWeights([sampleOfShare(1, 1), sampleOfShare(50, 500)], { seed: 1 }).weights).toBeUndefined();
});
