/** Rows that are each of one class: accuracy and its relatives, beside the most frequent class. */
import { InputError } from '../../base/errors.js';
import { joined } from '../../base/joined.js';
import { textsOf } from '../../data/columns/access.js';
import type { FittedTarget } from '../../spec/pipeline.js';
import type { Mistake } from '../../spec/run.js';
import { confusionCounts, mostProbable } from '../../stats/confusion.js';
import { classificationMetrics } from '../../stats/metrics.js';
import type { Judge, TrivialCounter } from './judge.js';

type Target = Extract<FittedTarget, { kind: 'classes' }>;

export interface ClassTruth {
  kind: 'classes';
  /** −1 is a class that training did not have: whatever is predicted for it is wrong. */
  actual: Int32Array;
  classes: string[];
}

/** Training rows of each class. */
export interface ClassCounts {
  kind: 'classes';
  classes: readonly string[];
  counts: readonly number[];
}

const mostMistakes = 200;

/** Outputs are probabilities, [rows, classes]. */
export const classesJudge: Judge<Target, ClassTruth, ClassCounts> = {
  loss: 'softmaxCrossEntropy',
  truth: ({ target, targets }) => ({ kind: 'classes', actual: Int32Array.from(targets), classes: target.classes }),
  join(pieces, { classes }) {
    const actual = joined(
      pieces.map((piece) => piece.actual),
      (length) => new Int32Array(length),
    );
    return { kind: 'classes', actual, classes };
  },
  metrics(truth, outputs) {
    const { actual, classes, probabilities } = withUnseenClass(truth, outputs);
    return classificationMetrics({ actual, probabilities, classes: classes.length });
  },
  score({ actual, classes }, outputs) {
    const predicted = mostProbable(outputs, classes.length);
    let correct = 0;
    for (let row = 0; row < predicted.length; row++) if (predicted[row] === actual[row]) correct++;
    return correct / predicted.length;
  },
  confusion(truth, outputs) {
    const { actual, classes, probabilities } = withUnseenClass(truth, outputs);
    const { counts } = confusionCounts(actual, mostProbable(probabilities, classes.length), classes.length);
    return { classes, counts: classes.map((_, row) => Array.from(counts.subarray(row * classes.length, (row + 1) * classes.length))) };
  },
  /** Rows that were taken for another class, those it was surest of first: where looking teaches most. */
  mistakes({ actual, classes }, outputs, rows) {
    const predicted = mostProbable(outputs, classes.length);
    const mistakes: Mistake[] = [];
    for (let index = 0; index < rows.length; index++) {
      if (actual[index] < 0 || predicted[index] === actual[index]) continue;
      mistakes.push({
        row: rows[index],
        actual: classes[actual[index]],
        predicted: classes[predicted[index]],
        probability: outputs[index * classes.length + predicted[index]],
      });
    }
    return mistakes.sort((a, b) => b.probability - a.probability || a.row - b.row).slice(0, mostMistakes);
  },
  trivial({ actual, classes }) {
    const counts = new Array<number>(classes.length).fill(0);
    for (const label of actual) if (label >= 0) counts[label]++;
    return { kind: 'classes', classes, counts };
  },
  counter: (column) => new ClassCounter(column),
  require({ classes, counts }, { column }) {
    if (classes.length >= 2) return;
    const rows = counts.reduce((sum, count) => sum + count, 0);
    throw new InputError('one-class', `All ${rows} training rows have the same class, "${classes[0]}".`, {
      advice: 'Divide the rows in another way, or add rows of other classes.',
      place: { column },
    });
  },
  /** The classes' shares in training, and so the majority class. */
  baseline({ counts }, judged) {
    const rows = judged.actual.length;
    const all = counts.reduce((sum, count) => sum + count, 0);
    const shares = Float32Array.from(counts, (count) => count / all);
    const outputs = new Float32Array(rows * shares.length);
    for (let row = 0; row < rows; row++) outputs.set(shares, row * shares.length);
    return { metrics: this.metrics(judged, outputs) };
  },
};

/** One more class, of probability zero, where rows have a class that training did not have: they count as wrong. */
function withUnseenClass({ actual, classes }: ClassTruth, probabilities: Float32Array) {
  if (!actual.includes(-1)) return { actual, classes, probabilities };
  const count = classes.length;
  const widened = new Float32Array(actual.length * (count + 1));
  for (let row = 0; row < actual.length; row++) widened.set(probabilities.subarray(row * count, (row + 1) * count), row * (count + 1));
  return {
    actual: actual.map((label) => (label < 0 ? count : label)),
    classes: [...classes, '(not in the training rows)'],
    probabilities: widened,
  };
}

class ClassCounter implements TrivialCounter<Target, ClassCounts> {
  readonly #column: string;
  readonly #chunks: Map<string, number>[] = [];

  constructor(column: string) {
    this.#column = column;
  }

  add(...[column, rows]: Parameters<TrivialCounter<Target, ClassCounts>['add']>): void {
    const { codes, dictionary } = textsOf(column, this.#column);
    const counts = new Uint32Array(dictionary.length);
    for (const row of rows) counts[codes[row]]++;
    this.#chunks.push(new Map(dictionary.map((text, code) => [text, counts[code]])));
  }

  finish({ classes }: Target): ClassCounts {
    return {
      kind: 'classes',
      classes,
      counts: classes.map((name) => this.#chunks.reduce((sum, chunk) => sum + (chunk.get(name) ?? 0), 0)),
    };
  }

  weights({ classes }: Target, weights: readonly number[]): Float64Array {
    return Float64Array.from(this.#chunks, (chunk) =>
      classes.reduce((sum, name, index) => sum + (chunk.get(name) ?? 0) * weights[index], 0),
    );
  }
}
