/** A target of one value: compressed where its tail is long, and standardised. */
import type { FittedTarget } from '../../spec/pipeline.js';
import { numbersOf } from '../columns/access.js';
import { moments } from '../steps/moments.js';
import { apply, chooseTransform, isCompressedBetter, undoSignedLog } from '../steps/signed-log.js';
import { ValueGatherer } from '../steps/values.js';
import type { TargetKind } from './target-kind.js';

export const valueTarget: TargetKind<Extract<FittedTarget, { kind: 'value' }>> = {
  fitter(name, { limits }) {
    const gatherer = new ValueGatherer(limits.values, name);
    return {
      add: (column, rows) => gatherer.add(numbersOf(column, name), rows),
      finish() {
        const { values, running } = gatherer.finish();
        const present = values.filter((value) => !Number.isNaN(value));
        const transform = running
          ? isCompressedBetter(Math.abs(running.plain.with(0, 0).skewness), () => running.logarithmic.with(0, 0).skewness)
            ? 'signed-log'
            : 'none'
          : chooseTransform(present);
        const { mean, deviation } = running
          ? (transform === 'none' ? running.plain : running.logarithmic).with(0, 0)
          : moments(present.map((value) => apply(transform, value)));
        return { kind: 'value', column: name, transform, mean, deviation: deviation || 1 };
      },
    };
  },
  outputs: () => 1,
  width: () => 1,
  /** [rows]: scaled values, NaN where missing. */
  transform(target, column, rows) {
    const values = numbersOf(column, target.column);
    return Float32Array.from(rows, (row) => (apply(target.transform, values[row]) - target.mean) / target.deviation);
  },
  restore: (target, values) =>
    Float64Array.from(values, (value) => {
      const unscaled = value * target.deviation + target.mean;
      return target.transform === 'none' ? unscaled : undoSignedLog(unscaled);
    }),
};
