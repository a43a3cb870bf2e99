/** The figures of gathered rows, by the kind of target. */
import { anomalyReport } from '../infer/anomaly-report.js';
import { scoresOfRows } from '../infer/reconstruction.js';
import type { AnomalyReport } from '../spec/anomaly.js';
import type { FittedTarget } from '../spec/pipeline.js';
import type { EvaluationReport } from '../spec/report.js';
import { anomalyMetrics } from '../stats/anomaly.js';
import { classificationMetrics, regressionMetrics } from '../stats/metrics.js';
import { multilabelMetrics } from '../stats/multilabel.js';
import type { Gathered } from './gather.js';

/** @param rows some of them; left out, all, of which there may be many millions: nothing is copied then */
export function figuresOf(target: FittedTarget, gathered: Gathered, rows?: Int32Array): EvaluationReport['metrics'] {
  const { actual, outputs } = rows ? chosen(gathered, rows) : gathered;
  switch (target.kind) {
    case 'value':
    case 'series':
      return regressionMetrics({ actual, predicted: outputs });
    case 'classes':
      return classificationMetrics({ actual: new Int32Array(actual), probabilities: single(outputs), classes: target.classes.length });
    case 'labels':
      return multilabelMetrics({ actual, probabilities: single(outputs), labels: target.labels.length });
    case 'anomaly': {
      const columns = outputs.length / actual.length;
      const scores = scoresOfRows(outputs, columns, target.usual);
      const { threshold = Number.POSITIVE_INFINITY } = target;
      return {
        ...anomalyMetrics({ known: Int8Array.from(actual), scores, threshold }),
        reconstructionError: scoresOfRows(outputs, columns).reduce((sum, error) => sum + error, 0) / scores.length,
      };
    }
  }
}

/** Of anomalies: the scores as a picture, and the oddest rows. @param columns those that parts of a score belong to */
export function anomaliesOf(target: FittedTarget, { actual, outputs }: Gathered, columns: readonly string[]): AnomalyReport | undefined {
  if (target.kind !== 'anomaly') return undefined;
  const { threshold = Number.POSITIVE_INFINITY, usual } = target;
  return anomalyReport({ parts: outputs, usual, columns, threshold, known: actual, rows: Uint32Array.from(actual.keys()) });
}

/** Probabilities are kept in single precision. */
const single = (outputs: Gathered['outputs']): Float32Array => (outputs instanceof Float32Array ? outputs : Float32Array.from(outputs));

function chosen({ actual, outputs, rows: all }: Gathered, rows: Int32Array): Pick<Gathered, 'actual' | 'outputs'> {
  const pick = <Values extends Float32Array | Float64Array>(values: Values, empty: Values): Values => {
    const width = values.length / all;
    for (const [index, row] of rows.entries()) empty.set(values.subarray(row * width, (row + 1) * width), index * width);
    return empty;
  };
  const [trueWidth, width] = [actual.length / all, outputs.length / all];
  return {
    actual: pick(actual, new Float64Array(rows.length * trueWidth)),
    outputs:
      outputs instanceof Float32Array
        ? pick(outputs, new Float32Array(rows.length * width))
        : pick(outputs, new Float64Array(rows.length * width)),
  };
}
