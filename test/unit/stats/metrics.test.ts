import { describe, expect, test } from 'vitest';
import { anomalyMetrics, quantileOf } from '../../../src/stats/anomaly.js';
import { calibration } from '../../../src/stats/calibration.js';
import { classificationMetrics, regressionMetrics } from '../../../src/stats/metrics.js';
import { multilabelMetrics } from '../../../src/stats/multilabel.js';
import golden from '../../golden/metrics.json' with { type: 'json' };

const close = (actual: object, expected: object): void => {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) {
    const ours = (actual as Record<string, number | null>)[name];
    if (value === null) expect(ours, name).toBeNull();
    else
      expect(Math.abs(Number(ours) - value), `${name}: ${ours} instead of ${value}`).toBeLessThanOrEqual(
        1e-6 * Math.max(1, Math.abs(value)),
      );
  }
};

describe('classification figures agree with scikit-learn', () => {
  test.each(golden.classification)('$name', ({ classes, actual, probabilities, expected, calibration: error }) => {
    const given = { actual: Int32Array.from(actual), probabilities: Float32Array.from(probabilities), classes };
    close(classificationMetrics(given), expected);
    expect(calibration(given).expectedCalibrationError).toBeCloseTo(error, 6);
  });
});

describe('regression figures agree with scikit-learn', () => {
  test.each(golden.regression)('$name', ({ actual, predicted, expected }) => {
    close(regressionMetrics({ actual: Float64Array.from(actual), predicted }), expected);
  });

  test('one row has no spread to explain', () => {
    expect(regressionMetrics({ actual: [2], predicted: [3] })).toEqual({ rmse: 1, mae: 1, r2: 0 });
  });
});

describe('figures of several labels agree with scikit-learn', () => {
  test.each(golden.multilabel)('$name', ({ labels, actual, probabilities, expected }) => {
    close(multilabelMetrics({ actual, probabilities: Float32Array.from(probabilities), labels }), expected);
  });
});

describe('figures of anomalies agree with scikit-learn, the threshold with NumPy', () => {
  test.each(golden.anomaly)('$name', ({ known, scores, share, threshold, expected }) => {
    const given = { known: Int8Array.from(known), scores: Float32Array.from(scores) };
    expect(quantileOf(given.scores, share)).toBeCloseTo(threshold, 9);
    close(anomalyMetrics({ ...given, threshold }), expected);
  });
});

test('nothing to measure, unequal lengths and unknown classes are refused by name', () => {
  const none = { actual: new Int32Array(0), probabilities: new Float32Array(0), classes: 2 };
  expect(() => classificationMetrics(none)).toThrow(expect.objectContaining({ code: 'no-rows' }));
  expect(() => regressionMetrics({ actual: [1, 2], predicted: [1] })).toThrow(expect.objectContaining({ code: 'row-count' }));
  const unknown = { actual: Int32Array.of(0, -1), probabilities: Float32Array.of(1, 0, 1, 0), classes: 2 };
  expect(() => classificationMetrics(unknown)).toThrow(expect.objectContaining({ code: 'invalid-class', place: { row: 1 } }));
});

test('a calibration bin has its upper border and not its lower one', () => {
  const probabilities = Float32Array.of(0.5, 0.3, 0.2, 0.45, 0.3, 0.25, 1, 0, 0, 0.95, 0.03, 0.02);
  const { bins } = calibration({ actual: Int32Array.of(0, 1, 0, 0), probabilities, classes: 3 });
  expect(bins.map((bin) => [bin.accuracy, bin.count])).toEqual([
    [0.5, 2],
    [1, 2],
  ]);
});

test('calibration bins are counted, ordered and leave out empty ones', () => {
  const probabilities = Float32Array.of(1, 0, 0.75, 0.25, 0.5, 0.5, 0.3, 0.7);
  const { bins, expectedCalibrationError } = calibration({ actual: Int32Array.of(0, 1, 0, 1), probabilities, classes: 2 });
  expect(bins.map((bin) => [bin.accuracy, bin.count])).toEqual([
    [1, 1],
    [1, 1],
    [0, 1],
    [1, 1],
  ]);
  expect(expectedCalibrationError).toBeCloseTo((0.5 + 0.3 + 0.75 + 0) / 4, 6);
});
