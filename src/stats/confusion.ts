/** Counting right and wrong classes: the table that most classification figures are read from. */
import { InputError } from '../base/errors.js';

/** counts[actual · classes + predicted], row-major. */
export interface ConfusionCounts {
  classes: number;
  rows: number;
  counts: Float64Array;
}

/** The class of the largest probability in each row of [rows, classes]; the first of equal ones. */
export function mostProbable(probabilities: Float32Array, classes: number): Int32Array {
  const rows = probabilities.length / classes;
  const chosen = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let best = 0;
    for (let label = 1; label < classes; label++) {
      if (probabilities[row * classes + label] > probabilities[row * classes + best]) best = label;
    }
    chosen[row] = best;
  }
  return chosen;
}

/**
 * @param actual,predicted class indices in [0, classes), of equal length
 * @throws InputError `no-rows` or `invalid-class`
 */
export function confusionCounts(actual: Int32Array, predicted: Int32Array, classes: number): ConfusionCounts {
  requireRows(actual.length, predicted.length);
  const counts = new Float64Array(classes * classes);
  for (let row = 0; row < actual.length; row++) {
    const [truth, guess] = [actual[row], predicted[row]];
    if (!(truth >= 0 && truth < classes && guess >= 0 && guess < classes)) {
      throw new InputError('invalid-class', `Row ${row} has class ${truth} and prediction ${guess}, but there are ${classes} classes.`, {
        advice: 'Leave out rows whose class is missing or unknown.',
        place: { row },
      });
    }
    counts[truth * classes + guess]++;
  }
  return { classes, rows: actual.length, counts };
}

/** @throws InputError when there is nothing to measure, or as many predictions as rows are not there */
export function requireRows(rows: number, predictions: number): void {
  if (rows === 0) {
    throw new InputError('no-rows', 'There is no row to measure.', { advice: 'Give at least one row that has a target.' });
  }
  if (rows !== predictions) {
    throw new InputError('row-count', `There are ${rows} rows and ${predictions} predictions.`, {
      advice: 'Give one prediction for each row.',
    });
  }
}
