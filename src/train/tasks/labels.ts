/** Rows that have each several labels or none: figures over all labels, beside how often each occurs. */

import { InputError } from '../../base/errors.js';
import { listed, textsOf } from '../../data/columns/access.js';
import type { Column } from '../../data/table.js';
import { labelsIn, labelsOfRows } from '../../data/targets/separators.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import { labelThreshold, multilabelMetrics } from '../../stats/multilabel.js';
import type { Judge, TrivialCounter } from './judge.js';

type Target = Extract<FittedTarget, { kind: 'labels' }>;

export interface LabelTruth {
  kind: 'labels';
  labels: readonly string[];
  /** [rows, labels]: 1 where a row has the label. */
  actual: Float32Array;
  /** Rows with a label that training did not have: whatever is predicted for it is wrong. */
  unseen: readonly number[];
  /** These labels. */
  unknown: readonly string[];
  /** Rows without a label. */
  empty: number;
}

/** Training rows of each label. */
export interface LabelCounts {
  kind: 'labels';
  labels: readonly string[];
  counts: readonly number[];
  rows: number;
  /** Rows without a label. */
  empty: number;
}

/** Outputs are probabilities, [rows, labels]. */
export const labelsJudge: Judge<Target, LabelTruth, LabelCounts> = {
  loss: 'sigmoidCrossEntropy',
  truth({ target: { column: name, labels, separator }, column, rows, targets }) {
    const known = new Set(labels);
    const labelsOf = labelsOfRows(column, name, separator);
    const unknown = new Set<string>();
    const unseen: number[] = [];
    let empty = 0;
    for (const [index, row] of rows.entries()) {
      const own = labelsOf(row);
      const others = own.filter((label) => !known.has(label));
      for (const label of others) unknown.add(label);
      if (others.length > 0) unseen.push(index);
      if (own.length === 0) empty++;
    }
    return { kind: 'labels', labels, actual: targets, unseen, unknown: [...unknown], empty };
  },
  join(pieces, { labels }) {
    const actual = new Float32Array(pieces.reduce((sum, piece) => sum + piece.actual.length, 0));
    const unseen: number[] = [];
    let [start, empty] = [0, 0];
    for (const piece of pieces) {
      actual.set(piece.actual, start);
      for (const row of piece.unseen) unseen.push(start / labels.length + row);
      start += piece.actual.length;
      empty += piece.empty;
    }
    return { kind: 'labels', labels, actual, unseen, unknown: [...new Set(pieces.flatMap(({ unknown }) => unknown))], empty };
  },
  metrics(truth, outputs) {
    const { actual, probabilities, labels } = withUnseenLabels(truth, outputs);
    return multilabelMetrics({ actual, probabilities, labels });
  },
  /** F1 over all labels. */
  score({ actual }, outputs) {
    let [right, all] = [0, 0];
    for (let index = 0; index < actual.length; index++) {
      const said = outputs[index] >= labelThreshold ? 1 : 0;
      right += actual[index] * said;
      all += actual[index] + said;
    }
    return all === 0 ? 0 : (2 * right) / all;
  },
  trivial({ labels, actual, empty }) {
    const counts = labels.map(() => 0);
    for (let index = 0; index < actual.length; index++) counts[index % labels.length] += actual[index];
    return { kind: 'labels', labels, counts, rows: actual.length / labels.length, empty };
  },
  counter: (column) => new LabelCounter(column),
  require({ labels, counts, rows }, { column, separator }) {
    if (labels.length > 0 && counts.some((count) => count < rows)) return;
    const what = labels.length === 0 ? 'have no label' : `have the same labels, ${labels.map((label) => `"${label}"`).join(', ')}`;
    throw new InputError('labels-constant', `All ${rows} training rows ${what}, read with the separator "${separator}".`, {
      advice: 'Give another separator, divide the rows in another way, or add rows with other labels.',
      place: { column },
    });
  },
  warnings({ rows, empty }, judged, { column, separator }) {
    const unknown = [...new Set(judged.flatMap((truth) => truth.unknown))];
    const unseen = judged.reduce((sum, truth) => sum + truth.unseen.length, 0);
    return [
      ...(empty === 0
        ? []
        : [
            {
              code: 'rows-without-labels',
              message: `${empty} of ${rows} training rows have no value in "${column}": they are taken for rows without any label.`,
              advice: 'Leave out rows whose labels are not known.',
              place: { column, rows: empty },
            },
          ]),
      ...(unknown.length === 0
        ? []
        : [
            {
              code: 'labels-not-trained',
              message: `${unknown.length} ${unknown.length === 1 ? 'label of the validation and test rows is' : 'labels of the validation and test rows are'} in no training row, and cannot be learnt: ${listed(unknown)}. ${unseen} ${unseen === 1 ? 'row counts' : 'rows count'} as wrong for it.`,
              advice: `Add rows with these labels, or put rare labels together. Labels were read with the separator "${separator}".`,
              place: { column, rows: unseen },
            },
          ]),
    ];
  },
  /** Each label with the share of training rows that have it. */
  baseline({ counts, rows: of }, judged) {
    const shares = Float32Array.from(counts, (count) => count / of);
    const outputs = Float32Array.from(judged.actual, (_, index) => shares[index % shares.length]);
    return { metrics: this.metrics(judged, outputs) };
  },
};

/** One more label, of probability zero, where rows have one that training did not have: they count as wrong. */
function withUnseenLabels({ actual, labels, unseen }: LabelTruth, probabilities: Float32Array) {
  const count = labels.length;
  if (unseen.length === 0) return { actual, probabilities, labels: count };
  const rows = actual.length / count;
  const widened = (values: Float32Array): Float32Array => {
    const wide = new Float32Array(rows * (count + 1));
    for (let row = 0; row < rows; row++) wide.set(values.subarray(row * count, (row + 1) * count), row * (count + 1));
    return wide;
  };
  const truth = widened(actual);
  for (const row of unseen) truth[row * (count + 1) + count] = 1;
  return { actual: truth, probabilities: widened(probabilities), labels: count + 1 };
}

/** Counts cells by their text: how these are read is known only at the end. */
class LabelCounter implements TrivialCounter<Target, LabelCounts> {
  readonly #column: string;
  readonly #cells = new Map<string, number>();
  #rows = 0;

  constructor(column: string) {
    this.#column = column;
  }

  add(column: Column, rows: Uint32Array): void {
    const { codes, dictionary } = textsOf(column, this.#column);
    const counts = new Uint32Array(dictionary.length);
    for (const row of rows) if (codes[row] >= 0) counts[codes[row]]++;
    dictionary.forEach((text, code) => {
      if (counts[code] > 0) this.#cells.set(text, (this.#cells.get(text) ?? 0) + counts[code]);
    });
    this.#rows += rows.length;
  }

  finish({ labels, separator }: Target): LabelCounts {
    const counts = new Map<string, number>();
    let empty = this.#rows;
    for (const [text, rows] of this.#cells) {
      const own = labelsIn(text, separator);
      if (own.length > 0) empty -= rows;
      for (const label of own) counts.set(label, (counts.get(label) ?? 0) + rows);
    }
    return { kind: 'labels', labels, counts: labels.map((label) => counts.get(label) ?? 0), rows: this.#rows, empty };
  }
}
