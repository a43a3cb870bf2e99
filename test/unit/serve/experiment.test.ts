/** What an experiment says of units whose figures are given. */
import { expect, test } from 'vitest';
import { Random } from '../../../src/base/random.js';
import { analyse } from '../../../src/serve/experiment/analyse.js';
import type { ArmUnits } from '../../../src/serve/experiment/observations.js';
import { reweighRunning } from '../../../src/serve/experiment/reweigh-running.js';
import { simulatedObservations } from '../../../src/serve/experiment/simulated.js';
import { simulatedSpec, simulation } from '../../../src/serve/experiment/simulation.js';
import type { ExperimentRecord, ExperimentSpec } from '../../../src/spec/experiment.js';
import { alwaysValidDifference } from '../../../src/stats/experiment/always-valid.js';
import { relativeDifference, shareDifference } from '../../../src/stats/experiment/difference.js';
import { sampleOfShare } from '../../../src/stats/experiment/sample.js';

const record = (spec: Partial<ExperimentSpec> = {}, more: Partial<ExperimentRecord> = {}): ExperimentRecord => ({
  kind: 'experiment',
  id: 'e',
  name: 'e',
  created: 0,
  spec: { ...simulatedSpec, guardrails: [], ...spec },
  planned: 8_000,
  periods: [{ from: 0, weights: (spec.arms ?? simulatedSpec.arms).map(({ weight }) => weight) }],
  status: 'running',
  ...more,
});

/** Units of which so many have an outcome, and whose guardrail is as given. */
const units = (count: number, successes: number, latency?: (unit: number) => number): ArmUnits => ({
  first: new Array(count).fill(1),
  figures: [
    { sums: Array.from({ length: count }, (_, unit) => Number(unit < successes)), rows: new Array(count).fill(1) },
    ...(latency ? [{ sums: Array.from({ length: count }, (_, unit) => latency(unit)), rows: new Array(count).fill(1) }] : []),
  ],
});
const verdict = (given: ExperimentRecord, ...arms: ArmUnits[]) => analyse(given, { arms, crossed: 0 }).verdict;

test('each arm is compared with the first, by the intervals of src/stats', () => {
  const [a, b] = [sampleOfShare(100, 1_000), sampleOfShare(130, 1_010)];
  const { metric, units: all, division } = analyse(record(), { arms: [units(1_000, 100), units(1_010, 130)], crossed: 0 });
  const [comparison] = metric.comparisons;
  const { lower, upper, pValue } = shareDifference(a, b);
  expect([all, division.mismatch, metric.means]).toEqual([2_010, false, [a.mean, b.mean]]);
  expect(comparison).toMatchObject({ fixed: { lower, upper }, pValue, difference: b.mean - a.mean });
  expect(comparison?.always.lower).toBeCloseTo(alwaysValidDifference(a, b).lower, 12);
  expect(comparison?.relative).toMatchObject({
    difference: expect.closeTo(b.mean / a.mean - 1, 12),
    lower: relativeDifference(a, b).lower,
  });
});

test('with three arms each interval may miss half as often', () => {
  const arms = [...simulatedSpec.arms, { name: 'other', version: 3, weight: 0 }].map((arm) => ({ ...arm, weight: 100 / 3 }));
  const { metric } = analyse(record({ arms }), { arms: [units(1_000, 100), units(1_000, 130), units(1_000, 90)], crossed: 0 });
  expect(metric.comparisons[0]?.fixed).toEqual(
    expect.objectContaining({ lower: shareDifference(sampleOfShare(100, 1_000), sampleOfShare(130, 1_000), 0.025).lower }),
  );
});

test.each([
  ['few units: no interval', [units(99, 10), units(110, 40)], 'waiting', undefined],
  ['nothing sure yet', [units(2_000, 200), units(2_000, 230)], 'waiting', undefined],
  ['surely better before its time', [units(2_000, 200), units(2_000, 320)], 'winner', 'treatment'],
  ['surely worse before its time', [units(2_000, 320), units(2_000, 200)], 'winner', 'control'],
  ['better by a look at the planned size', [units(4_000, 400), units(4_000, 460)], 'winner', 'treatment'],
  ['the same at the planned size', [units(4_000, 400), units(4_000, 401)], 'none', undefined],
  ['divided wrongly', [units(2_000, 200), units(2_400, 500)], 'mismatch', undefined],
])('%s', (_, arms, kind, arm) => {
  expect(verdict(record(), ...arms)).toMatchObject({ kind, ...(arm === undefined ? {} : { arm }) });
});

