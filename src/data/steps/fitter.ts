/** What every step's fitting looks like: chunk by chunk, of each only the training rows, then the step as data. */
import type { FittedStep } from '../../spec/fitted-steps.js';
import type { Column } from '../table.js';

/** Which rows of a chunk are looked at. */
export interface FitRows {
  /** The training rows, by their place in the chunk. */
  rows: Uint32Array;
  /** The place in the whole table of the chunk's first row. */
  firstRow: number;
  /** The target's column in the chunk; looked at by steps that learn from it. */
  target: Column;
}

export interface StepFitter {
  /** @param column the step's column in the chunk */
  add(column: Column, of: FitRows): void;
  /** The step, or the reason why there is nothing to learn from its column. */
  finish(): FittedStep | string;
}

/** Bounds of what a fitter keeps in memory. */
export interface FitLimits {
  /**
   * Numbers of one column that are kept as they are. Beyond, medians and quantiles are those of a seeded sample of as many: with a probability
   * of 1 − 10⁻⁶ their ranks are right to √(7.3 / values) of all rows. Means, deviations, least and greatest values stay exact.
   */
  values: number;
  /** Distinct texts of one column that are counted. Beyond, counts are too small by at most rows / texts. */
  texts: number;
}

/** For a table that is in memory as a whole: everything is exact. */
export const noLimits: FitLimits = { values: Number.POSITIVE_INFINITY, texts: Number.POSITIVE_INFINITY };

const mostValues = 2 ** 23;
const fewestValues = 2 ** 12;

/** For chunks of a table of so many columns: 64 MiB of numbers, and a quarter of a million texts a column. */
export const limitsFor = (columns: number): FitLimits => ({
  values: Math.max(fewestValues, Math.floor(mostValues / Math.max(1, columns))),
  texts: 2 ** 18,
});
