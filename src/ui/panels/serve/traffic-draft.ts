/** A division of callers as it stands in a form: the texts that were typed, until the service has taken them. */
import { InputError } from '../../../base/errors.js';
import type { DeploymentRecord } from '../../../spec/deployment.js';
import type { Traffic } from '../../../spec/traffic.js';

export interface ArmDraft {
  version: number;
  name: string;
  /** In percent; empty where the version is no arm. */
  weight: string;
}

export interface TrafficDraft {
  arms: ArmDraft[];
  /** A version; empty: none. */
  mirror: string;
  /** In percent. */
  share: string;
  /** Whether callers go back by themselves, and when. */
  rule: boolean;
  to: string;
  seconds: string;
  requests: string;
  /** In percent; empty: errors are not looked at. */
  errors: string;
  quantile: string;
  /** Empty: the time is not looked at. */
  milliseconds: string;
  salt: string | undefined;
}

/** What holds now, to begin with: where nothing is divided, the newest that is loaded has all callers. */
export function draftOf({ versions, labels, traffic }: DeploymentRecord): TrafficDraft {
  const newest = versions.findLast(({ loaded }) => loaded)?.version;
  const arms = (traffic?.arms ?? [])
    .filter((arm) => versions.some(({ version }) => version === arm.version))
    .map(({ name, version, weight }) => ({ name, version, weight: String(weight) }));
  const others = versions
    .filter(({ version }) => arms.every((arm) => arm.version !== version))
    .map(({ version }) => ({
      version,
      name: labels.find((each) => each.version === version)?.label ?? `v${version}`,
      weight: !traffic && version === newest ? '100' : '',
    }));
  const { mirror, rollback } = traffic ?? {};
  const { errors, latency } = rollback ?? {};
  return {
    arms: [...arms, ...others],
    mirror: mirror ? String(mirror.version) : '',
    share: String(mirror?.share ?? 10),
    rule: rollback !== undefined,
    to: rollback?.to ?? '',
    seconds: String(rollback?.seconds ?? 60),
    requests: String(rollback?.requests ?? 20),
    errors: rollback ? (errors === undefined ? '' : String(percent(errors))) : '5',
    quantile: String(latency?.quantile ?? 0.95),
    milliseconds: latency ? String(latency.milliseconds) : '',
    salt: traffic?.salt,
  };
}

/** The same with the versions that there are now. */
export function withVersions(draft: TrafficDraft, deployment: DeploymentRecord): TrafficDraft {
  const known = ({ version }: ArmDraft): boolean => deployment.versions.some((each) => each.version === version);
  const fresh = draftOf(deployment).arms.filter(({ version }) => draft.arms.every((arm) => arm.version !== version));
  return { ...draft, arms: [...draft.arms.filter(known), ...fresh.map((arm) => ({ ...arm, weight: '' }))] };
}

export const armsOf = ({ arms }: TrafficDraft): ArmDraft[] => arms.filter(({ weight }) => weight !== '');

/** In percent, without the noise of binary fractions. */
export const sumOf = (draft: TrafficDraft): number => rounded(armsOf(draft).reduce((sum, { weight }) => sum + Number(weight), 0));

/** With what is missing to 100 %, or too much, on one arm; undefined where that cannot be. */
export function withRest(draft: TrafficDraft, name: string): TrafficDraft | undefined {
  const rest = 100 - sumOf(draft);
  const arm = armsOf(draft).find((each) => each.name === name);
  const weight = rounded(Number(arm?.weight) + rest);
  if (!arm || rest === 0 || weight < 0) return undefined;
  return { ...draft, arms: draft.arms.map((each) => (each === arm ? { ...each, weight: String(weight) } : each)) };
}

/**
 * What the service is to be given; it says what is wrong with it.
 * @throws InputError `invalid-traffic` of a rule that looks at nothing
 */
export function trafficOf(draft: TrafficDraft): Traffic {
  const { mirror, share, rule, to, seconds, requests, errors, quantile, milliseconds, salt } = draft;
  const arms = armsOf(draft).map(({ name, version, weight }) => ({ name: name.trim(), version, weight: Number(weight) }));
  if (rule && errors === '' && milliseconds === '') {
    throw new InputError('invalid-traffic', 'The rule looks at nothing: neither errors nor the time have a bound.', {
      advice: 'Give one of them, or leave the rule out.',
      place: { field: 'rollback' },
    });
  }
  const rollback = {
    to: arms.some(({ name }) => name === to) ? to : arms[0]?.name,
    seconds: Number(seconds),
    requests: Number(requests),
    ...(errors === '' ? {} : { errors: rounded(Number(errors)) / 100 }),
    ...(milliseconds === '' ? {} : { latency: { quantile: Number(quantile), milliseconds: Number(milliseconds) } }),
  };
  return {
    arms,
    ...(mirror === '' ? {} : { mirror: { version: Number(mirror), share: Number(share) } }),
    ...(rule ? { rollback } : {}),
    ...(salt === undefined ? {} : { salt }),
  };
}

const rounded = (value: number): number => Number(value.toFixed(6));
const percent = (share: number): number => rounded(share * 100);
