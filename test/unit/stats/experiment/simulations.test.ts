/** The same simulations as docs/experiments.md states, with fewer runs: each bound is four standard errors from what is promised. */
import { expect, test } from 'vitest';
import * as simulations from './simulations.js';

const runs = 1_000;
/** Of a share of 0.05 or 0.95 over so many runs. */
const error = Math.sqrt((0.05 * 0.95) / runs);
const looks = { every: 100, looks: 40, from: 0.2, to: 0.2 };

test('intervals that are looked at once hold as often as they say', () => {
  for (const { share } of [
    simulations.shareCoverage(runs, 1, 200, 0.1, 0.15),
    simulations.meanCoverage(runs, 1, 100, 1, 1.2, false),
    simulations.meanCoverage(runs, 1, 200, 1, 1.2, true),
    simulations.cupedCoverage(runs, 1, 100, 0.7),
  ]) {
    expect(Math.abs(share - 0.95)).toBeLessThan(4 * error);
  }
});

test('looked at forty times, the fixed interval is wrong far too often, and the one that is always valid is not', () => {
  const fewer = 400;
  expect(simulations.missesAtAnyLook(fewer, 1, looks, 'fixed').share).toBeGreaterThan(0.2);
  expect(simulations.missesAtAnyLook(fewer, 1, looks, 'always').share).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / fewer));
  expect(simulations.missesAtAnyLook(fewer, 1, { ...looks, to: 0.24 }, 'always').share).toBeLessThan(
    0.05 + 4 * Math.sqrt((0.05 * 0.95) / fewer),
  );
});

test('several arms against one control are wrong no more often together', () => {
  expect(simulations.falseAlarmsOfMany(runs, 1, 400).share).toBeLessThan(0.05 + 4 * error);
});

test('a planned experiment finds what it was planned for', () => {
  const { once, anytime } = simulations.plannedPower(runs, 1, 0.1, 0.05);
  expect(Math.abs(once.share - 0.8)).toBeLessThan(4 * Math.sqrt((0.8 * 0.2) / runs));
  expect(Math.abs(anytime.share - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / runs));
});

test('a lost tenth of an arm is seen, and nothing where nothing is lost', () => {
  expect(simulations.mismatchesFound(200, 1, 10_000, 0.1).share).toBeGreaterThan(0.9);
  expect(simulations.mismatchesFound(200, 1, 10_000, 0).share).toBeLessThan(0.02);
});

test('a covariate narrows by what it explains', () => {
  expect(simulations.cupedCoverage(100, 1, 200, 0.8).narrower).toBeCloseTo(0.6, 1);
});

test('a bandit gives most to the best arm', () => {
  const { best, got } = simulations.bandit(20, 1, [0.1, 0.1, 0.2], 10, 600);
  expect(best.share).toBeGreaterThan(0.9);
  expect(got).toBeGreaterThan(0.4);
});
