/** How well scores tell anomalies, where it is known which rows are; the names are those of `spec/metrics`. */
import { quantile } from './quantile.js';
import { areaUnderRoc, averagePrecision } from './ranking.js';

/** What is known of a row. */
export const [isNormal, isAnomaly, isUnknown] = [0, 1, -1];

export interface AnomalyFigures {
  rocAuc: number | null;
  averagePrecision: number | null;
  precision: number | null;
  recall: number | null;
  flagged: number;
}

/**
 * @param given.known [rows]: 0 normal, 1 anomaly, −1 not known; `flagged` is of all rows, the other figures of those known
 * @param given.scores [rows]: larger is odder
 * @returns as scikit-learn's with `zero_division=0`; null where no row is known, the ranking's where all known rows are of one kind
 */
export function anomalyMetrics({
  known,
  scores,
  threshold,
}: {
  known: Int8Array;
  scores: Float32Array;
  threshold: number;
}): AnomalyFigures {
  const rows = Array.from(known.keys()).filter((row) => known[row] !== isUnknown);
  const positive = Uint8Array.from(rows, (row) => known[row]);
  const of = Float32Array.from(rows, (row) => scores[row]);
  let [right, said, actual, flagged] = [0, 0, 0, 0];
  for (const score of scores) if (score > threshold) flagged++;
  for (const [index, row] of rows.entries()) {
    const isSaid = scores[row] > threshold;
    if (isSaid) said++;
    if (positive[index]) actual++;
    if (isSaid && positive[index]) right++;
  }
  const share = (part: number, whole: number): number | null => (rows.length === 0 ? null : whole === 0 ? 0 : part / whole);
  const isMixed = actual > 0 && actual < rows.length;
  return {
    rocAuc: isMixed ? areaUnderRoc(positive, of) : null,
    averagePrecision: isMixed ? averagePrecision(positive, of) : null,
    precision: share(right, said),
    recall: share(right, actual),
    flagged: scores.length === 0 ? 0 : flagged / scores.length,
  };
}

/** The value below which this share of the scores lies, with straight lines between them, as NumPy's `quantile`. */
export function quantileOf(scores: Float32Array, share: number): number {
  return quantile(scores.slice().sort(), share);
}
