/** What is to be done about an experiment, in words. */
import type { ExperimentRecord } from '../../spec/experiment.js';
import type { TrafficEvent } from '../../spec/traffic.js';
import type { Interval } from '../../stats/intervals.js';
import type { ExperimentResult, Verdict } from './experiments.js';

/** The first that holds: an end that nobody decided, figures that cannot be trusted, harm, an arm that is surely better, the planned size, or going on. */
export function verdictOf({ spec, status, interrupted }: ExperimentRecord, result: Omit<ExperimentResult, 'verdict'>): Verdict {
  if (interrupted) return { kind: 'interrupted', message: interruptedBy(interrupted) };
  const { division, guardrails, metric, units, planned, arms } = result;
  const [control, ...treatments] = arms.map(({ name }) => name);
  if (division.mismatch) {
    return {
      kind: 'mismatch',
      message: 'Units are not divided as they should be. Something loses units of one arm: find it before you believe any figure.',
    };
  }
  for (const { states, metric: guardrail } of guardrails) {
    const arm = states.indexOf('harm');
    if (arm >= 0)
      return {
        kind: 'harm',
        arm: treatments[arm],
        message: `"${treatments[arm]}" makes ${guardrail.column} worse than is allowed. Roll back.`,
      };
  }
  const isFull = units >= planned;
  const sign = spec.metric.better === 'higher' ? 1 : -1;
  const found = metric.comparisons.flatMap((comparison, index) => {
    if (!comparison) return [];
    const by = (interval: Interval): 'better' | 'worse' | undefined => sideOf(interval, sign);
    return [
      {
        arm: treatments[index],
        gain: sign * comparison.difference,
        side: by(comparison.always) ?? (isFull ? by(comparison.fixed) : undefined),
      },
    ];
  });
  const [best] = found.filter(({ side }) => side === 'better').sort((one, other) => other.gain - one.gain);
  if (best) return { kind: 'winner', arm: best.arm, message: `"${best.arm}" is better than "${control}". Roll it out.` };
  if (found.length === treatments.length && found.every(({ side }) => side === 'worse')) {
    return { kind: 'winner', arm: control, message: `"${control}" is better than what was tried. Keep it.` };
  }
  if (isFull) {
    return {
      kind: 'none',
      message: `No difference was found with the planned number of units. One of ${spec.effect} or more would mostly have been.`,
    };
  }
  const message =
    status === 'running'
      ? `Nothing is sure yet: ${planned - units} of ${planned} planned units are to come.`
      : `Nothing is sure: it ended with ${units} of ${planned} planned units.`;
  return { kind: 'waiting', message };
}

const interruptedBy = ({ kind, to, message }: TrafficEvent): string =>
  `${kind === 'rollback' ? `All callers were rolled back to "${to}"` : 'Callers were divided otherwise'}, which ended it. ${message}`;

function sideOf({ lower, upper }: Interval, sign: number): 'better' | 'worse' | undefined {
  const [least, most] = sign > 0 ? [lower, upper] : [-upper, -lower];
  return least > 0 ? 'better' : most < 0 ? 'worse' : undefined;
}
