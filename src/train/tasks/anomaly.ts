/** Rows of which it is told how odd they are: judged by known labels where there are some, beside the distance from the mean of all rows. */
import { joined } from '../../base/joined.js';
import { blocksOf, type InputBlocks, type InputRows } from '../../data/inputs.js';
import { knownRows } from '../../data/targets/known.js';
import { anomalyReport } from '../../infer/anomaly-report.js';
import { scoresOfRows, usualParts } from '../../infer/reconstruction.js';
import type { AnomalyMetrics } from '../../spec/metrics.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import { anomalyMetrics, isAnomaly, quantileOf } from '../../stats/anomaly.js';
import { headlineOf } from '../../stats/headline.js';
import type { Decision, Judge } from './judge.js';

type Target = Extract<FittedTarget, { kind: 'anomaly' }>;

export interface AnomalyTruth {
  kind: 'anomaly';
  contamination: number;
  /** [rows]: 0 normal, 1 anomaly, −1 not known. */
  known: Int8Array;
  /** Of each input over the rows. */
  sums: Float64Array;
  squares: Float64Array;
}

/** The training rows' mean of each input. */
export interface MeanInputs {
  kind: 'anomaly';
  means: Float64Array;
  rows: number;
  /** Rows that are known to be anomalies. */
  anomalies: number;
}

/** Outputs are the columns' parts of each row's error, [rows, columns]. */
export const anomalyJudge: Judge<Target, AnomalyTruth, MeanInputs> = {
  loss: 'meanSquaredError',
  truth({ target, column, rows, inputs }) {
    const [sums, squares] = [new Float64Array(inputs.width), new Float64Array(inputs.width)];
    const row = new Float32Array(inputs.width);
    for (let index = 0; index < inputs.rows; index++) {
      row.fill(0);
      inputs.copy(index, row, 0);
      for (let input = 0; input < row.length; input++) {
        sums[input] += row[input];
        squares[input] += row[input] * row[input];
      }
    }
    return { kind: 'anomaly', contamination: target.contamination, known: knownRows(target, column, rows), sums, squares };
  },
  join(pieces, { contamination }) {
    const width = pieces[0]?.sums.length ?? 0;
    const added = (of: 'sums' | 'squares'): Float64Array =>
      pieces.reduce((sum, piece) => sum.map((value, input) => value + piece[of][input]), new Float64Array(width));
    const known = joined(
      pieces.map((piece) => piece.known),
      (length) => new Int8Array(length),
    );
    return { kind: 'anomaly', contamination, known, sums: added('sums'), squares: added('squares') };
  },
  decide(truth, outputs) {
    const { threshold, usual } = scored(truth, outputs);
    return { threshold, usual };
  },
  metrics(truth, outputs, decided) {
    return figuresOf(truth, { ...scored(truth, outputs, decided), errors: rowScores(truth, outputs) });
  },
  /** How well known labels are told; where none are, what is reconstructed. */
  score(truth, outputs) {
    return headlineOf(this.metrics(truth, outputs));
  },
  anomalies(truth, outputs, { decided, columns, rows }) {
    const { threshold, usual } = scored(truth, outputs, decided);
    return anomalyReport({ parts: outputs, columns, threshold, usual, known: truth.known, rows });
  },
  trivial: ({ known, sums }) => ({
    kind: 'anomaly',
    means: sums.map((sum) => sum / Math.max(1, known.length)),
    rows: known.length,
    anomalies: known.reduce((count, each) => count + (each === isAnomaly ? 1 : 0), 0),
  }),
  warnings({ rows, anomalies }, _, { column }) {
    if (anomalies < manyAnomalies * rows) return [];
    return [
      {
        code: 'anomalies-train',
        message: `${anomalies} of ${rows} training rows are anomalies by their labels in "${column}": as these are not learnt from, such rows are learnt as ordinary ones.`,
        advice: 'Train on ordinary rows alone ("anomaly": {"trainOn": "normal"}), which lets labels choose rows and nothing else.',
        place: { column, rows: anomalies },
      },
    ];
  },
  /** A row's score is its distance from the training rows' mean. */
  async baseline({ means }, judged, { inputs, decided }) {
    const scores = await distancesFrom(means, inputs);
    const { threshold } = decided ?? { threshold: thresholdOf(judged, scores) };
    return { metrics: figuresOf(judged, { scores, errors: scores, threshold }), decided: { threshold } };
  },
};

/** From this share on anomalies are no longer odd. */
const manyAnomalies = 0.05;

const thresholdOf = ({ contamination }: AnomalyTruth, scores: Float32Array): number => quantileOf(scores, 1 - contamination);

const columnsOf = ({ known }: AnomalyTruth, outputs: Float32Array): number => outputs.length / known.length;

const rowScores = (truth: AnomalyTruth, outputs: Float32Array, usual?: readonly number[]): Float32Array =>
  scoresOfRows(outputs, columnsOf(truth, outputs), usual);

/** By what was decided on other rows, or else on these. */
function scored(truth: AnomalyTruth, outputs: Float32Array, decided?: Decision): Decision & Pick<Scored, 'scores'> {
  const usual = decided ? decided.usual : usualParts(outputs, columnsOf(truth, outputs));
  const scores = rowScores(truth, outputs, usual);
  return { threshold: decided?.threshold ?? thresholdOf(truth, scores), usual, scores };
}

interface Scored {
  /** [rows] */
  scores: Float32Array;
  /** [rows]: mean squared ones. */
  errors: Float32Array;
  threshold: number;
}

function figuresOf({ known, sums, squares }: AnomalyTruth, { scores, errors, threshold }: Scored): AnomalyMetrics {
  const rows = known.length;
  const error = errors.reduce((sum, each) => sum + each, 0) / rows;
  const variation = squares.reduce((sum, square, input) => sum + square - (sums[input] * sums[input]) / rows, 0) / (rows * sums.length);
  return {
    ...anomalyMetrics({ known, scores, threshold }),
    reconstructionError: error,
    explained: variation > 0 ? 1 - error / variation : 0,
  };
}

async function distancesFrom(means: Float64Array, inputs: InputRows | InputBlocks): Promise<Float32Array> {
  const scores = new Float32Array(inputs.rows);
  const values = new Float32Array(inputs.width);
  let start = 0;
  for await (const block of blocksOf(inputs)) {
    for (let row = 0; row < block.rows; row++) {
      values.fill(0);
      block.copy(row, values, 0);
      scores[start + row] = values.reduce((sum, value, input) => sum + (value - means[input]) * (value - means[input]), 0) / values.length;
    }
    start += block.rows;
  }
  return scores;
}
