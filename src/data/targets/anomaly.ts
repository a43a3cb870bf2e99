/** No target: what is learnt is to give the inputs back. A column of known labels is only looked at for which label is the usual one. */
import type { FittedTarget } from '../../spec/pipeline.js';
import { textsOf } from '../columns/access.js';
import type { TargetKind } from './target-kind.js';

const usualContamination = 0.01;

export const anomalyTarget: TargetKind<Extract<FittedTarget, { kind: 'anomaly' }>> = {
  fitter(name, { normal, contamination = usualContamination }) {
    const counts = new Map<string, number>();
    return {
      add(column, rows) {
        if (name === '' || normal) return;
        const { codes, dictionary } = textsOf(column, name);
        for (const row of rows) if (codes[row] >= 0) counts.set(dictionary[codes[row]], (counts.get(dictionary[codes[row]]) ?? 0) + 1);
      },
      finish() {
        // Of equally frequent ones the first by code units, so that the order of rows does not matter.
        const [usual] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
        return { kind: 'anomaly', column: name, normal: normal ? [...normal] : usual ? [usual[0]] : [], contamination };
      },
    };
  },
  outputs: (_, inputs) => inputs,
  width: () => 0,
  transform: () => new Float32Array(0),
  restore: (_, values) => Float64Array.from(values),
};
