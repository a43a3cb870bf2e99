/**
 * The figures that a model is judged by, with scikit-learn's definitions and its `zero_division=0`. Pure functions over
 * typed arrays; the names are those of `spec/metrics`.
 */
import { logarithm, squared } from '../base/elementary.js';
import { type ConfusionCounts, confusionCounts, mostProbable, requireRows } from './confusion.js';
import { areaUnderRocOneVersusRest } from './ranking.js';

export interface ClassificationFigures {
  accuracy: number;
  balancedAccuracy: number;
  f1Macro: number;
  precisionMacro: number;
  recallMacro: number;
  mcc: number;
  logLoss: number;
  rocAuc: number | null;
}

export interface RegressionFigures {
  rmse: number;
  mae: number;
  r2: number;
}

/**
 * @param given.actual class indices [rows]
 * @param given.probabilities [rows, classes]; the most probable class is the prediction, the first of equal ones
 * @throws InputError `no-rows`, `row-count` or `invalid-class`
 */
export function classificationMetrics(given: { actual: Int32Array; probabilities: Float32Array; classes: number }): ClassificationFigures {
  const { actual, probabilities, classes } = given;
  const confusion = confusionCounts(actual, mostProbable(probabilities, classes), classes);
  return {
    ...labelFigures(confusion),
    logLoss: logLoss(actual, probabilities, classes),
    rocAuc: areaUnderRocOneVersusRest(actual, probabilities, classes),
  };
}

/**
 * The figures that need predicted classes only. Balanced accuracy averages recall over the classes that occur; the other
 * averages also take in classes that were only predicted.
 */
export function labelFigures({ classes, rows, counts }: ConfusionCounts): Omit<ClassificationFigures, 'logLoss' | 'rocAuc'> {
  let [correct, occurring, named] = [0, 0, 0];
  let [recallSum, precisionSum, f1Sum] = [0, 0, 0];
  let [agreement, actualSquares, predictedSquares] = [0, 0, 0];
  for (let label = 0; label < classes; label++) {
    let [actual, predicted] = [0, 0];
    for (let other = 0; other < classes; other++) {
      actual += counts[label * classes + other];
      predicted += counts[other * classes + label];
    }
    const right = counts[label * classes + label];
    correct += right;
    agreement += actual * predicted;
    actualSquares += actual * actual;
    predictedSquares += predicted * predicted;
    if (actual + predicted === 0) continue;
    named++;
    if (actual > 0) {
      occurring++;
      recallSum += right / actual;
    }
    if (predicted > 0) precisionSum += right / predicted;
    f1Sum += (2 * right) / (actual + predicted);
  }
  // Gorodkin's correlation for any number of classes; 0 where either side has one class only.
  const spread = Math.sqrt((rows * rows - predictedSquares) * (rows * rows - actualSquares));
  return {
    accuracy: correct / rows,
    balancedAccuracy: recallSum / occurring,
    f1Macro: f1Sum / named,
    precisionMacro: precisionSum / named,
    recallMacro: recallSum / named,
    mcc: spread === 0 ? 0 : (correct * rows - agreement) / spread,
  };
}

/** The step from 1 to the next 32-bit float: no probability is taken for smaller, so that one sure mistake stays finite. */
const smallestProbability = 2 ** -23;

/** Mean negative log-likelihood, in nats. Probabilities are clipped to [2⁻²³, 1 − 2⁻²³] and each row scaled to sum to 1. */
export function logLoss(actual: Int32Array, probabilities: Float32Array, classes: number): number {
  let sum = 0;
  for (let row = 0; row < actual.length; row++) {
    let total = 0;
    for (let label = 0; label < classes; label++) total += clip(probabilities[row * classes + label]);
    sum -= logarithm(clip(probabilities[row * classes + actual[row]]) / total);
  }
  return sum / actual.length;
}

const clip = (probability: number): number => Math.min(Math.max(probability, smallestProbability), 1 - smallestProbability);

/**
 * @param given.actual,given.predicted values in the target's own unit [rows]
 * @returns `r2` of a constant target (or one row) is 1 when every value is met, else 0
 * @throws InputError `no-rows` or `row-count`
 */
export function regressionMetrics(given: { actual: ArrayLike<number>; predicted: ArrayLike<number> }): RegressionFigures {
  const { actual, predicted } = given;
  const rows = actual.length;
  requireRows(rows, predicted.length);
  let mean = 0;
  for (let row = 0; row < rows; row++) mean += (actual[row] - mean) / (row + 1);
  let [absolute, squares, spread] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const error = actual[row] - predicted[row];
    absolute += Math.abs(error);
    squares += error * error;
    spread += squared(actual[row] - mean);
  }
  const r2 = spread > 0 ? 1 - squares / spread : squares === 0 ? 1 : 0;
  return { rmse: Math.sqrt(squares / rows), mae: absolute / rows, r2 };
}
