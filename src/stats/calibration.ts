/** Whether "90 % sure" is right nine times in ten. */
import { mostProbable, requireRows } from './confusion.js';

export interface CalibrationFigures {
  /** Bins that hold rows, from unsure to sure. */
  bins: { confidence: number; accuracy: number; count: number }[];
  /** Mean distance of confidence and accuracy over bins, weighted by rows (Guo et al., 1706.04599). */
  expectedCalibrationError: number;
}

/**
 * Reliability of the predicted class's probability, in bins of equal width (lower border excluded, upper included).
 * @param given.probabilities [rows, classes]
 * @throws InputError `no-rows` or `row-count`
 */
export function calibration(given: {
  actual: Int32Array;
  probabilities: Float32Array;
  classes: number;
  bins?: number;
}): CalibrationFigures {
  const { actual, probabilities, classes, bins: width = 10 } = given;
  const predicted = mostProbable(probabilities, classes);
  requireRows(actual.length, predicted.length);
  const counts = new Float64Array(width);
  const confidences = new Float64Array(width);
  const hits = new Float64Array(width);
  for (let row = 0; row < actual.length; row++) {
    const confidence = probabilities[row * classes + predicted[row]];
    const bin = Math.min(width - 1, Math.max(0, Math.ceil(confidence * width) - 1));
    counts[bin]++;
    confidences[bin] += confidence;
    if (predicted[row] === actual[row]) hits[bin]++;
  }
  const bins: CalibrationFigures['bins'] = [];
  let distance = 0;
  for (let bin = 0; bin < width; bin++) {
    const count = counts[bin];
    if (count === 0) continue;
    bins.push({ confidence: confidences[bin] / count, accuracy: hits[bin] / count, count });
    distance += Math.abs(confidences[bin] - hits[bin]);
  }
  return { bins, expectedCalibrationError: distance / actual.length };
}
