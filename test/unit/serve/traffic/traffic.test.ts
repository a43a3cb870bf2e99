import { expect, test } from 'vitest';
import { armAt, placeOf } from '../../../../src/serve/traffic/assign.js';
import { Traffic } from '../../../../src/serve/traffic/traffic.js';
import { checkTraffic, redivided, type TrafficEvent, type Traffic as TrafficSpec } from '../../../../src/spec/traffic.js';
import { chiSquaredTail } from '../../../../src/stats/distributions.js';

const arms = [
  { name: 'blue', version: 1, weight: 90 },
  { name: 'green', version: 2, weight: 10 },
];
const rollback = { to: 'blue', seconds: 60, requests: 10, errors: 0.2, latency: { quantile: 0.9, milliseconds: 50 } };
const units = Array.from({ length: 20_000 }, (_, index) => `user-${index}`);
const headers = (given: Record<string, string> = {}) => new Headers(given);

test('callers are divided by the weights, each always the same way, and by another salt independently', () => {
  const arm = (salt: string, unit: string) => armAt(arms, placeOf(salt, unit)).name;
  const green = units.filter((unit) => arm('one', unit) === 'green');
  expect(Math.abs(green.length - 2_000)).toBeLessThan(4 * Math.sqrt(20_000 * 0.1 * 0.9));
  expect(green.every((unit) => arm('one', unit) === 'green')).toBe(true);
  const again = green.filter((unit) => arm('two', unit) === 'green').length;
  expect(Math.abs(again / green.length - 0.1)).toBeLessThan(4 * Math.sqrt((0.1 * 0.9) / green.length));
});

test('places are even: χ² of a hundred bins', () => {
  const bins = new Array<number>(100).fill(0);
  for (const unit of units) bins[Math.floor(placeOf('one', unit) * 100)] += 1;
  const statistic = bins.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
  expect(chiSquaredTail(statistic, 99)).toBeGreaterThan(0.001);
});

test('of two arms, a larger weight takes callers and moves no others', () => {
  const wider = [
    { ...arms[0], weight: 60 },
    { ...arms[1], weight: 40 },
  ];
  const before = units.filter((unit) => armAt(arms, placeOf('one', unit)).name === 'green');
  expect(before.every((unit) => armAt(wider, placeOf('one', unit)).name === 'green')).toBe(true);
  expect(armAt([{ weight: 0.1 }, { weight: 0.2 }, { weight: 0 }], 1 - 2 ** -53)).toEqual({ weight: 0.2 });
});

test('a path that names a version, and a header, come before the split', () => {
  const traffic = new Traffic();
  traffic.set('m', { arms, mirror: { version: 3, share: 50 } });
  expect(traffic.choose('m', { version: 1 }, headers())).toBeUndefined();
  expect(traffic.choose('m', { label: 'stable' }, headers())).toBeUndefined();
  expect(traffic.choose('other', {}, headers())).toBeUndefined();
  expect(traffic.choose('m', {}, headers({ 'azureml-model-deployment': 'green' }))).toEqual({ version: 2 });
  expect(traffic.choose('m', {}, headers({ 'x-benchwright-version': '3' }))).toEqual({ version: 3 });
  const named = () => traffic.choose('m', {}, headers({ 'x-benchwright-version': '7' }));
  expect(named).toThrow(expect.objectContaining({ code: 'unknown-arm', advice: expect.stringContaining('"green" (version 2)') }));
  expect(traffic.choose('m', {}, headers({ 'x-benchwright-unit': 'a' }))).toMatchObject({ unit: 'a', arm: expect.any(String) });
});

test('who does not say who they are is divided as well', () => {
  const traffic = new Traffic();
  traffic.set('m', { arms: arms.map((arm) => ({ ...arm, weight: 50 })) });
  const seen = new Set(Array.from({ length: 100 }, () => traffic.choose('m', {}, headers())?.arm));
  expect(seen).toEqual(new Set(['blue', 'green']));
});

/** Ten requests a second at most, so that the window is what counts. */
function watched(spec: TrafficSpec) {
  const told: TrafficEvent[] = [];
  const clock = { now: 1_000_000 };
  const traffic = new Traffic({ now: () => clock.now, changed: (_, __, event) => told.push(event) });
  traffic.set('m', spec);
  const observe = (arm: string, seen: { failed?: boolean; latency?: number } = {}) => {
    clock.now += 100;
    traffic.observe('m', arm, { failed: false, latency: 1, ...seen });
  };
  return { traffic, told, clock, observe };
}

test('an arm that fails too often loses its callers, and it is said why', () => {
  const { traffic, told, observe } = watched({ arms, rollback });
  for (let index = 0; index < 8; index++) observe('green');
  observe('green', { failed: true });
  observe('green', { failed: true });
  expect(told).toEqual([]);
  observe('green', { failed: true });
  expect(told).toMatchObject([
    { kind: 'rollback', by: 'errors', from: 'green', to: 'blue', message: '3 of 11 requests within 60 seconds failed; at most 20% may.' },
  ]);
  expect(traffic.state('m')).toMatchObject({ arms: [{ weight: 100 }, { weight: 0 }], events: [{ by: 'errors' }] });
  for (const unit of units.slice(0, 200)) expect(traffic.choose('m', {}, headers({ 'x-benchwright-unit': unit }))?.arm).toBe('blue');
  // It happened once.
  for (let index = 0; index < 20; index++) observe('green', { failed: true });
  expect(told.length).toBe(1);
});

