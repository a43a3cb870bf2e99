/** What the inputs of one row take in memory, on average: training keeps them as they are, words only where there are some. */
import { exponential } from '../../base/elementary.js';
import type { FittedStep } from '../../spec/fitted-steps.js';
import { widthOf } from './apply.js';

/** A position and a value. */
const bytesOfWord = 8;
/** Of a text whose terms are hashed nothing is known; this many are usual. */
const wordsInText = 100;

export const rowBytes = (steps: readonly FittedStep[]): number => steps.reduce((sum, step) => sum + stepBytes(step), 0);

function stepBytes(step: FittedStep): number {
  switch (step.kind) {
    case 'picture':
      return widthOf(step);
    case 'words':
      // exp(1 − idf) is the share of training rows that have the term.
      return bytesOfWord * (1 + step.idf.reduce((sum, idf) => sum + exponential(1 - idf), 0));
    case 'hashed-words':
      return bytesOfWord * Math.min(step.features, wordsInText);
    default:
      return 4 * widthOf(step);
  }
}
