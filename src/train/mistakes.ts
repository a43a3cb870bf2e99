/** Rows that a model took for another class, those it was surest of first: where looking teaches most. */
import type { Mistake } from '../spec/run.js';
import { mostProbable } from '../stats/confusion.js';
import type { Truth } from './evaluation.js';

const most = 200;

/**
 * @param outputs [rows, classes]
 * @param rows the rows' numbers in their dataset
 */
export function mistakesOf(truth: Truth, outputs: Float32Array, rows: Uint32Array): Mistake[] | undefined {
  if (truth.kind === 'values') return undefined;
  const { actual, classes } = truth;
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
  return mistakes.sort((a, b) => b.probability - a.probability || a.row - b.row).slice(0, most);
}
