/** A target of several labels a row: yes or no for each. A row without a value has none of them. */
import { InputError } from '../../base/errors.js';
import { compareTexts } from '../../base/texts.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import { textsOf } from '../columns/access.js';
import { isListBy, labelsIn, labelsOfRows, separators } from './separators.js';
import type { TargetKind } from './target-kind.js';

/** More labels than this are texts in disguise. */
const mostLabels = 1000;

interface Reading {
  separator: string;
  /** Rows with a list. */
  lists: number;
  /** At most one more than there may be. */
  labels: Set<string>;
}

export const labelsTarget: TargetKind<Extract<FittedTarget, { kind: 'labels' }>> = {
  fitter(name, { separator: asked }) {
    const readings = (asked === undefined ? separators : [asked]).map((separator): Reading => ({ separator, lists: 0, labels: new Set() }));
    return {
      add(column, rows) {
        const { codes, dictionary } = textsOf(column, name);
        const counts = new Uint32Array(dictionary.length);
        for (const row of rows) if (codes[row] >= 0) counts[codes[row]]++;
        for (const reading of readings) {
          dictionary.forEach((text, code) => {
            if (counts[code] === 0) return;
            if (isListBy(reading.separator, text)) reading.lists += counts[code];
            if (reading.labels.size > mostLabels) return;
            for (const label of labelsIn(text, reading.separator)) reading.labels.add(label);
          });
        }
      },
      finish() {
        // Where no cell is a list, each is one label: any separator reads them alike.
        const { separator, labels } = readings.reduce((best, each) => (each.lists > best.lists ? each : best));
        if (labels.size > mostLabels) throw tooMany(name, separator);
        return { kind: 'labels', column: name, labels: [...labels].sort(compareTexts), separator };
      },
    };
  },
  outputs: ({ labels }) => labels.length,
  width: ({ labels }) => labels.length,
  /** [rows, labels]: 1 where a row has the label. */
  transform({ column: name, labels, separator }, column, rows) {
    const place = new Map(labels.map((label, index) => [label, index]));
    const labelsOf = labelsOfRows(column, name, separator);
    const targets = new Float32Array(rows.length * labels.length);
    for (const [index, row] of rows.entries()) {
      for (const label of labelsOf(row)) {
        const at = place.get(label);
        if (at !== undefined) targets[index * labels.length + at] = 1;
      }
    }
    return targets;
  },
  restore: (_, values) => Float64Array.from(values),
};

const tooMany = (column: string, separator: string): InputError =>
  new InputError('too-many-labels', `Column "${column}" has more than ${mostLabels} labels, read with the separator "${separator}".`, {
    advice: 'Give the separator ("separator" of the training), or a column with fewer labels.',
    place: { column },
  });
