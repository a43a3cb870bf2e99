import { expect, test } from 'vitest';
import type { TrialRecord } from '../../../src/spec/sweep-record.js';
import { newTrial } from '../../../src/train/sweeps/records.js';
import { axesOf } from '../../../src/ui/sweeps/axes.js';
import { offeredFields, readField } from '../../../src/ui/sweeps/field-text.js';
import { ranked } from '../../../src/ui/sweeps/ranking.js';

const [rate] = offeredFields;
const dropout = offeredFields.find(({ field }) => field === 'dropout') ?? rate;

test('values are read as people write them', () => {
  expect(readField(rate, '0.001 to 0.1', 'random')).toEqual({ field: 'learningRate', kind: 'logUniform', from: 0.001, to: 0.1 });
  expect(readField(dropout, '0 … 0.5', 'grid')).toEqual({ field: 'dropout', kind: 'uniform', from: 0, to: 0.5, points: 5 });
  expect(readField(rate, ' 0.01,0.1 ,', 'grid')).toEqual({ field: 'learningRate', kind: 'choice', values: [0.01, 0.1] });
  expect(readField(rate, 'adam, sgd', 'grid')).toMatchObject({ values: ['adam', 'sgd'] });
  for (const wrong of ['', ' , ', '0.1 to 0.001', 'a to b', '1 to 1']) expect(readField(rate, wrong, 'random')).toEqual(expect.any(String));
});

const trial = (
  number: number,
  learningRate: number,
  metrics: (number | null)[],
  status: TrialRecord['status'] = 'finished',
): TrialRecord => ({
  ...newTrial('s', number, { values: { learningRate, activation: number % 2 ? 'relu' : 'gelu' }, spec: { target: 't' }, epochs: 9 }),
  status,
  rungs: metrics.map((metric, index) => ({ epoch: index + 1, metric })),
});
const trials = [trial(1, 0.001, [0.5]), trial(2, 0.1, [0.6, 0.4]), trial(3, 0.01, [0.3, null], 'diverged'), trial(4, 0.01, [0.2])];

test('who came further is ahead, then the better figure; who diverged is last', () => {
  expect(ranked(trials, 'logLoss').map(({ number }) => number)).toEqual([2, 4, 1, 3]);
  expect(ranked(trials, 'accuracy').map(({ number }) => number)).toEqual([2, 1, 4, 3]);
});

test('axes: orders of magnitude where values are far apart, words in their order, the figure last', () => {
  const [first, second, third] = axesOf(trials, { name: 'logLoss', title: 'Log loss' });
  expect(first.title).toBe('Learning rate (log)');
  for (const [index, place] of [0, 1, 0.5, 0.5].entries()) expect(first.places[index]).toBeCloseTo(place, 12);
  expect(second).toMatchObject({ title: 'Activation', places: [1, 0, 1, 0], marks: [{ text: 'gelu' }, { text: 'relu' }] });
  expect(third.places[2]).toBeNull();
  expect(third.places[3]).toBe(0);
});
