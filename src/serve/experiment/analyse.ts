/** What an experiment's units say: each arm against the first, guardrails, and what is to be done. */
import type { ExperimentRecord, Guardrail, Metric } from '../../spec/experiment.js';
import { alwaysValidDifference } from '../../stats/experiment/always-valid.js';
import { cuped } from '../../stats/experiment/cuped.js';
import { type Difference, meanDifference, relativeDifference, shareDifference } from '../../stats/experiment/difference.js';
import { pairedSample, type Sample } from '../../stats/experiment/sample.js';
import { sampleRatio } from '../../stats/experiment/sample-ratio.js';
import type { Comparison, ExperimentResult, GuardrailResult, MetricResult } from './experiments.js';
import { type ArmUnits, type Observations, sampleOfFigures, valuesOf } from './observations.js';
import { verdictOf } from './verdict.js';

/** Fewer units of an arm tell nothing that is worth an interval. */
export const fewestUnits = 100;

export function analyse(record: ExperimentRecord, { arms, crossed }: Observations): ExperimentResult {
  const { spec, periods } = record;
  const counts = arms.map(({ first }) => first.length);
  const units = counts.reduce((sum, count) => sum + count, 0);
  const primary = metricResult(spec.metric, arms, 0, spec.alpha);
  const guardrails = spec.guardrails.map((guardrail, index) => guarded(guardrail, metricResult(guardrail, arms, index + 1, spec.alpha)));
  const { pValue, mismatch } = sampleRatio(counts, expectedUnits(arms, periods));
  const result = {
    units,
    planned: record.planned,
    crossed,
    arms: spec.arms.map(({ name, version }, arm) => ({
      name,
      version,
      units: counts[arm],
      weight: periods[periods.length - 1].weights[arm],
    })),
    division: { mismatch, ...(pValue === undefined ? {} : { pValue }) },
    metric: primary,
    guardrails,
  };
  return { ...result, verdict: verdictOf(record, result) };
}

/** Of each arm, by the weights that held when each unit was first seen. */
function expectedUnits(arms: readonly ArmUnits[], periods: ExperimentRecord['periods']): number[] {
  const counts = periods.map(() => 0);
  for (const { first } of arms) {
    for (const time of first) {
      const period = periods.findLastIndex(({ from }) => from <= time);
      counts[Math.max(0, period)] += 1;
    }
  }
  const expected = arms.map(() => 0);
  for (const [period, { weights }] of periods.entries()) {
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [arm, weight] of weights.entries()) expected[arm] += (counts[period] * weight) / all;
  }
  return expected;
}

/** The samples that the intervals are of: with a covariate the adjusted ones. */
export function samplesOf(metric: Metric, arms: readonly ArmUnits[], index: number): { samples: Sample[]; explained?: number } {
  const plain = arms.map(({ figures }) => sampleOfFigures(metric, figures[index]));
  if (index > 0 || metric.kind === 'ratio' || arms.some(({ before }) => before === undefined)) return { samples: plain };
  const { samples, explained } = cuped(
    arms.map(({ figures, before = [] }) => pairedSample(valuesOf(metric, figures[index].sums), valuesOf(metric, before))),
  );
  return { samples, explained };
}

function metricResult(metric: Metric, arms: readonly ArmUnits[], index: number, alpha: number): MetricResult {
  const { samples, explained } = samplesOf(metric, arms, index);
  const [control, ...treatments] = samples;
  // Together the comparisons are wrong no more often than one of them would be.
  const each = alpha / treatments.length;
  const isShare = metric.kind === 'proportion' && explained === undefined;
  const comparisons = treatments.map((treatment): Comparison | undefined => {
    if (control.count < fewestUnits || treatment.count < fewestUnits) return undefined;
    const { difference, pValue, lower, upper } = (isShare ? shareDifference : meanDifference)(control, treatment, each);
    const always = alwaysValidDifference(control, treatment, each);
    return {
      difference,
      ...(control.mean === 0 ? {} : { relative: intervalOf(relativeDifference(control, treatment, each)) }),
      pValue,
      fixed: { lower, upper },
      always: { lower: always.lower, upper: always.upper },
    };
  });
  return { metric, means: samples.map(({ mean }) => mean), comparisons, ...(explained === undefined ? {} : { explained }) };
}

const intervalOf = ({ difference, lower, upper }: Difference) => ({ difference, lower, upper });

/** An arm harms where it is surely worse by more than the margin, and is safe where it surely is not. */
function guarded(guardrail: Guardrail, result: MetricResult): GuardrailResult {
  const states = result.comparisons.map((comparison) => {
    if (!comparison) return 'unknown' as const;
    const { lower, upper } = comparison.always;
    const [least, most] = guardrail.better === 'lower' ? [lower, upper] : [-upper, -lower];
    if (least > guardrail.margin) return 'harm' as const;
    return most <= guardrail.margin ? ('safe' as const) : ('unknown' as const);
  });
  return { ...result, margin: guardrail.margin, states };
}
