/** What was seen of an experiment's units, arm by arm. */

import type { Metric } from '../../spec/experiment.js';
import { pairedSample, ratioSample, type Sample, sampleOf, sampleOfShare } from '../../stats/experiment/sample.js';

/** One figure of each unit of an arm. */
export interface Figures {
  /** [units] */
  sums: number[];
  /** Rows that the sums are over, [units] */
  rows: number[];
}

export interface ArmUnits {
  /** Milliseconds since 1970 at which each unit was first seen, [units] */
  first: number[];
  /** The metric's, then each guardrail's. */
  figures: Figures[];
  /** The metric's sum of each unit before the experiment; 0 of those that were not there, [units] */
  before?: number[];
}

/** In the order of the experiment's arms. */
export interface Observations {
  arms: ArmUnits[];
  /** Units that were seen in more than one arm; they count in the first. */
  crossed: number;
}

export const noUnits = (metrics: number, hasBefore: boolean): ArmUnits => ({
  first: [],
  figures: Array.from({ length: metrics }, () => ({ sums: [], rows: [] })),
  ...(hasBefore ? { before: [] } : {}),
});

/** Each unit's own figure. @returns [units] */
export const valuesOf = ({ kind }: Metric, sums: readonly number[]): Float64Array =>
  Float64Array.from(sums, (sum) => (kind === 'proportion' ? Number(sum > 0) : sum));

export function sampleOfFigures(metric: Metric, { sums, rows }: Figures): Sample {
  if (metric.kind === 'proportion') return sampleOfShare(sums.filter((sum) => sum > 0).length, sums.length);
  if (metric.kind === 'mean') return sampleOf(sums);
  // Units without a row of the figure have no part in it.
  const seen = rows.flatMap((count, unit) => (count > 0 ? [unit] : []));
  const of = (values: readonly number[]): number[] => seen.map((unit) => values[unit]);
  return seen.length === 0 ? { count: 0, mean: 0, variance: 0 } : ratioSample(pairedSample(of(sums), of(rows)));
}