test('so does one that is too slow', () => {
  const { told, observe } = watched({ arms, rollback });
  for (let index = 0; index < 20; index++) observe('green', { latency: index % 10 < 8 ? 5 : 80 });
  expect(told).toMatchObject([
    { by: 'latency', message: expect.stringMatching(/^90% of \d+ requests within 60 seconds took up to 80.0 ms; 50 ms/) },
  ]);
});

test('few requests, old ones, those of the trusted arm and a latency within bounds change nothing', () => {
  const { told, clock, observe } = watched({ arms, rollback });
  for (let index = 0; index < 9; index++) observe('green', { failed: true });
  clock.now += 60_000;
  observe('green', { failed: true });
  for (let index = 0; index < 30; index++) observe('blue', { failed: true, latency: 1_000 });
  for (let index = 0; index < 40; index++) observe('green', { latency: index % 20 === 19 ? 500 : 40 });
  expect(told).toEqual([]);
});

test('new weights leave a rule what it has seen; another version, and an arm that had no callers, begin anew', () => {
  const weighed = (first: number, second: number, version = arms[1].version) => ({
    arms: [
      { ...arms[0], weight: first },
      { ...arms[1], weight: second, version },
    ],
    rollback,
  });
  const outcomes = (between: TrafficSpec[]) => {
    const { traffic, told, observe } = watched(weighed(50, 50));
    for (let index = 0; index < 9; index++) observe('green', { failed: true });
    for (const spec of between) traffic.set('m', spec);
    observe('green', { failed: true });
    return told.map(({ kind }) => kind);
  };
  expect(outcomes([weighed(60, 40)])).toEqual(['rollback']);
  expect(outcomes([weighed(50, 50, 9)])).toEqual([]);
  expect(outcomes([weighed(100, 0), weighed(50, 50)])).toEqual([]);
});

test('a person can roll back at once, to an arm that there is', () => {
  const { traffic, told } = watched({ arms: [arms[1], arms[0]] });
  traffic.rollBack('m');
  expect(told).toMatchObject([{ kind: 'rollback', by: 'caller', to: 'green' }]);
  traffic.rollBack('m', 'blue');
  expect(traffic.state('m')?.arms).toMatchObject([{ weight: 0 }, { weight: 100 }]);
  expect(() => traffic.rollBack('m', 'red')).toThrow(expect.objectContaining({ code: 'unknown-arm' }));
  expect(() => traffic.rollBack('other')).toThrow(expect.objectContaining({ code: 'no-traffic' }));
});

test.each([
  ['arms', { arms: [{ ...arms[0], weight: 80 }, arms[1]] }, /sum to 90; expected 100/],
  ['arms', { arms: [arms[0], { ...arms[1], name: 'blue' }] }, /Two arms/],
  ['arms', { arms: [] }, /length of at least 1/],
  ['arms.0.weight', { arms: [{ ...arms[0], weight: 110 }] }, /at most 100/],
  ['mirror', { arms, mirror: { version: 2, share: 10 } }, /answers callers already/],
  ['mirror.share', { arms, mirror: { version: 3, share: 60 } }, /at most 50/],
  ['rollback.to', { arms, rollback: { ...rollback, to: 'red' } }, /no arm "red"/],
])('%s that cannot be is refused', (field, value, message) => {
  expect(() => checkTraffic(value)).toThrow(
    expect.objectContaining({ code: 'invalid-traffic', place: { field }, message: expect.stringMatching(message) }),
  );
});

test('among other arms the mirror stays that is none, and the rule trusts the version that it trusted', () => {
  const before = { arms, rollback, mirror: { version: 3, share: 10 }, salt: 'before' };
  const control = { name: 'control', version: 1, weight: 50 };
  const others = [{ name: 'treatment', version: 2, weight: 50 }, control];
  expect(redivided(before, others, 'new')).toEqual({ ...before, arms: others, rollback: { ...rollback, to: 'control' }, salt: 'new' });
  const mirrored = [control, { name: 'treatment', version: 3, weight: 50 }];
  expect(redivided(before, mirrored, 'new')).toEqual({ arms: mirrored, rollback: { ...rollback, to: 'control' }, salt: 'new' });
  const strange = [{ ...control, version: 7 }, others[0]];
  expect(redivided(before, strange, 'new').rollback?.to).toBe('control');
  // One version as two arms: it is the arm that was trusted.
  const twice = [others[0], { ...control, version: 1 }, { ...control, name: 'blue' }];
  expect(redivided(before, twice, 'new').rollback?.to).toBe('blue');
  expect(redivided({}, others, 'new')).toEqual({ arms: others, salt: 'new' });
});
