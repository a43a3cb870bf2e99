import { expect, test } from 'vitest';
import { denseRows } from '../../../src/data/inputs.js';
import { clearlySmaller, meanLoss, rowLosses } from '../../../src/train/losses.js';
import type { Part } from '../../../src/train/part.js';
import { baselineOf, confusionOf, metricsOf, scoreOf, type Truth, trivialOf } from '../../../src/train/tasks/table.js';

const outputs = Float32Array.of(0.7, 0.2, 0.1, 0.1, 0.8, 0.1, 0.3, 0.3, 0.4);
const truth = (...actual: number[]): Truth => ({ kind: 'classes', actual: Int32Array.from(actual), classes: ['a', 'b', 'c'] });
const values = (...actual: number[]): Truth => ({
  kind: 'value',
  actual: Float64Array.from(actual),
  restore: (scaled) => Float64Array.from(scaled, (value) => value * 10),
});

const part = (of: Truth): Part => ({
  truth: of,
  examples: { rows: 0, inputs: denseRows(new Float32Array(0), 0), targets: new Float32Array(0) },
});

/** @param weights [rows]; left out, each target is of a row of its own */
const lossOf = (model: Parameters<typeof meanLoss>[0], given: Float32Array, targets: Float32Array, weights?: Float32Array): number =>
  meanLoss(model, given, { rows: weights?.length ?? targets.length, targets, ...(weights ? { weights } : {}) });

test('cross-entropy is the mean negative log-probability of the true class; an unknown class has probability zero', () => {
  expect(lossOf({ loss: 'softmaxCrossEntropy' }, outputs, Float32Array.of(0, 1, 2))).toBeCloseTo(
    -(Math.log(0.7) + Math.log(0.8) + Math.log(0.4)) / 3,
    6,
  );
  expect(lossOf({ loss: 'softmaxCrossEntropy' }, outputs, Float32Array.of(0, 1, -1))).toBeCloseTo(
    -(Math.log(0.7) + Math.log(0.8) + Math.log(2 ** -23)) / 3,
    6,
  );
});

test('the squared error is a mean over rows', () => {
  expect(lossOf({ loss: 'meanSquaredError' }, Float32Array.of(1, 2), Float32Array.of(0, 4))).toBe(2.5);
});

test('the absolute error, Huber beyond and within its delta, and the cross-entropy of several labels', () => {
  const [outputs, targets] = [Float32Array.of(1, 2, -3), Float32Array.of(0.5, 5, -3)];
  expect(lossOf({ loss: 'meanAbsoluteError' }, outputs, targets)).toBeCloseTo(3.5 / 3, 12);
  expect(lossOf({ loss: 'huber' }, outputs, targets)).toBeCloseTo((0.125 + 2.5 + 0) / 3, 12);
  expect(lossOf({ loss: 'huber', delta: 2 }, outputs, targets)).toBeCloseTo((0.125 + 4 + 0) / 3, 12);
  const shares = Float32Array.of(0.9, 0.2, 0.6, 0.5);
  const labels = Float32Array.of(1, 0, 0, 1);
  const rows = [-(Math.log(0.9) + Math.log(0.8)) / 2, -(Math.log(0.4) + Math.log(0.5)) / 2];
  expect(Array.from(rowLosses({ loss: 'sigmoidCrossEntropy' }, shares, labels, 2), (loss) => loss.toFixed(6))).toEqual(
    rows.map((loss) => loss.toFixed(6)),
  );
  expect(lossOf({ loss: 'sigmoidCrossEntropy' }, shares, labels)).toBeCloseTo((rows[0] + rows[1]) / 2, 6);
  expect(lossOf({ loss: 'sigmoidCrossEntropy' }, shares, labels, Float32Array.of(1, 3))).toBeCloseTo((rows[0] + 3 * rows[1]) / 4, 6);
});

test('a network that has diverged gives a loss that is not finite', () => {
  expect(lossOf({ loss: 'softmaxCrossEntropy' }, Float32Array.of(Number.NaN, Number.NaN), Float32Array.of(1))).toBeNaN();
  expect(lossOf({ loss: 'meanSquaredError' }, Float32Array.of(Number.NaN), Float32Array.of(1))).toBeNaN();
});

test('a row of a class that training did not have counts as wrong', () => {
  expect(scoreOf(truth(0, 1, -1), outputs)).toBeCloseTo(2 / 3, 12);
  expect(metricsOf(truth(0, 1, -1), outputs)).toMatchObject({ accuracy: 2 / 3 });
  expect(metricsOf(truth(0, 1, 2), outputs)).toMatchObject({ accuracy: 1 });
  expect(confusionOf(truth(0, 1, -1), outputs)).toEqual({
    classes: ['a', 'b', 'c', '(not in the training rows)'],
    counts: [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 1, 0],
    ],
  });
});

test('values are judged in their own unit', () => {
  expect(metricsOf(values(10, 20), Float32Array.of(1, 3))).toMatchObject({ mae: 5, r2: -1 });
  expect(scoreOf(values(10, 20), Float32Array.of(1, 3))).toBe(-1);
  expect(confusionOf(values(10), Float32Array.of(1))).toBeUndefined();
});

test('the baseline predicts shares and mean of the training rows, not of those that are judged', async () => {
  // Training is two thirds of class a; of the judged rows, one of four is.
  expect((await baselineOf(trivialOf(truth(0, 0, 1)), part(truth(0, 1, 1, 1)))).metrics).toMatchObject({
    accuracy: 0.25,
    logLoss: expect.closeTo(-(Math.log(2 / 3) + 3 * Math.log(1 / 3)) / 4, 5),
  });
  expect((await baselineOf(trivialOf(values(1, 3)), part(values(2, 4)))).metrics).toMatchObject({ mae: 1, rmse: Math.SQRT2 });
});

test('losses are clearly smaller only by more than a standard error of their differences', () => {
  const losses = (...values: number[]): Float64Array => Float64Array.from(values);
  expect(clearlySmaller(losses(1, 2, 3), losses(2, 3, 4))).toBe(true);
  expect(clearlySmaller(losses(2, 3, 4), losses(1, 2, 3))).toBe(false);
  expect(clearlySmaller(losses(1, 1), losses(1, 1))).toBe(false);
  // Differences 3 and −1: their mean is 1, its standard error 2.
  expect(clearlySmaller(losses(1, 1), losses(4, 0))).toBe(false);
  // Differences 3 and 1: their mean is 2, its standard error 1.
  expect(clearlySmaller(losses(1, 1), losses(4, 2))).toBe(true);
  expect(clearlySmaller(losses(1), losses(9))).toBe(false);
});
