/** Where a rollback sends all callers. */
import { InputError } from '../../base/errors.js';
import type { Arm, Traffic } from '../../spec/traffic.js';

/**
 * The arm that is named, else the rule's, else the first.
 * @param of the served model; @param traffic undefined where its callers are not divided
 * @throws InputError `no-traffic` or `unknown-arm`
 */
export function trustedArm(of: string, traffic: Traffic | undefined, named?: string): Arm {
  if (!traffic) throw new InputError('no-traffic', `The traffic of "${of}" is not divided.`, { place: { model: of } });
  const { arms, rollback } = traffic;
  const wanted = named ?? rollback?.to ?? arms[0].name;
  const found = arms.find(({ name }) => name === wanted);
  if (found) return found;
  throw unknownArm(wanted, arms);
}

export const unknownArm = (named: string, arms: readonly Arm[]): InputError =>
  new InputError('unknown-arm', `"${named.slice(0, 100)}" is no arm of this model.`, {
    advice: `There is ${arms.map(({ name, version }) => `"${name}" (version ${version})`).join(', ')}.`,
    place: { arm: named.slice(0, 100) },
  });
