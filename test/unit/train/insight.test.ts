import { expect, test } from 'vitest';
import { type InsightEpoch, mostExamples, mostInsightEpochs, type RunInsight } from '../../../src/spec/insight.js';
import { answersTo, examplePlaces, examplesOf } from '../../../src/train/insight/examples.js';
import { keepEpoch } from '../../../src/train/insight/keep.js';
import { distributionOf } from '../../../src/train/insight/watch.js';
import type { Truth } from '../../../src/train/tasks/table.js';

const seen = (epoch: number): InsightEpoch => ({ epoch, answers: [] });
const insightOf = (tensors: number): RunInsight => ({
  tensors: Array.from({ length: tensors }, (_, layer) => ({ layer, kind: 'dense', role: 'weights', shape: [1], size: 1, looked: 1 })),
  examples: [],
  every: 1,
  epochs: [],
});
const kept = (tensors: number, epochs: number): RunInsight => {
  const insight = insightOf(tensors);
  for (let epoch = 1; epoch <= epochs; epoch++) keepEpoch(insight, seen(epoch));
  return insight;
};

test('every epoch of a short training is kept, evenly spread ones of a long one', () => {
  expect(kept(6, 40).epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  const long = kept(6, 1000);
  expect(long.every).toBe(8);
  expect(long.epochs).toHaveLength(125);
  expect(long.epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 125 }, (_, index) => 1 + 8 * index));
  for (const tensors of [1, 8, 40, 500]) {
    const { epochs } = kept(tensors, 3000);
    expect(epochs.length).toBeLessThanOrEqual(mostInsightEpochs);
    expect(epochs.length * tensors).toBeLessThanOrEqual(Math.max(1024, 8 * tensors));
    expect(epochs.length).toBeGreaterThan(3);
  }
});

test('an epoch that is told again takes the place of what was told of it and after', () => {
  const insight = kept(2, 9);
  keepEpoch(insight, { epoch: 5, answers: [{ answer: 1 }] });
  expect(insight.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
  expect(insight.epochs.at(-1)?.answers).toEqual([{ answer: 1 }]);
});

const classes: Truth = {
  kind: 'classes',
  // Of 60 rows one is of the rarest class, and three are of one that training did not have.
  actual: Int32Array.from({ length: 60 }, (_, row) => (row === 41 ? 2 : row % 20 === 7 ? -1 : row % 2)),
  classes: ['a', 'b', 'rare'],
};

test('examples are drawn by seed, each class in its turn, and never of a class that is not known', () => {
  const places = examplePlaces(classes, 1);
  expect(places).toHaveLength(mostExamples);
  expect(new Set(places).size).toBe(mostExamples);
  const counts = [0, 1, 2, -1].map((label) => places.filter((place) => (classes.actual as Int32Array)[place] === label).length);
  expect(counts).toEqual([4, 3, 1, 0]);
  expect(examplePlaces(classes, 1)).toEqual(places);
  expect(examplePlaces(classes, 2)).not.toEqual(places);
  const rows = Uint32Array.from({ length: 60 }, (_, row) => 1000 + row);
  expect(examplesOf(classes, [41, 2], rows)).toEqual([
    { row: 1041, actual: 'rare' },
    { row: 1002, actual: 'a' },
  ]);
});

test('answers are told by the class, its probability and that of the truth; values in their own unit', () => {
  const outputs = new Float32Array(180);
  outputs.set([0.5, 0.125, 0.375], 41 * 3);
  expect(answersTo(classes, [41], outputs)).toEqual([{ answer: 0, probability: 0.5, ofTruth: 0.375 }]);
  const values: Truth = { kind: 'value', actual: Float64Array.of(10, 20), restore: (scaled) => Float64Array.from(scaled, (x) => 100 * x) };
  expect(answersTo(values, [1], Float32Array.of(0.25, 0.5))).toEqual([{ answer: 50 }]);
  expect(examplesOf(values, examplePlaces(values, 0), Uint32Array.of(7, 9))).toEqual([
    { row: 7, actual: 10 },
    { row: 9, actual: 20 },
  ]);
});

test('a distribution has its length, its share of zeros and the bins that are not empty', () => {
  expect(distributionOf(Float32Array.of(0, 0, 3, -4), 1)).toEqual({
    norm: 5,
    zeros: 0.5,
    first: 5,
    counts: [1, ...Array(26).fill(0), 2, ...Array(25).fill(0), 1],
  });
  expect(distributionOf(Float32Array.of(Number.POSITIVE_INFINITY, 1), 1).norm).toBeNull();
});
