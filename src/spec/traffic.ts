/** How requests to one served model are divided among its versions. */
import * as z from 'zod/mini';
import { InputError } from '../base/errors.js';
import { validate } from './validate.js';

const version = z.number().check(z.int(), z.minimum(1));
const armName = z.string().check(z.regex(/^[\w.-]{1,64}$/));
const share = z.number().check(z.gt(0), z.maximum(1));

export const Arm = z.object({
  name: armName,
  version,
  /** Percent of the callers. */
  weight: z.number().check(z.minimum(0), z.maximum(100)),
});
export type Arm = z.infer<typeof Arm>;

/** When all callers go to one arm by themselves. */
export const RollbackRule = z.object({
  /** The arm that they go to; it is not judged. */
  to: armName,
  /** Length of the window that is looked at. */
  seconds: z.number().check(z.minimum(1), z.maximum(86_400)),
  /** An arm is judged from so many requests in the window. */
  requests: z.number().check(z.int(), z.minimum(1), z.maximum(1_000)),
  /** Share of requests that may fail. */
  errors: z.optional(share),
  /** This share of the requests has to be answered within so many milliseconds. */
  latency: z.optional(z.object({ quantile: share, milliseconds: z.number().check(z.gt(0)) })),
});
export type RollbackRule = z.infer<typeof RollbackRule>;

export const Traffic = z.object({
  arms: z.array(Arm).check(z.minLength(1), z.maxLength(20)),
  /** A version that is asked as well, and whose answers are compared and not returned. */
  mirror: z.optional(z.object({ version, share: z.number().check(z.gt(0), z.maximum(50)) })),
  rollback: z.optional(RollbackRule),
  /** Divides callers anew: another text, another division. */
  salt: z.optional(z.string().check(z.maxLength(64))),
});
export type Traffic = z.infer<typeof Traffic>;

/** Something that was done about traffic, and why. */
export const TrafficEvent = z.object({
  /** Milliseconds since 1970. */
  time: z.number(),
  kind: z.enum(['set', 'rollback']),
  /** Who did it: a person, a rule about errors or latency, or an experiment's bandit. */
  by: z.enum(['caller', 'errors', 'latency', 'bandit']),
  message: z.string(),
  /** Of a rollback: where callers go, and whom they leave. */
  to: z.optional(z.string()),
  from: z.optional(z.string()),
});
export type TrafficEvent = z.infer<typeof TrafficEvent>;

/** So many are kept, the latest. */
export const mostTrafficEvents = 50;

/** What was set, in words. */
export function trafficInWords({ arms, mirror, rollback }: Traffic): string {
  const shares = arms.map(({ name, version: number, weight }) => `${weight}% ${name} (version ${number})`);
  const more = [
    ...(mirror ? [` Version ${mirror.version} mirrors ${mirror.share}%.`] : []),
    ...(rollback ? [` A rule sends all back to ${rollback.to}.`] : []),
  ];
  return `Callers are divided: ${shares.join(', ')}.${more.join('')}`;
}

/** @throws InputError `invalid-traffic` naming the field, what was given and what was expected */
export function checkTraffic(value: unknown): Traffic {
  const traffic = validate(Traffic, value, 'traffic');
  const { arms, mirror, rollback } = traffic;
  const sum = arms.reduce((all, { weight }) => all + weight, 0);
  if (Math.abs(sum - 100) > 1e-6) throw refused(`The weights sum to ${sum}; expected 100.`, 'arms');
  const twice = arms.find(({ name }, index) => arms.findIndex((arm) => arm.name === name) < index);
  if (twice) throw refused(`Two arms are called "${twice.name}".`, 'arms');
  if (mirror && arms.some((arm) => arm.version === mirror.version && arm.weight > 0)) {
    throw refused(`Version ${mirror.version} answers callers already; expected a mirror that does not.`, 'mirror');
  }
  if (rollback && arms.every(({ name }) => name !== rollback.to)) {
    throw refused(`There is no arm "${rollback.to}"; expected one of ${arms.map(({ name }) => `"${name}"`).join(', ')}.`, 'rollback.to');
  }
  return traffic;
}

/** The same with all callers on one arm. */
export const allTo = (traffic: Traffic, name: string): Traffic => ({
  ...traffic,
  arms: traffic.arms.map((arm) => ({ ...arm, weight: arm.name === name ? 100 : 0 })),
});

/**
 * Callers divided among other arms, under the mirror and the rule that there are. What becomes an arm is no mirror any more; the rule trusts the
 * version that it trusted, and where that is no arm the first.
 */
export function redivided({ mirror, rollback, arms: before = [] }: Partial<Traffic>, arms: Arm[], salt: string): Traffic {
  const trusted = before.find(({ name }) => name === rollback?.to);
  const same = arms.filter(({ version: number }) => number === trusted?.version);
  const to = same.find(({ name }) => name === trusted?.name) ?? same[0] ?? arms[0];
  return {
    arms,
    ...(mirror && arms.every((arm) => arm.version !== mirror.version) ? { mirror } : {}),
    ...(rollback ? { rollback: { ...rollback, to: to.name } } : {}),
    salt,
  };
}

const refused = (message: string, field: string): InputError =>
  new InputError('invalid-traffic', message, { advice: `Correct "${field}" and try again.`, place: { field } });
