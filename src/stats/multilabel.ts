/** The figures of several labels a row, with scikit-learn's definitions and its `zero_division=0`; the names are those of `spec/metrics`. */
import { requireRows } from './confusion.js';
import { areaUnderRoc, averagePrecision } from './ranking.js';

export interface MultilabelFigures {
  subsetAccuracy: number;
  hammingLoss: number;
  f1Micro: number;
  f1Macro: number;
  rocAuc: number | null;
  averagePrecision: number | null;
}

/** A label is predicted from this probability on. */
export const labelThreshold = 0.5;

/**
 * @param given.actual [rows, labels]: 1 where a row has the label, else 0
 * @param given.probabilities [rows, labels]
 * @returns `rocAuc` is averaged over labels that some rows have and some have not, `averagePrecision` over those that some have
 * @throws InputError `no-rows` or `row-count`
 */
export function multilabelMetrics({
  actual,
  probabilities,
  labels,
}: {
  actual: ArrayLike<number>;
  probabilities: Float32Array;
  labels: number;
}): MultilabelFigures {
  const rows = actual.length / labels;
  requireRows(rows, probabilities.length / labels);
  const counts = Array.from({ length: labels }, () => ({ right: 0, actual: 0, predicted: 0 }));
  let [whole, wrong] = [0, 0];
  for (let row = 0; row < rows; row++) {
    let isRight = true;
    for (let label = 0; label < labels; label++) {
      const [has, said] = [actual[row * labels + label] === 1, probabilities[row * labels + label] >= labelThreshold];
      const count = counts[label];
      if (has) count.actual++;
      if (said) count.predicted++;
      if (has && said) count.right++;
      if (has === said) continue;
      wrong++;
      isRight = false;
    }
    if (isRight) whole++;
  }
  const sum = (of: 'right' | 'actual' | 'predicted'): number => counts.reduce((total, count) => total + count[of], 0);
  return {
    subsetAccuracy: whole / rows,
    hammingLoss: wrong / (rows * labels),
    f1Micro: f1({ right: sum('right'), actual: sum('actual'), predicted: sum('predicted') }),
    f1Macro: counts.reduce((total, count) => total + f1(count), 0) / labels,
    ...rankings(actual, probabilities, labels),
  };
}

const f1 = ({ right, actual, predicted }: { right: number; actual: number; predicted: number }): number =>
  actual + predicted === 0 ? 0 : (2 * right) / (actual + predicted);

function rankings(actual: ArrayLike<number>, probabilities: Float32Array, labels: number) {
  const rows = actual.length / labels;
  const has = new Uint8Array(rows);
  const score = new Float32Array(rows);
  const [areas, precisions]: [number[], number[]] = [[], []];
  for (let label = 0; label < labels; label++) {
    for (let row = 0; row < rows; row++) {
      has[row] = actual[row * labels + label];
      score[row] = probabilities[row * labels + label];
    }
    const [area, precision] = [areaUnderRoc(has, score), averagePrecision(has, score)];
    if (area !== null) areas.push(area);
    if (precision !== null) precisions.push(precision);
  }
  return { rocAuc: meanOf(areas), averagePrecision: meanOf(precisions) };
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