test('what was ended by something else says so first, and one that was stopped expects no more units', () => {
  const arms = [units(2_000, 200), units(2_000, 320)];
  const event = { time: 5, kind: 'rollback', by: 'latency', to: 'control', message: 'It was slow.' } as const;
  expect(verdict(record({}, { status: 'stopped', ended: 5, interrupted: event }), ...arms)).toEqual({
    kind: 'interrupted',
    message: 'All callers were rolled back to "control", which ended it. It was slow.',
  });
  expect(verdict(record({}, { status: 'stopped', ended: 5 }), units(2_000, 200), units(2_000, 230))).toEqual({
    kind: 'waiting',
    message: 'Nothing is sure: it ended with 4000 of 8000 planned units.',
  });
});

test('where less is better, less wins', () => {
  const metric = { ...simulatedSpec.metric, better: 'lower' as const };
  expect(verdict(record({ metric }), units(2_000, 320), units(2_000, 200))).toMatchObject({ kind: 'winner', arm: 'treatment' });
});

test('an arm that does harm is rolled back, however good it is', () => {
  const guarded = record({ guardrails: simulatedSpec.guardrails });
  const slow = (by: number) => (unit: number) => 20 + (unit % 10) + by;
  const result = (by: number) => analyse(guarded, { arms: [units(2_000, 200, slow(0)), units(2_000, 320, slow(by))], crossed: 0 });
  expect(result(3)).toMatchObject({ guardrails: [{ states: ['harm'] }], verdict: { kind: 'harm', arm: 'treatment' } });
  expect(result(0.1)).toMatchObject({ guardrails: [{ states: ['safe'] }], verdict: { kind: 'winner' } });
  expect(result(1).guardrails[0].states).toEqual(['unknown']);
});

test('the division is held against the weights that held when units came', () => {
  const periods = [
    { from: 0, weights: [50, 50] },
    { from: 10, weights: [10, 90] },
  ];
  const arm = (early: number, late: number): ArmUnits => ({
    ...units(early + late, 10),
    first: [...new Array(early).fill(1), ...new Array(late).fill(11)],
  });
  expect(analyse(record({}, { periods }), { arms: [arm(1_000, 100), arm(1_000, 900)], crossed: 0 }).division.pValue).toBeCloseTo(1, 6);
  expect(analyse(record({}, { periods }), { arms: [arm(100, 1_000), arm(900, 1_000)], crossed: 0 }).division.mismatch).toBe(true);
});

test('bandits that run are reweighed one after the other, and one that fails holds up no other', async () => {
  const banditOf = (id: string, more: Partial<ExperimentRecord> = {}) => ({ ...record({ bandit: true }, more), id });
  const list = async () => [banditOf('broken'), banditOf('stopped', { status: 'stopped' }), record(), banditOf('whole')];
  const asked: string[] = [];
  const reweigh = async (id: string) => {
    asked.push(id);
    if (id === 'broken') throw new Error('The log is damaged.');
    return true;
  };
  await reweighRunning({ list, reweigh });
  expect(asked).toEqual(['broken', 'whole']);
  await reweighRunning({ list: () => Promise.reject(new Error('The disk is gone.')), reweigh });
});

test('what is known from before narrows the interval', () => {
  const random = new Random(1, 'units');
  const arm = (count: number): ArmUnits => {
    const before = Array.from({ length: count }, () => 10 + 3 * random.normal());
    return {
      first: new Array(count).fill(1),
      before,
      figures: [{ sums: before.map((value) => value + random.normal()), rows: new Array(count).fill(1) }],
    };
  };
  const metric = { column: 'outcome.spent', kind: 'mean' as const, better: 'higher' as const };
  const arms = [arm(500), arm(500)];
  const width = (given: ArmUnits[]) => {
    const fixed = analyse(record({ metric }), { arms: given, crossed: 0 }).metric.comparisons[0]?.fixed;
    return fixed ? fixed.upper - fixed.lower : Number.NaN;
  };
  // The covariate explains nine tenths of the variance.
  expect(width(arms) / width(arms.map(({ before: _, ...rest }) => rest))).toBeCloseTo(Math.sqrt(0.1), 1);
});

test('a simulated experiment is the same at every look, and ends by finding its winner', () => {
  const simulated = record({}, { simulated: { ...simulation, seed: 3 }, planned: 7_682 });
  const at = (seconds: number) => simulatedObservations(simulated, seconds * 1_000);
  expect(at(4)).toEqual(at(4));
  // Of periods the last are kept: it began before them.
  const long = { ...simulated, periods: [{ from: 3_000, weights: [50, 50] }] };
  expect(simulatedObservations(long, 4_000)).toEqual(at(4));
  expect(at(4).arms[0].figures[0].sums).toEqual(at(8).arms[0].figures[0].sums.slice(0, at(4).arms[0].first.length));
  expect(analyse(simulated, at(1)).verdict.kind).toBe('waiting');
  expect(analyse(simulated, at(32))).toMatchObject({ units: 8_000, verdict: { kind: 'winner', arm: 'treatment' } });
});
