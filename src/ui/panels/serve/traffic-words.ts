/** Who answers whom, and what was done about it, in words. */
import type { DeploymentRecord } from '../../../spec/deployment.js';
import type { RollbackRule, Traffic, TrafficEvent } from '../../../spec/traffic.js';
import { counted, figure } from '../../format.js';

export const percentWords = (percent: number): string => `${figure(percent)} %`;

export function answererWords({ versions, traffic }: DeploymentRecord): string {
  if (traffic) return dividedWords(traffic);
  const newest = versions.findLast(({ loaded }) => loaded);
  return newest
    ? `Callers are not divided: the newest that is loaded, version ${newest.version}, answers everybody.`
    : 'No version is loaded: nobody is answered.';
}

function dividedWords({ arms }: Traffic): string {
  const answering = arms.filter(({ weight }) => weight > 0);
  const [only] = answering;
  if (answering.length === 1) return `All callers get “${only.name}” (version ${only.version}).`;
  const shares = answering.map(({ name, version, weight }) => `${percentWords(weight)} “${name}” (version ${version})`);
  return `Of all callers ${shares.slice(0, -1).join(', ')} and ${shares.at(-1)}.`;
}

export function ruleWords({ to, seconds, requests, errors, latency }: RollbackRule): string {
  const bounds = [
    ...(errors === undefined ? [] : [`more than ${percentWords(errors * 100)} of its requests fail`]),
    ...(latency
      ? [`fewer than ${percentWords(latency.quantile * 100)} of its answers come within ${figure(latency.milliseconds)} ms`]
      : []),
  ];
  return `All callers go to “${to}” by themselves when of another arm, of at least ${counted(requests, 'request')} within ${counted(seconds, 'second')}, ${bounds.join(', or ')}.`;
}

export const byWords: Readonly<Record<TrafficEvent['by'], string>> = {
  caller: 'by hand',
  errors: 'by the rule about errors',
  latency: 'by the rule about latency',
  bandit: 'by an experiment',
};

export function eventWords({ kind, to, from, message }: TrafficEvent): string {
  if (kind === 'set') return message;
  return `Rolled back${from === undefined ? '' : ` from “${from}”`}${to === undefined ? '' : ` to “${to}”`}: ${message}`;
}

/** The rollback that nobody asked for, where it is what was done last. */
export function lastAlarm({ events = [] }: DeploymentRecord): TrafficEvent | undefined {
  const last = events.at(-1);
  return last?.kind === 'rollback' && last.by !== 'caller' ? last : undefined;
}
