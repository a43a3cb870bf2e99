/** A target of classes by name: each row has one of them. */
import { compareTexts } from '../../base/texts.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import { textsOf } from '../columns/access.js';
import type { TargetKind } from './target-kind.js';

export const classesTarget: TargetKind<Extract<FittedTarget, { kind: 'classes' }>> = {
  /** The distinct values as texts: numbers by size, texts by code units. */
  fitter(name) {
    const classes = new Set<string>();
    let numeric = true;
    return {
      add(column, rows) {
        const { codes, dictionary } = textsOf(column, name);
        const met = new Uint8Array(dictionary.length);
        for (const row of rows) if (codes[row] >= 0) met[codes[row]] = 1;
        dictionary.forEach((text, code) => {
          if (met[code]) classes.add(text);
        });
        numeric &&= column.kind === 'number';
      },
      finish: () => ({
        kind: 'classes',
        column: name,
        classes: [...classes].sort(numeric ? (a, b) => Number(a) - Number(b) : compareTexts),
      }),
    };
  },
  outputs: ({ classes }) => classes.length,
  width: () => 1,
  /** [rows]: class indices, −1 for a missing value or a class that training did not have. */
  transform({ classes }, column, rows) {
    const { codes, dictionary } = textsOf(column);
    const known = new Map(classes.map((name, index) => [name, index]));
    const indices = dictionary.map((text) => known.get(text) ?? -1);
    return Float32Array.from(rows, (row) => (codes[row] < 0 ? -1 : indices[codes[row]]));
  },
  restore: (_, values) => Float64Array.from(values),
};
