/** Scores as a histogram, and the oddest rows with the columns that make them so. */
import type { AnomalyReport, OddRow } from '../spec/anomaly.js';
import { isAnomaly, isNormal, quantileOf } from '../stats/anomaly.js';
import { scoreParts, scoresOfRows } from './reconstruction.js';

const bins = 40;
const mostRows = 50;
const mostColumns = 5;
/** Beyond this share of the scores a bin's width would be decided by a few rows. */
const drawnShare = 0.98;

export interface ScoredRows {
  /** [rows, columns]: the columns' parts of each row's error. */
  parts: Float32Array | Float64Array;
  /** [columns]: what is usual of each. */
  usual?: readonly number[] | undefined;
  columns: readonly string[];
  threshold: number;
  /** [rows]: 0 normal, 1 anomaly, −1 not known. */
  known: ArrayLike<number>;
  /** The rows' numbers in their dataset. */
  rows: ArrayLike<number>;
}

export function anomalyReport({ parts, usual, columns, threshold, known, rows }: ScoredRows): AnomalyReport {
  const scores = scoresOfRows(parts, columns.length, usual);
  const order = Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || a - b);
  return {
    threshold,
    histogram: histogramOf(scores, threshold, known),
    rows: order.slice(0, mostRows).map((index): OddRow => {
      const ofRow = scoreParts(parts.subarray(index * columns.length, (index + 1) * columns.length), usual);
      const own = Array.from(columns, (column, place) => ({ column, part: ofRow[place] }));
      return {
        row: rows[index],
        score: scores[index],
        ...(known[index] === isAnomaly ? { actual: 'anomaly' as const } : known[index] === isNormal ? { actual: 'normal' as const } : {}),
        columns: own.sort((a, b) => b.part - a.part).slice(0, mostColumns),
      };
    }),
  };
}

function histogramOf(scores: Float32Array, threshold: number, known: ArrayLike<number>): AnomalyReport['histogram'] {
  const minimum = scores.reduce((least, score) => Math.min(least, score), Number.POSITIVE_INFINITY);
  // The threshold is always in the picture.
  const maximum = Math.max(quantileOf(scores, drawnShare), threshold * 1.25, minimum);
  const width = (maximum - minimum) / bins || 1;
  const counts = new Array<number>(bins).fill(0);
  const anomalies = new Array<number>(bins).fill(0);
  for (let row = 0; row < scores.length; row++) {
    const bin = Math.min(bins - 1, Math.floor((scores[row] - minimum) / width));
    counts[bin]++;
    if (known[row] === isAnomaly) anomalies[bin]++;
  }
  return { minimum, maximum, counts, anomalies };
}
