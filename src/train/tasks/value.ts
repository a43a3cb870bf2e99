/** Rows that have each a value: errors in its own unit, beside the mean. */
import { joined } from '../../base/joined.js';
import { numbersOf } from '../../data/columns/access.js';
import { targetKind } from '../../data/targets/table.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import { regressionMetrics } from '../../stats/metrics.js';
import type { Judge } from './judge.js';

type Target = Extract<FittedTarget, { kind: 'value' }>;

export interface ValueTruth {
  kind: 'value';
  actual: Float64Array;
  restore: (scaled: ArrayLike<number>) => Float64Array;
}

export interface MeanValue {
  kind: 'value';
  mean: number;
}

const restoring = (target: Target): ValueTruth['restore'] => {
  const kind = targetKind(target);
  return (scaled) => kind.restore(target, scaled);
};

/** Outputs are scaled values, [rows]. */
export const valueJudge: Judge<Target, ValueTruth, MeanValue> = {
  loss: 'meanSquaredError',
  truth({ target, column, rows }) {
    const values = numbersOf(column, target.column);
    return { kind: 'value', actual: Float64Array.from(rows, (row) => values[row]), restore: restoring(target) };
  },
  join(pieces, target) {
    const actual = joined(
      pieces.map((piece) => piece.actual),
      (length) => new Float64Array(length),
    );
    return { kind: 'value', actual, restore: restoring(target) };
  },
  metrics: ({ actual, restore }, outputs) => regressionMetrics({ actual, predicted: restore(outputs) }),
  score: ({ actual, restore }, outputs) => regressionMetrics({ actual, predicted: restore(outputs) }).r2,
  trivial: ({ actual }) => ({ kind: 'value', mean: actual.reduce((sum, value) => sum + value / actual.length, 0) }),
  counter(name) {
    let [sum, count] = [0, 0];
    return {
      add(column, rows) {
        const values = numbersOf(column, name);
        for (const row of rows) sum += values[row];
        count += rows.length;
      },
      finish: () => ({ kind: 'value', mean: sum / count }),
    };
  },
  baseline: ({ mean }, { actual }) => ({ metrics: regressionMetrics({ actual, predicted: new Float64Array(actual.length).fill(mean) }) }),
};
